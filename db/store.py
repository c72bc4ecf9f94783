"""Transactions: `transact` for what changes the database, `read` for what looks.

SQLite: one writer at a time in this process (a fair lock around BEGIN IMMEDIATE), readers on an
engine of their own. In its default mode 320 concurrent increments ended at 41 without an error;
with this they end at 320 (tests/db). PostgreSQL: plain transactions, repeated once on a
serialization failure, a deadlock, or where two made a row of which there is one; reads see one
moment (REPEATABLE READ).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, SQLModel

from db.engines import (
    BUSY_MS,
    TheFile,
    file_of,
    in_memory,
    means_busy,
    means_unreachable,
    parse_url,
    postgres_engine,
    repeatable,
    sqlite_engine,
)
from db.fair_lock import FairLock
from db.troubles import ForeignKeysBroken as ForeignKeysBroken  # told of where they come from
from db.troubles import StoreBusy as StoreBusy
from db.troubles import StoreTrouble as StoreTrouble
from db.troubles import StoreUnreachable as StoreUnreachable

T = TypeVar("T")

MIGRATION_LOCK = 8_042_611_094  # any number, for pg_advisory_xact_lock: ours for good
QUEUED = "queued"
"""In `session.info` when the transaction queued something to send (db/outbox.py)."""


class Store:
    """One database. Making a Store opens nothing; the first transaction does."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """Raises NotAnAddress for one that is not SQLite's or PostgreSQL's."""
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = FairLock()
        self._listeners: list[Callable[[], None]] = []
        self._file: TheFile | None = None
        if not self.is_sqlite:
            self._writer = self._reader = postgres_engine(self.url, pool_size=pool_size)
            return
        path = file_of(self.url)
        self._file = TheFile(path) if path is not None else None
        self._writer = sqlite_engine(self.url, pool_size=1, writes=True, file=self._file)
        self._reader = self._writer
        if not in_memory(self.url):
            self._reader = sqlite_engine(
                self.url, pool_size=pool_size, writes=False, file=self._file
            )

    @property
    def engine(self) -> Engine:
        return self._writer

    def own_pool(self, size: int = 2) -> "Store":
        """The same database for a busy thread of its own, which then cannot starve the others.

        SQLite has one writer anyway and answers with itself. Close both.
        """
        if self.is_sqlite:
            return self
        apart = type(self)(self.url.render_as_string(hide_password=False), pool_size=size)
        apart._listeners = self._listeners
        return apart

    def pool_use(self) -> tuple[int, int]:
        """Connections in use, and the most there may be; of SQLite the readers'."""
        pool = self._reader.pool
        if not isinstance(pool, QueuePool):
            return (1, 1)
        return pool.checkedout(), pool.size() + max(0, pool._max_overflow)

    def after_commit(self, listener: Callable[[], None]) -> None:
        """`listener` is called after each commit that queued something to send, in its thread.

        It must not raise: what was done is done.
        """
        self._listeners.append(listener)

    def transact(self, deed: Callable[[Session], T]) -> T:
        """Run `deed` in one transaction; its return value is what was committed.

        `deed` may be run twice, so it must have no effect outside the session.
        Raises StoreBusy, and StoreUnreachable when the database does not answer. If it went silent
        during the commit, nobody knows whether the deed stands: the inbox key tells when Slack
        tries again.
        """
        with self._translated():
            try:
                result, queued = self._once(deed)
            except DBAPIError as error:
                if not repeatable(error):
                    raise
                result, queued = self._once(deed)
        if queued:
            for listener in self._listeners:
                listener()
        return result

    def read(self, look: Callable[[Session], T]) -> T:
        """Run `look`, which sees one moment of the database and changes nothing.

        Raises StoreUnreachable, StoreBusy.
        """
        with (
            self._translated(reading=True),
            self._in_the_file(),
            self._alone_in_memory(),
            Session(self._reader, expire_on_commit=False) as session,
        ):
            if not self.is_sqlite:
                session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            return look(session)

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """One transaction that no other of its kind runs beside, for migrations.

        SQLite: with foreign keys off, for tables are changed by copying them, and checked at the
        end. PostgreSQL: waits for the lock as long as it takes, with no time-outs.
        Raises StoreUnreachable, ForeignKeysBroken.
        """
        with self._translated():
            if self.is_sqlite:
                with (
                    self._in_the_file(),
                    self._lock.hold(),
                    self._writer.connect() as connection,
                ):
                    cursor = connection.connection.cursor()
                    cursor.execute(
                        "PRAGMA foreign_keys=OFF"
                    )  # ignored once a transaction has begun
                    try:
                        with connection.begin():
                            yield connection
                            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                            if broken:
                                raise ForeignKeysBroken(", ".join(str(row) for row in broken[:5]))
                    finally:
                        cursor.execute("PRAGMA foreign_keys=ON")
                        cursor.close()
            else:
                with self._writer.connect() as connection, connection.begin():
                    for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
                        connection.execute(text(f"SET LOCAL {setting} = 0"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                    yield connection

    def fold_log(self) -> None:
        """SQLite: the log beside the file is written into it and emptied, so that what was taken
        away stands in neither. Not now where somebody reads; PostgreSQL does so by itself.

        Raises StoreUnreachable, StoreBusy.
        """
        if not self.is_sqlite:
            return
        with self._translated(), self._one_writer(), self._writer.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")  # writers wait behind us
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # outside a transaction
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            cursor.close()

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    def _once(self, deed: Callable[[Session], T]) -> tuple[T, bool]:
        with (
            self._in_the_file(),
            self._one_writer(),
            Session(self._writer, expire_on_commit=False) as session,
        ):
            with session.begin():
                result = deed(session)
            return result, bool(session.info.get(QUEUED))

    @contextmanager
    def _in_the_file(self) -> Iterator[None]:
        """Before, and after the commit: what a deleted file holds is not kept, and must not be
        acknowledged. It stays so until a restart: pages of the two files would be mixed.
        """
        self._check_file()
        yield
        self._check_file()

    def _check_file(self) -> None:
        if self._file is not None and not self._file.is_there():
            raise StoreUnreachable(
                f"{self.url.render_as_string(hide_password=True)}: "
                "the file was deleted or replaced; put it back, or restart"
            )

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._lock.hold(timeout=BUSY_MS / 1000):
            yield

    @contextmanager
    def _alone_in_memory(self) -> Iterator[None]:
        if self.is_sqlite and self._reader is self._writer:
            with self._one_writer():
                yield
        else:
            yield

    @contextmanager
    def _translated(self, *, reading: bool = False) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if means_busy(error) or repeatable(error):  # the second time: it was run again
                raise StoreBusy(self._said(error.orig)) from error
            if not means_unreachable(error, reading=reading):
                raise
            raise StoreUnreachable(self._said(error.orig)) from error
        except PoolTimeout as error:
            raise StoreUnreachable(self._said(error)) from error

    def _said(self, error: BaseException | None) -> str:
        lines = str(error).splitlines() or [type(error).__name__]
        return f"{self.url.render_as_string(hide_password=True)}: {lines[0]}"


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with ON CONFLICT, which both databases have and SQLAlchemy spells twice."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
