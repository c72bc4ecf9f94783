"""A company with Slack and the bot in it: the whole app against the playground, over HTTP.

Nothing runs by itself: `office.settle()` lets every delivery be heard and every queued message be
sent, stepping one clock that all share, so that nothing sleeps and every run is the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.app import Running, build_app, install
from bot.clock import SystemClock
from bot.delivery.durations import Durations
from bot.jobs.ticks import tick_due
from bot.settings import Settings
from bot.slack.socket_mode import SocketRunner
from bot.web.app import build_web, dispatch
from bot.web.http import HttpRunner
from db.due import next_due_at
from db.store import Store
from db.tables import OutboxRow, OutboxState
from playground import HandClock, Playground
from playground.driver.message import Channel, Message
from playground.driver.person import Person
from tests.databases import drop_postgres, fresh_postgres_url
from tests.practice import UNHURRIED, unhurried_bot

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Ten in the morning in Madrid, where everyone is unless said otherwise."""
MOST_STEPS = 400

PRICING = {
    "kind": "pricing",
    "title": "Team plan from $39 to $49",
    "told_to_her": "From 1 June you pay $10 more a month and keep every feature.",
    "why": "Hosting is up 18 %; this pays for weekend support.",
}

PRICING_ANSWERS = (
    "1. Paying, on the June invoice",
    "2. $39, the site still says so (measured)",
    "3. Three-person shops, $120 a year",
    "4. Only if the old price holds until renewal",
    "5. Two months of notice",
    "6. don't know",
    "7. I would start looking around",
)
"""To every question of that checklist; a stance is still to come."""


class OneClock:
    """Business and machine time, both the playground's, but for `wrong`."""

    def __init__(self, hand: HandClock) -> None:
        self.hand = hand
        self.wrong = timedelta()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.hand.now(), tz=UTC) + self.wrong

    machine = now


class Office:
    def __init__(
        self, slack: Playground, running: Running, clock: OneClock, settings: Settings
    ) -> None:
        self.slack, self.running, self.clock, self.settings = slack, running, clock, settings
        self.people = {
            name: slack.add_person(full, tz="Europe/Madrid")
            for name, full in (
                ("sam", "Sam Ortiz"),
                ("ana", "Ana Lima"),
                ("ben", "Ben Osei"),
                ("cleo", "Cleo Sato"),
                ("dan", "Dan Weiss"),
                ("eve", "Eve Moreau"),
                ("lee", "Lee Park"),
            )
        }
        self.pricing = slack.add_channel("pricing", members=list(self.people.values()))

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def store(self) -> Store:
        return self.running.toolbox.store

    # Letting things happen

    def settle(self) -> None:
        """Until Slack has told everything and everything queued was sent."""
        for _ in range(MOST_STEPS):
            self.slack.settle()
            self.running.dispatcher.drain()
            self.slack.settle()
            if not self.pending():
                return
            self.clock.hand.advance(1)
        raise AssertionError(f"still queued: {self.pending()}")

    def pending(self) -> list[str]:
        rows = self.store.read(
            lambda s: s.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING)).all()
        )
        return [f"{row.kind} {row.lane} {row.error}" for row in rows]

    def parked(self) -> list[str]:
        rows = self.store.read(
            lambda s: s.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)).all()
        )
        return [f"{row.kind} {row.lane} {row.error}" for row in rows]

    def wait(self, **span: float) -> None:
        """Time passes, from one due row to the next, and what falls due happens."""
        until = self.clock.now() + timedelta(**span)
        while self.clock.now() < until:
            due_at = self.store.read(next_due_at) or until
            stop = min(until, max(due_at, self.clock.now() + timedelta(seconds=1)))
            self.clock.hand.advance((stop - self.clock.now()).total_seconds())
            tick_due(self.running.toolbox)
            self.settle()

    def wait_until(self, moment: datetime) -> None:
        self.wait(seconds=(moment - self.clock.now()).total_seconds())

    # What people do, in one line each

    def set_up(self, *roster: Person, channel: Channel | None = None, by: Person | None = None,
               **settings: Any) -> None:  # fmt: skip
        keeper = by or self.lee
        keeper.command("/customer-seat", "setup", channel or self.pricing)
        assert keeper.submit(roster=list(roster), **settings) == {}
        self.settle()

    def propose(self, by: Person | None = None, channel: Channel | None = None,
                **fields: Any) -> Message:  # fmt: skip
        """Returns the card."""
        proposer, channel = by or self.sam, channel or self.pricing
        before = len(channel.messages)
        shown = proposer.command("/propose-change", "", channel)
        assert proposer.modal is not None, shown.text
        assert proposer.submit(**{**PRICING, "decider": self.lee, **fields}) == {}
        self.settle()
        assert len(channel.messages) == before + 1
        return channel.messages[-1]

    def says(self, person: Person, card: Message, text: str, **how: Any) -> Message:
        """Half a minute later, `person` replies in the thread."""
        self.clock.hand.advance(30)
        message = person.reply(card, text, **how)
        self.settle()
        return message

    def press(self, person: Person, message: Message, action: str, **how: Any) -> None:
        self.clock.hand.advance(5)
        person.press(message, action, **how)
        self.settle()

    def passes_on(self, person: Person, message: Message, reason: str | None = None) -> None:
        """By the menu of the letter, or the button of a reminder, and the form that asks again."""
        self.opens(person, message, "decline_seat")
        assert person.submit(reason=reason) == {}

    def pass_on(self, person: Person, message: Message, reason: str | None = None) -> None:
        self.clock.hand.advance(5)
        self.passes_on(person, message, reason)
        self.settle()

    def choose(self, person: Person, message: Message, action: str) -> None:
        """As `press`, in the menu ⋯."""
        self.clock.hand.advance(5)
        self.opens(person, message, action)
        self.settle()

    def opens(self, person: Person, message: Message, action: str) -> None:
        if message.button(action) is not None:
            person.press(message, action)
        else:
            person.press(message, "more", option=option(message, action))

    def letter(self, person: Person, words: str) -> Message:
        """The latest private message to `person` that says `words`."""
        found = [m for m in person.dm.messages if words in m.all_text()]
        assert found, f"no {words!r} in {[m.all_text() for m in person.dm.messages]}"
        return found[-1]

    def whispers(self, person: Person) -> list[str]:
        return [m.all_text() for m in person.ephemerals()]

    def checklist(self, card: Message) -> Message:
        return card.replies[0]

    def answer_all(self, person: Person, card: Message, stance: str = "would complain") -> None:
        """Every question of the pricing checklist, and the stance."""
        for text in (*PRICING_ANSWERS, stance):
            self.says(person, card, text)


