"""The bot's processes in one run, one after the other: started, killed, told to stop."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from bot.app import Running, build_app
from bot.settings import Settings
from db.store import Store, StoreUnreachable
from tests.faults.caretaker import find_whisper, leases
from tests.faults.life import AWAY, Clock, Killed, MortalStore
from tests.faults.spells import BY_ITSELF
from tests.faults.troubles import AWAY_IN_DOUBT, POST, STOPPED, Fate
from tests.faults.wire import QuietSlack

T = TypeVar("T")
Work = Callable[[Running], T]
OVERSLEPT = 95.0
"""Longer than a lease and both looks for a post in doubt."""


class Lives:
    def __init__(self, slack: QuietSlack, store: Store, fate: Fate) -> None:
        self.slack, self.fate = slack, fate
        self.hand = slack.hand
        self.clock = Clock(self.hand)
        self.eye = store
        """What we look with: it never dies and is never cut off."""
        self.settings = Settings(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_app_token="",
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
        )
        self.running: Running | None = None
        self.back_at = 0.0
        self.deaths = self.stops = 0
        self.is_stopping = False
        self.noticed: list[str] = []
        """What was wrong only for a while."""
        self.bystander: Callable[[], None] = lambda: None
        """Who may do something between a post and the storing of where it stands."""
        self._working = 0
        self._whispered: Counter[object] = Counter()
        self._calls_since_told, self._had_trouble = 0, False
        self._leased_before = store.read(leases)

    def live(self) -> Running:
        """The app, started again if it is time."""
        if self.is_stopping and not self._working:
            self._end()
        # Without a token it does not start.
        is_due = self.hand.now() >= self.back_at and self.slack.spells.revoked is None
        if self.running is None and is_due:
            self._calls_since_told, self._had_trouble = 0, False
            self._leased_before = self.eye.read(leases)
            store = MortalStore(self.eye, self.fate, self.clock)
            self.slack.on_call = lambda method, was_done: self._on_call(store, method, was_done)
            self.running = build_app(self.settings, store, clock=self.clock)
            self.running.catching_up.want()
        if self.running is None:
            raise Killed
        return self.running

    def _on_call(self, store: MortalStore, method: str, was_done: bool) -> None:
        store.on_call(method, was_done)
        if not was_done:
            self._calls_since_told += self.is_stopping and method in BY_ITSELF
            if self.fate.hits(STOPPED):
                self.tell_to_stop()
            return
        if self.fate.hits(AWAY_IN_DOUBT, method=method):
            store.die(AWAY)
        if method == POST:
            self.bystander()
        if method == "chat.postEphemeral":
            whisper = self.eye.read(lambda s: find_whisper(s, self.slack.told_in))
            self._whispered.update([whisper] if whisper else [])
        # A chance only where somebody has done something that the bot has not heard of yet.
        if self.slack.post.is_ready and self.fate.hits("deed while sending"):
            self.slack.settle()
        if self.fate.hits("overslept its lease"):
            # Suspended with the answer in hand; another replica finds the lane free meanwhile.
            self.hand.advance(OVERSLEPT)
            replica = MortalStore(self.eye, Fate(), self.clock)
            told, asked = self._calls_since_told, self.slack.spells.asked_without_token.copy()
            build_app(self.settings, replica, clock=self.clock).dispatcher.drain()
            # Those were the replica's.
            self._calls_since_told, self.slack.spells.asked_without_token = told, asked

    def work(self, do: Work[T]) -> T | None:
        """Let the bot do something; None when it is not there, or died of it."""
        try:
            running = self.live()
            self._working += 1
            try:
                return do(running)
            finally:
                self._working -= 1
        except Killed:
            self.is_stopping = False
            if self.running is not None:
                self.back_at = self.hand.now() + store_of(self.running).gone_for
                self.running = None
                self.deaths += 1
        except StoreUnreachable:
            self._had_trouble = True
        return None

    def whispered_twice(self) -> int:
        return sum(count > 1 for count in self._whispered.values())

    def tell_to_stop(self) -> None:
        """SIGTERM: what is under way is finished, and then the next process starts."""
        if self.running is not None and not self.is_stopping:
            self.is_stopping = True
            self.running.stop()

    def leave(self) -> None:
        """Killed between two things, and away for longer than Slack tries to deliver."""

        self.work(lambda running: store_of(running).die(AWAY))

    def _end(self) -> None:
        """It was told to stop, and has finished what it was at."""
        left = self.eye.read(leases) - self._leased_before
        if left and not self._had_trouble:
            self.noticed.append(f"told to stop, and kept leases: {sorted(left)}")
        if self._calls_since_told:
            self.noticed.append(f"told to stop, and then {self._calls_since_told} more calls")
        self.running, self.is_stopping = None, False
        self.back_at = self.hand.now()
        self.stops += 1

    def close(self) -> None:
        if self.running is not None:
            self.running.toolbox.store.close()
        self.eye.close()


def store_of(running: Running) -> MortalStore:
    store = running.toolbox.store
    assert isinstance(store, MortalStore)
    return store
