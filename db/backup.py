"""A backup: one SQLite file with every row of one moment, whichever database it is of.

Made while the bot runs, in one reading transaction. The file is a database of this version's
tables, with one table more that says when it was made.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlalchemy import select as columns
from sqlmodel import Session

from db.engines import make_private
from db.everywhere import tables
from db.migrate import current_revision, head_revision, migrate
from db.store import Store

ROWS_AT_ONCE = 500
ABOUT = "backup_of"

Progress = Callable[[str, int], None]
"""A table's name, and how many of its rows are done more."""


class NoBackup(Exception):
    """It could not be made, or is none; the sentence says why. Nothing was changed."""


def count_rows(store: Store) -> int:
    return store.read(lambda s: sum(_count(s, table) for table in tables()))


def make_backup(store: Store, path: Path, *, now: datetime, progress: Progress) -> None:
    """Write `path`, which only its user may read; it appears whole, or not at all.

    Raises NoBackup (it is there already, or its folder is not to be written in, or the database is
    not at this version's tables), StoreTrouble.
    """
    at = current_revision(store)
    if at != head_revision():
        raise NoBackup(
            f"The database is at {at or 'nothing'}, this version at {head_revision()}: "
            "make the backup with the version that serves it."
        )
    if path.exists():
        raise NoBackup(f"{path} is there already; a backup is written over nothing.")
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    try:
        _write(store, part, now=now, progress=progress)
        os.link(part, path)  # unlike a rename: never over another
        _sync_folder(path.parent)
    except FileExistsError:
        raise NoBackup(f"{path} is there already; a backup is written over nothing.") from None
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise NoBackup(f"{path} could not be written: {why}.") from None
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{part}{end}").unlink(missing_ok=True)


def _write(store: Store, part: Path, *, now: datetime, progress: Progress) -> None:
    make_private(part)
    if not part.exists():
        raise OSError(None, f"{part.parent} is not there, or not to be written in")
    copy = Store(f"sqlite:///{part.absolute()}")
    try:
        migrate(copy)
        with copy.alone() as target:
            store.read(lambda session: copy_rows(session, target, progress))
    finally:
        copy.close()
    with closing(sqlite3.connect(part)) as file, file:
        file.execute("PRAGMA journal_mode=DELETE")  # read later, it makes no files beside it
        file.execute(f"CREATE TABLE {ABOUT} (taken_at TEXT NOT NULL)")
        file.execute(f"INSERT INTO {ABOUT} VALUES (?)", [now.isoformat()])
    with part.open("rb") as written:
        os.fsync(written.fileno())


def copy_rows(source: Session, target: Connection, progress: Progress) -> None:
    """Every row of every table, each after those that it points to."""
    for table in tables():
        for rows in _rows(source, table):
            target.execute(table.insert(), rows)
            progress(table.name, len(rows))


def _rows(session: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    # In the order of their keys: a surface stands under one that was there before it.
    wanted = columns(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    for part in session.execute(wanted).mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in part]


def _count(session: Session, table: Table) -> int:
    return int(session.execute(columns(func.count()).select_from(table)).scalar_one())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every file system knows it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def taken_at(path: Path) -> datetime | None:
    """When it was made: as it says, else (a copy made by other means) when the last that is in it
    came in. None: nothing ever did. Raises NoBackup for what is no database of ours."""
    if not path.is_file():
        raise NoBackup(f"{path} is not there, or no file.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            names = {str(n) for (n,) in file.execute("SELECT name FROM sqlite_master")}
            if "alembic_version" not in names:
                raise NoBackup(f"{path} is no backup of Customer Seat.")
            if ABOUT in names:
                (said,) = file.execute(f"SELECT taken_at FROM {ABOUT}").fetchone()
                return datetime.fromisoformat(said)
            asked = "SELECT max(at) FROM (SELECT at FROM inbox UNION ALL SELECT at FROM history)"
            (last,) = file.execute(asked).fetchone()
    except sqlite3.Error:
        raise NoBackup(f"{path} is no backup of Customer Seat, or is damaged.") from None
    if last is None:
        return None
    found = datetime.fromisoformat(last)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
