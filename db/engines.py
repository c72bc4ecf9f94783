"""One database URL to engines, and which database errors mean that it does not answer."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import create_engine

BUSY_MS = 5_000
STATEMENT_MS = 5_000
IDLE_IN_TRANSACTION_MS = 15_000
"""Longer than any deed. Without it a replica that drops off the network keeps its row locks."""

_TOO_LONG = {"57014", "55P03"}  # query_canceled, by statement_timeout; lock_not_available
_REPEATABLE = {"40001", "40P01"}  # serialization_failure, deadlock_detected
_LOOKED_FOR_FIRST = "uq_outbox_surface_pending"
"""An index on what a deed makes only where it finds none: another made one meanwhile."""

# By class or whole SQLSTATE: connection, resources, operator intervention, system error, log-in,
# insufficient privilege.
_POSTGRES_DOWN = ("08", "53", "57P", "58", "28", "3D000", "42501")
_SQLITE_DOWN = {
    sqlite3.SQLITE_BUSY,  # the whole file is locked: a failed delivery cannot be kept either
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}


class NotAnAddress(ValueError):
    """What DATABASE_URL holds. It never shows a password, or what may be a part of one."""


def parse_url(url: str) -> URL:
    """`sqlite:///file.db` or `postgresql://…`, made exact. Raises NotAnAddress.

    A relative file is fixed to the directory of now, so that a later chdir cannot change databases.
    """
    if not url:
        raise NotAnAddress(
            "DATABASE_URL is empty. Leave it out for sqlite:///customer-seat.db, "
            "or set postgresql://user:password@host/name."
        )
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise NotAnAddress(
            "DATABASE_URL is not a database address. It looks like sqlite:///customer-seat.db "
            "or postgresql://user:password@host/name."
        ) from None
    if "@" in (parsed.host or ""):
        raise NotAnAddress(
            "DATABASE_URL has an @ too many. In a user's name or a password it is written %40."
        )
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise NotAnAddress(
            f"DATABASE_URL begins with {parsed.drivername!r}; only sqlite and postgresql are known."
        )
    if parsed.host:
        raise NotAnAddress(f"A SQLite address has three slashes: sqlite:///{parsed.host}")
    if in_memory(parsed) or str(parsed.database).startswith("file:"):
        return parsed
    return parsed.set(database=str(Path(str(parsed.database)).absolute()))


def file_of(url: URL) -> Path | None:
    """Of a SQLite database that is a file."""
    if url.get_backend_name() != "sqlite" or in_memory(url):
        return None
    return Path(str(url.database).removeprefix("file:").partition("?")[0])


def in_memory(url: URL) -> bool:
    return url.database in (None, "", ":memory:")


def make_private(path: Path) -> None:
    """An empty database file that only its user may open, unless there is one. SQLite gives its
    journals the same mode (sqlite.org/src: `findCreateFileMode`).
    """
    with suppress(OSError):  # what is wrong with the folder is said by whoever opens the file
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


class TheFile:
    """A SQLite database's file, known again: SQLite itself goes on in one that was deleted or
    replaced, and what it commits there is gone with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: tuple[int, int] | None = None

    def prepare(self) -> None:
        """Before a connection: the first makes it; one that is gone later is not made anew."""
        if self._first is None:
            make_private(self._path)
            self._first = self._found()

    def is_there(self) -> bool:
        """Whether it is the one that was opened first. True where none was yet."""
        return self._first is None or self._found() == self._first

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def sqlite_engine(url: URL, *, pool_size: int, writes: bool, file: TheFile | None = None) -> Engine:
    options: dict[str, Any] = {"pool_size": pool_size, "pool_timeout": BUSY_MS / 1000}
    if in_memory(url):
        options = {"poolclass": StaticPool}
    engine = create_engine(
        url, connect_args={"check_same_thread": False}, hide_parameters=True, **options
    )

    @event.listens_for(engine, "do_connect")
    def come_first(*_: object) -> None:
        if file is not None:
            file.prepare()

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        # First the patience: two processes that turn a new file to WAL at once would else fail.
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # What is taken away is written over, not only marked as free.
        connection.execute("PRAGMA secure_delete=ON")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def postgres_engine(url: URL, *, pool_size: int) -> Engine:
    """Also behind a pooler (PgBouncer) that gives each transaction another session: it refuses
    start-up options, and named statements and settings of a session stay with whoever comes next.
    """
    limits = text(
        f"SELECT set_config('statement_timeout', '{STATEMENT_MS}', true), "
        f"set_config('idle_in_transaction_session_timeout', '{IDLE_IN_TRANSACTION_MS}', true)"
    )
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,  # an error would quote what someone wrote
        pool_pre_ping=True,
        pool_timeout=2,
        connect_args={"connect_timeout": 2, "prepare_threshold": None},
    )

    @event.listens_for(engine, "begin")
    def limit(connection: Connection) -> None:
        connection.execute(limits)

    return engine


def repeatable(error: DBAPIError) -> bool:
    """Two transactions got in each other's way: the same deed, run again, is likely to pass."""
    diagnosis = getattr(error.orig, "diag", None)
    return (
        getattr(error.orig, "sqlstate", None) in _REPEATABLE
        or getattr(diagnosis, "constraint_name", None) == _LOOKED_FOR_FIRST
    )


def means_busy(error: DBAPIError) -> bool:
    """A statement or a lock took longer than it may."""
    return getattr(error.orig, "sqlstate", None) in _TOO_LONG


def means_unreachable(error: DBAPIError, *, reading: bool = False) -> bool:
    """Whether nothing can be stored now. A statement or lock that took too long is not that.

    `reading`: on an engine that may only read, where an attempt to write is a bug of ours.
    """
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        if reading and code == sqlite3.SQLITE_READONLY:
            return False
        return (code & 0xFF) in _SQLITE_DOWN
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # psycopg: it never got as far as talking to the server
        return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")
    return str(state).startswith(_POSTGRES_DOWN)
