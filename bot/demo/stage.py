"""The demo's stage: the playground, the whole bot beside it on the wire, and waiting for things."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlmodel import Session, col, select

from bot.app import Running, build_app, install
from bot.clock import MovableClock, SystemClock
from bot.delivery.durations import Durations
from bot.demo.clock import ZONE, SlackTime, first_morning
from bot.demo.keeping import open_file
from bot.settings import Settings
from bot.web.app import build_web
from bot.web.health import make_checks
from bot.web.http import HttpRunner
from db.due import next_due_at
from db.migrate import migrate
from db.store import Store
from db.tables import OutboxRow, OutboxState, Surface
from playground import Playground
from playground.driver.message import Channel, Message
from playground.driver.person import Person
from playground.durations import Durations as SlackDurations

T = TypeVar("T")

ROSTER = ("Ana Lima", "Ben Osei", "Cleo Sato", "Dan Weiss", "Eve Moreau")
OTHERS = ("Sam Ortiz", "Lee Park", "Kim Wu")
PATIENCE = 20.0
"""Seconds of real time that one thing may take before it counts as not happening."""

DURATIONS = Durations(
    # All on one machine, and nobody wants to wait a minute for what a crash left in doubt.
    request=4,
    lease=5,
    first_look=6,
    next_look=1,
    # A post in doubt is looked for at any time: here Slack's clock is the one that is moved.
    clock_skew=timedelta(days=3650).total_seconds(),
)


class DidNotHappen(Exception):
    """Something in the story failed to come; the message is a sentence."""


@dataclass
class Stage:
    slack: Playground
    running: Running
    clock: MovableClock
    slack_time: SlackTime
    patience: float
    goes_on: bool = False
    """Whether it was kept from a run before."""
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*OTHERS, *ROSTER):
            self.people[name.partition(" ")[0]] = self.person(name)
        self.pricing = self.channel("pricing", list(self.people.values()))

    def __getitem__(self, first_name: str) -> Person:
        return self.people[first_name]

    @property
    def roster(self) -> list[Person]:
        return [self[name.partition(" ")[0]] for name in ROSTER]

    def person(self, name: str, **facts: Any) -> Person:
        """Whoever was kept, or somebody new; `facts` as in `Playground.add_person`."""
        known = {person.real_name: person for person in self.slack.team.people}
        return known.get(name) or self.slack.add_person(name, **{"tz": ZONE.key} | facts)

    def channel(self, name: str, members: list[Person], **facts: Any) -> Channel:
        known = {channel.name: channel for channel in self.slack.team.channels}
        return known.get(name) or self.slack.add_channel(name, members=members, **facts)

    # Waiting

    def until(self, what: str, look: Callable[[], T | None]) -> T:
        """What `look` finds, as soon as it finds something. Raises DidNotHappen."""
        try:
            found: T = self.slack.wait_until(look, self.patience)
        except TimeoutError:
            raise DidNotHappen(f"{what} did not come within {self.patience:g} s.") from None
        return found

    def message(self, what: str, place: Channel | Message, *words: str) -> Message:
        """The latest message in a channel (or reply under a message) that says all of `words`."""

        def look() -> Message | None:
            there = place.replies if isinstance(place, Message) else place.messages
            said = [m for m in there if all(word in m.all_text() for word in words)]
            return said[-1] if said else None

        return self.until(what, look)

    # The clock

    def pass_time(self, **span: float) -> list[datetime]:
        return self.move_to(self.clock.now() + timedelta(**span))

    def move_to(self, moment: datetime) -> list[datetime]:
        """Stops at each due row until the bot has carried it out. Returns where it stopped."""
        stops = []
        while (now := self.clock.now()) < moment:
            due_at = self.running.toolbox.store.read(next_due_at)
            stop = min(moment, max(due_at or moment, now))
            self.clock.move_to(stop)
            self.slack_time.was_moved()
            if due_at is None or due_at > stop:
                break
            stops.append(due_at)
            self._let_fall_due()
        return stops

    def _let_fall_due(self) -> None:
        """Until the bot has done what is due, and what it says because of it stands in Slack."""
        read = self.running.toolbox.store.read
        local = self.clock.now().astimezone(ZONE)

        def all_done() -> bool:
            due_at = read(next_due_at)
            return due_at is None or due_at > self.clock.now()

        self.until(f"What falls due on {local:%A at %H:%M}", all_done)
        self.until(f"What is said on {local:%A at %H:%M}", lambda: not read(_has_unsaid))


def _has_unsaid(session: Session) -> bool:
    """Whether a message is queued that does not stand in Slack yet; redraws do not count."""
    unsaid = (
        select(OutboxRow.id)
        .join(Surface, col(Surface.id) == col(OutboxRow.surface_id))
        .where(OutboxRow.state == OutboxState.PENDING, col(Surface.ts).is_(None))
    )
    return session.exec(unsaid).first() is not None


def check(shown: Any) -> None:
    """What a person was shown after a command or a press. Raises DidNotHappen for an error."""
    if shown.error:
        raise DidNotHappen(f"Slack showed an error: {shown.error}.")


def check_form(errors: dict[str, str]) -> None:
    """Raises DidNotHappen when a form came back."""
    if errors:
        said = "; ".join(f"{name}: {words}" for name, words in errors.items())
        raise DidNotHappen(f"The form was not taken ({said}).")


@contextmanager
def open_stage(
    port: int,
    patience: float,
    keep: Path | None = None,
    *,
    slack_durations: SlackDurations | None = None,
) -> Iterator[Stage]:
    """Everything runs inside; afterwards nothing is left but `keep`, if it names a file.

    `slack_durations`: how long the playground waits for the bot, where Slack's own are not wanted.
    Raises OSError for a port in use, CannotKeep for a file that cannot be used.
    """
    with ExitStack() as stack:
        file = stack.enter_context(open_file(keep)) if keep else None
        kept = file.kept if file else None
        database = file.path if file else Path(stack.enter_context(_folder())) / "demo.db"
        machine = SystemClock()
        begins = datetime.fromtimestamp(kept.now, UTC) if kept else first_morning(machine.now())
        clock = MovableClock(machine, begins=begins)
        slack_time = SlackTime(clock)
        slack = Playground(
            port,
            clock=slack_time,
            app_name="Customer Seat",
            durations=slack_durations,
            kept=kept,
            keep=file.write if file else None,
        )
        store = Store(f"sqlite:///{database}")
        with slack:
            try:
                with _bot(slack, store, clock) as running:
                    yield Stage(slack, running, clock, slack_time, patience, goes_on=bool(kept))
            finally:
                store.close()


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="customer-seat-demo-")


@contextmanager
def _bot(slack: Playground, store: Store, clock: MovableClock) -> Iterator[Running]:
    """The bot as `serve` runs it, but for the clock."""
    settings = Settings.model_construct(  # nothing from the environment or a file `.env`
        slack_bot_token=SecretStr(slack.bot_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
    )
    migrate(store)
    install(settings, store, clock)
    running = build_app(settings, store, clock=clock, durations=DURATIONS)
    web = build_web(
        running.app,
        signing_secret=slack.signing_secret,
        clock=clock,
        checks=make_checks(store, dispatcher_is_alive=running.dispatcher.is_alive),
    )
    http = HttpRunner(web, host="127.0.0.1", port=0)
    http.start()
    running.start()
    slack.deliver_to(f"http://127.0.0.1:{http.port}/slack/events")
    running.catching_up.want()
    try:
        yield running
    finally:
        http.stop()
        running.stop()
