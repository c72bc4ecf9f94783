"""Bringing a database to the newest migration, one process at a time.

A migration only adds until nothing old runs: during a rollout the old version still writes.
"""

import threading
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db import tables
from db.store import Store
from db.tables.base import SQLModel

MIGRATIONS = Path(__file__).parent / "migrations"

# Alembic keeps "the migration that runs now" in module globals: one thread at a time.
_alembic = threading.Lock()


def migrate(store: Store) -> None:
    """Run every migration that is missing, all in one transaction. Waits for others doing it.

    Raises StoreUnreachable, and ForeignKeysBroken (SQLite) with nothing changed.
    """
    _run(store, "upgrade", "head")


def undo(store: Store, revision: str) -> None:
    """Go back to `revision` ("base": no tables). For tests; a released version only adds."""
    _run(store, "downgrade", revision)


def head_revision() -> str:
    """The newest migration this code has."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "there are no migrations"
    return head


def current_revision(store: Store) -> str | None:
    """The migration the database is at; None for an empty one. Raises StoreUnreachable."""
    return store.read(lambda session: _revision(session.connection()))


def is_current(store: Store) -> bool:
    return current_revision(store) == head_revision()


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


def _run(store: Store, direction: str, revision: str) -> None:
    with _alembic, store.alone() as connection:
        getattr(command, direction)(alembic_config(connection), revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
