"""What the people of one channel do, one after the other, while many such stories run at once.

The acts are those of tests/faults/story.py. What differs: time is real, so that nobody waits for
the bot but a while; what cannot be done now is left.
"""

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlmodel import Session, col, func, select

from db.catch_up import EARLY
from db.store import StoreUnreachable
from db.tables import Due, OutboxRow, OutboxState, ReviewRow
from playground.driver.person import Person
from playground.errors import CannotDo, CannotSubmit
from tests.faults.ledger import Ledger
from tests.faults.story import Story
from tests.replicas.clock import BotClock
from tests.replicas.places import Place
from tests.replicas.town import Town

LOOK = 0.3
PLAYED = frozenset(
    [
        "propose",
        "reply",
        "fill",
        "dont_know",
        "edit",
        "delete",
        "cross",
        "object",
        "object_by_form",
        "answer_objection",
        "agree",
        "second_thoughts",
        "fill_and_reply",
        "decide",
        "hear_out",
    ]
)
"""Not those that need a clock of the story's own, nor somebody who deletes cards under those who
reply there at that moment: what is said under the old one then does not count."""
_pause = threading.Event()


class NotNow(Exception):
    """The bot is busy, or gone: she does something else first."""


class Hand:
    """A pause on the stories' own clock is a short one here."""

    def __init__(self, pace: float) -> None:
        self._pace = pace

    def advance(self, seconds: float) -> None:
        _pause.wait(min(seconds, 25) * self._pace)


class Street:
    """A channel and one of its proposers: as much of the town as one story sees."""

    def __init__(self, town: Town, place: Place, proposer: Person, *, pace: float) -> None:
        self.town, self.place = town, place
        self.sam, self.lee, self.roster = proposer, place.keeper, tuple(place.roster)
        self.channels = [place.channel]
        self.eye, self.hand = town.eye, Hand(pace)
        self.clock: BotClock = town.clock
        self.patience = 20.0 if town.fast else 45.0

    def tick(self) -> None:
        """The processes tick by themselves."""

    def step(self) -> None:
        """They send by themselves, too."""

    def settle(self) -> None:
        """What was said here is heard, and what is to be told here is told. Raises NotNow."""
        lanes = [self.place.channel.id, self.sam.id, self.lee.id, *(p.id for p in self.roster)]
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            try:
                if not self._is_on_its_way(self.place.channel.id) and not self.eye.read(
                    lambda s: _pending(s, lanes)
                ):
                    return
            except StoreUnreachable:
                pass
            _pause.wait(LOOK)
        raise NotNow

    def _is_on_its_way(self, channel: str) -> bool:
        """Whether an event of this channel is on its way, for the first time or again."""
        queue = self.town.slack._queue
        with queue._news:
            if channel in queue._busy or queue._lanes.get(channel):
                return True
            if any(lane.startswith("alone-") for lane in queue._busy):
                return True
            return any(_channel_of(item.parcel.body) == channel for item in queue._later)


class Storyline(Story):
    def __init__(self, street: Street, dice: random.Random, name: str) -> None:
        super().__init__(street, dice, name)  # type: ignore[arg-type]
        self.street = street

    def go_on(self, acts: int, *, proposals: int = 0) -> Ledger:
        """So many acts, the first of which may be proposals."""
        left = proposals
        if left:
            self._try(self.propose)
            left -= 1
        for _ in range(acts):
            act = self.dice.choice(self._possible(may_propose=left > 0))
            left -= act == self.propose
            self._try(act)
            self.street.hand.advance(self.dice.choice((1, 2, 5, 20)))
        return self.ledger

    def _possible(self, *, may_propose: bool) -> list[Callable[[], None]]:
        possible = super()._possible(may_propose=may_propose)
        return [act for act in possible if act.__name__ in PLAYED]

    def _try(self, act: Callable[[], None]) -> None:
        # What she saw is not there any more, or she has no patience left.
        with suppress(CannotDo, CannotSubmit, NotNow, StoreUnreachable):
            act()

    def dont_know(self) -> None:
        """A press is acknowledged also when it is refused; she sees so in a private line."""
        known = {id(tale): len(tale.not_known) for tale in self.ledger.tales}
        lines = {person.id: len(person.ephemerals()) for person in self.street.roster}
        super().dont_know()
        pressed = [t for t in self.ledger.tales if len(t.not_known) > known[id(t)]]
        if not pressed:
            return
        try:
            self.street.settle()
            refused = any(len(p.ephemerals()) > lines[p.id] for p in self.street.roster)
        except NotNow:
            refused = True  # she did not wait to see
        if refused:
            pressed[0].not_known.pop()

    def _form(self, person: Person, *how: Any, **more: Any) -> bool:
        with self.street.town.only(person):
            return super()._form(person, *how, **more)


def _pending(session: Session, lanes: list[str]) -> int:
    """Rows to be sent, and replies to be heard that were kept until their card was known."""
    to_send = select(func.count()).where(
        OutboxRow.state == OutboxState.PENDING, col(OutboxRow.lane).in_(lanes)
    )
    to_hear = (
        select(func.count())
        .select_from(Due)
        .join(ReviewRow, col(ReviewRow.id) == Due.review_id)
        .where(Due.kind == EARLY, col(Due.done_at).is_(None), col(ReviewRow.channel_id).in_(lanes))
    )
    return session.exec(to_send).one() + session.exec(to_hear).one()


def _channel_of(body: dict[str, Any]) -> str:
    event = body["event"]
    item = event.get("item") or event
    return str(item.get("channel") or "")
