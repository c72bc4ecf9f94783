"""Engines and transactions: the only place that knows SQLite from PostgreSQL.

SQLite: one writer at a time in this process (a fair lock around BEGIN IMMEDIATE), readers on an
engine of their own. In its default mode 320 concurrent increments ended at 41 without an error;
with this they end at 320 (tests/db). PostgreSQL: plain transactions, repeated once on a
serialization failure or deadlock.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

T = TypeVar("T")

BUSY_MS = 5_000
STATEMENT_MS = 5_000
_REPEATABLE = {"40001", "40P01"}  # serialization_failure, deadlock_detected


class StoreUnreachable(Exception):
    """The database does not answer. The one failure Slack is asked to try again for."""


class FairLock:
    """First come, first served: a plain Lock lets a busy thread overtake those who wait."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    @contextmanager
    def hold(self) -> Iterator[None]:
        turn = threading.Event()
        with self._guard:
            if self._held:
                self._waiting.append(turn)
            else:
                self._held = True
                turn.set()
        turn.wait()
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._held = False


class Store:
    """One database. `transact` for what changes it, `read` for what looks."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = FairLock()
        self._listeners: list[Callable[[], None]] = []
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE")
            in_memory = self.url.database in (None, "", ":memory:")
            self._reader = self._writer if in_memory else _sqlite_engine(url, begin="BEGIN")
        else:
            self._writer = self._reader = _postgres_engine(url, pool_size)

    @property
    def engine(self) -> Engine:
        return self._writer

    def after_commit(self, listener: Callable[[], None]) -> None:
        """`listener` is called after each commit that changed something, in the same thread."""
        self._listeners.append(listener)

    def transact(self, deed: Callable[[Session], T]) -> T:
        """Run `deed` in one transaction; its return value is what was committed.

        `deed` may be run twice, so it must have no effect outside the session.
        Raises StoreUnreachable when the database does not answer.
        """
        try:
            try:
                result = self._once(deed)
            except DBAPIError as error:
                if not _repeatable(error):
                    raise
                result = self._once(deed)
        except OperationalError as error:
            raise StoreUnreachable(type(error.orig).__name__) from error
        for listener in self._listeners:
            listener()
        return result

    def _once(self, deed: Callable[[Session], T]) -> T:
        if not self.is_sqlite:
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                return deed(session)
        with (
            self._lock.hold(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            return deed(session)

    def read(self, look: Callable[[Session], T]) -> T:
        """Run `look` without changing anything. Raises StoreUnreachable."""
        try:
            if self._reader is self._writer and self.is_sqlite:
                return self._once(look)
            with Session(self._reader, expire_on_commit=False) as session:
                return look(session)
        except OperationalError as error:
            raise StoreUnreachable(type(error.orig).__name__) from error

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


def _repeatable(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _REPEATABLE


def _sqlite_engine(url: str, *, begin: str) -> Engine:
    in_memory = make_url(url).database in (None, "", ":memory:")
    extra: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **extra)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: str, pool_size: int) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_timeout=2,
        connect_args={"options": f"-c statement_timeout={STATEMENT_MS}", "connect_timeout": 2},
    )
