"""Up, down, checked against the tables in code, under a lock, and on filled tables."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel, select

from db.migrate import current_revision, differences, head_revision, is_current, migrate, undo
from db.store import ForeignKeysBroken, Store
from db.tables import ReviewRow, Surface
from tests.db.at_once import together
from tests.db.rows import add_full_review


def test_an_empty_database_is_brought_to_the_newest_migration(empty_store: Store) -> None:
    assert current_revision(empty_store) is None
    assert not is_current(empty_store)
    migrate(empty_store)
    assert current_revision(empty_store) == head_revision()
    assert is_current(empty_store)


def test_migrating_again_changes_nothing(store: Store) -> None:
    migrate(store)
    assert is_current(store)


def test_the_migrations_make_the_tables_that_the_code_has(store: Store) -> None:
    """Failing here: `python -m db.migrations.make` writes the missing migration."""
    assert differences(store) == []


def test_a_column_missing_from_the_migrations_is_noticed(store: Store) -> None:
    with store.alone() as connection:
        connection.execute(text("ALTER TABLE review DROP COLUMN persona"))
    assert "persona" in str(differences(store))


def test_what_was_migrated_can_be_undone(store: Store) -> None:
    store.transact(add_full_review)
    undo(store, "base")
    assert set(inspect(store.engine).get_table_names()) == {"alembic_version"}
    migrate(store)
    assert differences(store) == []


def test_processes_that_start_at_once_wait_for_each_other(empty_store: Store) -> None:
    url = empty_store.url.render_as_string(hide_password=False)
    code = "import sys; from db import migrate, store; migrate.migrate(store.Store(sys.argv[1]))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in started:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert is_current(empty_store)


def test_a_version_that_starts_when_the_database_is_newer_runs_on_it(store: Store) -> None:
    """A rolling upgrade, or a rollback: migrations only add, so what is there is enough."""
    newer = f"{int(head_revision()) + 1:04}"
    store.transact(lambda s: _set_revision(s, newer))
    migrate(store)
    assert current_revision(store) == newer
    assert is_current(store)


def test_a_database_at_a_migration_nobody_knows_is_left_alone(store: Store) -> None:
    """Of another program, or of a branch that was never released: not ours to touch."""
    store.transact(lambda s: _set_revision(s, "0000-elsewhere"))
    assert not is_current(store)
    with pytest.raises(CommandError, match="0000-elsewhere"):
        migrate(store)


def test_threads_of_one_process_wait_for_each_other(empty_store: Store) -> None:
    assert together(4, lambda _: migrate(empty_store)) == []
    assert is_current(empty_store)


def test_filled_tables_come_through_a_table_copied_for_a_change(store: Store) -> None:
    """SQLite changes a table by copying it: with foreign keys on, dropping the old one fails."""
    row = store.transact(add_full_review)
    with store.alone() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("review", recreate="auto") as batch:
            batch.alter_column("title", new_column_name="headline")
    assert row.id is not None
    with store.alone() as connection:
        titles = connection.execute(text("SELECT headline FROM review")).scalars().all()
        assert titles == [row.title]
    assert store.read(lambda s: s.exec(select(Surface.review_id)).all()) == [row.id]


def test_each_migration_comes_to_filled_tables_and_can_be_taken_back(store: Store) -> None:
    row = store.transact(add_full_review)
    undo(store, "0001")
    before = _counts(store)
    migrate(store)
    after = _counts(store)
    assert {table: after[table] for table in before} == before, "and what is new is empty"
    assert {many for table, many in after.items() if table not in before} <= {0}
    assert before["surface"] > 0
    surfaces = store.read(lambda s: s.exec(select(Surface)).all())
    assert {surface.review_id for surface in surfaces} == {row.id}


def test_a_migration_that_leaves_loose_ends_is_rolled_back(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'loose.db'}")
    migrate(store)
    store.transact(add_full_review)
    with pytest.raises(ForeignKeysBroken), store.alone() as connection:
        connection.execute(text("DELETE FROM seat"))
    assert len(store.read(lambda s: s.exec(select(ReviewRow)).all())) == 1
    assert _foreign_keys(store) == 1
    store.close()


def test_foreign_keys_are_on_again_after_a_migration_that_failed(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'failed.db'}")
    with pytest.raises(ZeroDivisionError), store.alone():
        raise ZeroDivisionError
    assert _foreign_keys(store) == 1
    store.close()


def test_migrations_are_found_whatever_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store("sqlite:///here.db")
    migrate(store)
    store.close()
    assert (tmp_path / "here.db").exists()


def test_a_database_in_memory_can_be_migrated() -> None:
    store = Store("sqlite://")
    migrate(store)
    assert differences(store) == []
    store.close()


def test_every_table_names_its_constraints(store: Store) -> None:
    """Alembic cannot drop what has no name."""
    looked = inspect(store.engine)
    for table in SQLModel.metadata.tables:
        assert looked.get_pk_constraint(table)["name"], table
        for key in looked.get_foreign_keys(table):
            assert key["name"], table


def _set_revision(session: Session, revision: str) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})


def _foreign_keys(store: Store) -> int:
    return int(store.transact(lambda s: s.execute(text("PRAGMA foreign_keys")).scalar_one()))


def _counts(store: Store) -> dict[str, int]:
    def count(session: Session) -> dict[str, int]:
        tables = inspect(session.connection()).get_table_names()
        rows = {
            t: session.execute(text(f'SELECT COUNT(*) FROM "{t}"')).scalar_one() for t in tables
        }
        return {table: int(many) for table, many in rows.items()}

    return store.read(count)
