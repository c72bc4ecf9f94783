"""`--keep`: one SQLite file with the bot's tables and, in a table beside them, all that the
stand-in knows. One file, so that the two are never parted, and SQLite's own safety for both.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from playground import CannotRead, Kept, read_kept

TABLE = "practice_workspace"
MAGIC = b"SQLite format 3\0"
BUSY_SECONDS = 20.0
"""Longer than any transaction of the bot's, with which the file is shared."""

_REFUSED = "Nothing in it was changed. Give --keep another name for a fresh workspace"


class CannotKeep(Exception):
    """The message is for whoever gave the file: what is wrong with it, and what to do."""

    @classmethod
    def because(cls, path: object, what: str) -> "CannotKeep":
        return cls(f"{path} {what}. {_REFUSED}, or move it away.")

    @classmethod
    def in_use(cls, path: object) -> "CannotKeep":
        return cls(f"{path} is in use: another demo runs on it.")

    @classmethod
    def forbidden(cls, path: object) -> "CannotKeep":
        return cls(f"{path} may not be read and written here.")


class WorkspaceFile:
    def __init__(self, path: Path, connection: sqlite3.Connection, kept: Kept | None) -> None:
        self.path = path
        self.kept = kept
        """What was there when it was opened; None in a fresh file."""
        self._connection = connection

    def write(self, text: str) -> None:
        """All or nothing, and there before it returns. Raises sqlite3.Error (a full disk)."""
        with self._connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            transaction.execute(
                f"CREATE TABLE IF NOT EXISTS {TABLE} (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
            )
            transaction.execute(f"INSERT OR REPLACE INTO {TABLE} VALUES (1, ?)", (text,))


@contextmanager
def open_file(path: Path) -> Iterator[WorkspaceFile]:
    """The file is ours until the end. Raises CannotKeep, with the file as it was."""
    path = path.absolute()
    if path.is_dir() or not path.parent.is_dir():
        raise CannotKeep(f"{path} cannot be a file. Give --keep the name of one, like practice.db.")
    with _alone(path), closing(_connect(path)) as connection:
        kept = _read(path, connection)
        connection.execute("PRAGMA journal_mode=WAL")  # as the bot has it: they write in turns
        yield WorkspaceFile(path, connection, kept)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """A lock that the system lets go when we die. On a file of its own: closing a second handle of
    the database's would drop SQLite's locks on it."""
    import fcntl  # not on Windows, where the demo runs all the same, without --keep

    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = lock.open("w")
    except PermissionError:
        raise CannotKeep.forbidden(path) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotKeep.in_use(path) from None
        if not _is_there(lock, handle):  # removed by a demo that ended: a third one may have it
            raise CannotKeep.in_use(path)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _is_there(lock: Path, handle: IO[str]) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(lock.stat(), os.fstat(handle.fileno()))
    return False


def _connect(path: Path) -> sqlite3.Connection:
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise CannotKeep.forbidden(path)
    if path.exists() and path.stat().st_size:
        with path.open("rb") as handle:
            if handle.read(len(MAGIC)) != MAGIC:
                raise CannotKeep.because(path, "is not a kept workspace")
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _read(path: Path, connection: sqlite3.Connection) -> Kept | None:
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return None
        if TABLE not in tables:
            raise CannotKeep.because(path, "is a database of something else")
        [(verdict,), *_] = connection.execute("PRAGMA quick_check(1)").fetchall()
        if verdict != "ok":
            raise CannotKeep.because(path, "is damaged")
        [(text,)] = connection.execute(f"SELECT text FROM {TABLE}").fetchall()
        return read_kept(text)
    except CannotRead as error:
        raise CannotKeep.because(path, str(error)) from None
    except (sqlite3.DatabaseError, ValueError):
        with suppress(sqlite3.Error):
            connection.rollback()
        raise CannotKeep.because(path, "is damaged") from None
