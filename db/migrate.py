"""Bringing a database to the newest migration, one process at a time.

A migration only adds until nothing old runs: during a rollout the old version still writes.
"""

import glob
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db import tables
from db.engines import file_of, make_private
from db.store import Store, StoreUnreachable
from db.tables.base import SQLModel

MIGRATIONS = Path(__file__).parent / "migrations"

COPIES = 3
"""How many of those made before a migration are kept."""

# Alembic keeps "the migration that runs now" in module globals: one thread at a time.
_alembic = threading.Lock()


def migrate(store: Store) -> None:
    """Run every migration that is missing, all in one transaction. Waits for others doing it.

    A database that a newer version has brought further is left as it is: migrations only add, so
    this version runs on it, beside the newer one or after a rollback.
    Raises StoreUnreachable, CommandError (Alembic's) for a database at a migration that is none of
    ours, and ForeignKeysBroken (SQLite) with nothing changed. A SQLite file is copied before,
    beside it; StoreUnreachable too where there is no room for that.
    """
    with _alembic, store.alone() as connection:
        at = _revision(connection)
        if not is_newer(at):
            if at is not None and at != head_revision():
                _copy_before(store)
            command.upgrade(alembic_config(connection), "head")


def _copy_before(store: Store) -> None:
    """Whole, and beside the file, while nobody writes. The last few are kept."""
    path = file_of(store.url)
    if path is None:
        return
    copy = path.with_name(f"{path.name}.before-{head_revision()}")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
        part.replace(copy)
    except (sqlite3.Error, OSError) as error:
        raise StoreUnreachable(f"{copy} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    for older in sorted(path.parent.glob(f"{glob.escape(path.name)}.before-[0-9]*"))[:-COPIES]:
        older.unlink(missing_ok=True)


def undo(store: Store, revision: str) -> None:
    """Go back to `revision` ("base": no tables). For tests; a released version only adds."""
    with _alembic, store.alone() as connection:
        command.downgrade(alembic_config(connection), revision)


def head_revision() -> str:
    """The newest migration this code has."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "there are no migrations"
    return head


def current_revision(store: Store) -> str | None:
    """The migration the database is at; None for an empty one. Raises StoreUnreachable."""
    return store.read(lambda session: _revision(session.connection()))


def is_newer(revision: str | None) -> bool:
    """Whether `revision` is one that a later version of this program has added.

    They are numbered from 0001 without gaps (db/migrations/make.py), so the number tells.
    """
    return revision is not None and revision.isdecimal() and int(revision) > int(head_revision())


def is_current(store: Store) -> bool:
    """Whether everything this version needs is there; a newer database has more than that."""
    revision = current_revision(store)
    return revision == head_revision() or is_newer(revision)


def differences(store: Store) -> list[object]:
    """What the tables in code have that the database has not, or the other way round."""
    assert tables.__all__  # importing it fills the metadata

    return store.read(
        lambda session: list(
            compare_metadata(MigrationContext.configure(session.connection()), SQLModel.metadata)
        )
    )


def alembic_config(connection: Connection) -> Config:
    """Found from this file, so a wheel needs no alembic.ini and no particular directory."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