@contextmanager
def open_office(database_url: str, *, socket_mode: bool = False,
                checklists_dir: Path | None = None) -> Iterator[Office]:  # fmt: skip
    hand = HandClock(MONDAY.timestamp())
    clock = OneClock(hand)
    store = Store(database_url)
    place = Playground(clock=hand, rate_limits=True, durations=UNHURRIED)
    with unhurried_bot(), place as slack:
        settings = Settings(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token if socket_mode else "",
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
            checklists_dir=checklists_dir,
        )
        install(settings, store, clock)
        running = build_app(settings, store, clock=clock, durations=Durations())
        sockets: SocketRunner | None = None
        web = build_web(
            running.app,
            signing_secret=slack.signing_secret,
            clock=SystemClock(),  # signatures are made in machine time
            checks=dict,
            metrics=running.toolbox.metrics,
        )
        http = HttpRunner(web, host="127.0.0.1", port=0)
        http.start()
        if socket_mode:
            sockets = SocketRunner(
                lambda body, headers: dispatch(running.app, body, headers),
                app_token=slack.app_token,
                base_url=slack.api_url,
            )
            sockets.start()
            slack.wait_until(lambda: slack.connections >= 1)
        else:
            slack.deliver_to(f"http://127.0.0.1:{http.port}/slack/events")
        try:
            yield Office(slack, running, clock, settings)
        finally:
            if sockets:
                sockets.stop()
            http.stop()
            running.stop()
            store.close()


def option(message: Message, action: str) -> str:
    """The value of that choice behind ⋯."""
    menu = message.button("more")
    assert menu is not None, message.all_text()
    return next(str(o["value"]) for o in menu["options"] if o["value"].startswith(f"{action}:"))


def speaker(card: Message) -> str:
    """Whom the card names, "" for nobody."""
    line = next(line for line in card.all_text().split("\n") if " proposes · " in line)
    _, _, rest = line.partition(" proposes · ")
    name, speaks, _ = rest.partition(" speaks for ")
    return name if speaks else ""


def ask(person: Person, channel: Channel | None, text: str = "setup") -> str:
    """What the command answers; a form it opens is closed again."""
    shown = person.command("/customer-seat", text, channel)
    assert shown.ok, shown.error
    return shown.text


@contextmanager
def open_office_on_postgres() -> Iterator[Office]:
    """On a database of its own, dropped after."""
    url = fresh_postgres_url()
    try:
        with open_office(url) as office:
            yield office
    finally:
        drop_postgres(url)
