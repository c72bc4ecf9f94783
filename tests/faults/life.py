"""A process and its end: a store through which the run can be killed, cut off, or out of disk.

A kill is an exception that nothing catches, and after it nothing of that life reaches the
database: what a `finally` would do, a killed process does not do.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from db.store import Store, StoreUnreachable
from playground import HandClock
from tests.faults.troubles import IN_A_TICK, Fate

T = TypeVar("T")
DOWN, AWAY = 8.0, 900.0
"""Seconds from a death to the next life; `AWAY` is longer than Slack tries to deliver."""
MOST_PAGES = 1_073_741_823
"""SQLite's default."""
BEFORE, AFTER = "killed before commit", "killed after commit"


class Killed(BaseException):
    """The process is gone. Not an Exception: no handler of one sees it."""


class Clock:
    """Our clocks. Slack's is `hand`; `ahead` is how wrong ours is."""

    def __init__(self, hand: HandClock) -> None:
        self.hand = hand
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.hand.now(), tz=UTC) + self.ahead

    machine = now


class MortalStore(Store):
    """The database as one life of the bot sees it."""

    def __init__(self, ours: Store, fate: Fate, clock: Clock) -> None:
        super().__init__(ours.url.render_as_string())
        # Engines are kept from run to run, with the statements that they have compiled.
        self._writer, self._reader = ours._writer, ours._reader
        self.fate, self.clock = fate, clock
        self.is_dead = False
        self.gone_for = DOWN
        self.silent_until = self.full_until = 0.0
        self.is_ticking = False
        self.was_sent = False
        """A call to Slack was carried out, and nothing stored since."""

    def die(self, seconds: float = DOWN) -> None:
        self.is_dead, self.gone_for = True, seconds
        raise Killed

    def transact(self, deed: Callable[[Session], T]) -> T:
        self._check()
        name = getattr(deed, "__name__", "")

        def watched(session: Session) -> T:
            if self.clock.hand.now() < self.full_until:
                _grow(session)
            result = deed(session)
            session.flush()
            is_due = self.is_ticking and result is not False
            if self.fate.hits(BEFORE) or (is_due and self.fate.hits(IN_A_TICK)):
                self.die()
            return result

        result = super().transact(watched)
        if self.fate.hits(AFTER):
            self.die()
        if name == "_claim" and result is not None and self.fate.hits("killed leased"):
            self.die()
        if self.was_sent:
            self.was_sent = False
            if self.fate.hits("killed stored"):
                self.die()
        if trouble := self.fate.hits("database lost in the commit"):
            self.silent_until = self.clock.hand.now() + trouble.seconds
            raise StoreUnreachable("the connection was lost while committing")
        return result

    def read(self, look: Callable[[Session], T]) -> T:
        self._check()
        return super().read(look)

    def on_call(self, method: str, was_done: bool) -> None:
        """Around each call to Slack that is carried out."""
        if self.is_dead:
            raise Killed
        if self.fate.hits("killed sent" if was_done else "killed before sending"):
            self.die()
        if not was_done and self.fate.hits("gone for a quarter of an hour"):
            self.die(AWAY)
        self.was_sent = was_done

    def _check(self) -> None:
        if self.is_dead:
            raise Killed
        if trouble := self.fate.hits("database restarted"):
            self.silent_until = self.clock.hand.now() + trouble.seconds
        if self.fate.hits("clock back an hour"):
            self.clock.ahead -= timedelta(hours=1)
        if self.fate.hits("clock ahead, put right"):
            self.clock.ahead = timedelta()
        if trouble := self.fate.hits("disk full"):
            self.full_until = self.clock.hand.now() + trouble.seconds
        if self.clock.hand.now() < self.silent_until:
            raise StoreUnreachable("the database is being restarted")


def _grow(session: Session) -> None:
    """On a full disk: SQLite itself refuses what needs another page."""
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA max_page_count=1")  # it takes this for as many as there are
    try:
        connection.exec_driver_sql("CREATE TABLE filler AS SELECT zeroblob(2000000)")
    finally:
        connection.exec_driver_sql(f"PRAGMA max_page_count={MOST_PAGES}")
