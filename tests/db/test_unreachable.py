"""Only a database that does not answer is unreachable; passwords never show."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db.migrate import migrate
from db.store import Store, StoreBusy, StoreUnreachable
from tests.databases import fresh_postgres_url, fresh_sqlite_url
from tests.db.rows import add_workspace


def look(store: Store) -> None:
    store.read(lambda s: s.execute(text("SELECT 1")))


def test_a_refused_connection_is_unreachable() -> None:
    store = Store("postgresql://seat:hunter2@127.0.0.1:1/seat")
    with pytest.raises(StoreUnreachable) as told:
        look(store)
    assert "hunter2" not in str(told.value)
    assert "127.0.0.1:1/seat" in str(told.value)
    store.close()


def test_a_database_that_is_not_there_is_unreachable() -> None:
    store = Store(fresh_postgres_url().replace("/t_", "/missing_"))
    with pytest.raises(StoreUnreachable, match="does not exist"):
        look(store)
    store.close()


def test_a_connection_cut_off_is_unreachable_and_the_next_one_works() -> None:
    store = Store(fresh_postgres_url())
    other = store.own_pool()

    def cut_off(session: Session) -> None:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other.transact(lambda s: s.execute(text(f"SELECT pg_terminate_backend({pid}, 2000)")))
        session.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        store.transact(cut_off)
    look(store)
    store.close()
    other.close()


@pytest.mark.parametrize("statement", ["SELECT 1 / 0", "SELECT missing"])
def test_a_statement_that_fails_is_a_bug_and_not_unreachable(statement: str) -> None:
    store = Store(fresh_postgres_url())
    with pytest.raises(DBAPIError):
        store.transact(lambda s: s.execute(text(statement)))
    store.close()


def test_a_statement_that_takes_too_long_says_that_the_database_is_busy() -> None:
    store = Store(fresh_postgres_url())
    slow = text("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")
    with pytest.raises(StoreBusy):
        store.transact(lambda s: s.execute(slow))
    with pytest.raises(StoreBusy):
        store.read(lambda s: s.execute(slow))
    store.close()


def test_waiting_too_long_for_a_row_is_being_busy_and_not_unreachable() -> None:
    store = Store(fresh_postgres_url())
    store.transact(add_workspace)

    def wait_for_it(session: Session) -> None:
        session.execute(text("SET LOCAL lock_timeout = 10"))
        session.execute(text("SELECT * FROM workspace FOR UPDATE"))

    def hold(session: Session) -> None:
        session.execute(text("SELECT * FROM workspace FOR UPDATE"))
        with pytest.raises(StoreBusy):
            store.transact(wait_for_it)

    store.transact(hold)
    store.close()


def test_who_falls_silent_in_a_transaction_lets_go_of_what_it_locked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a replica that drops off the network in the middle of a deed."""
    monkeypatch.setattr("db.engines.IDLE_IN_TRANSACTION_MS", 50)
    silent = Store(fresh_postgres_url())
    silent.transact(add_workspace)
    other = silent.own_pool()
    lock = text("SELECT * FROM workspace FOR UPDATE")

    def fall_silent(session: Session) -> None:
        session.execute(lock)
        other.transact(lambda s: s.execute(lock))

    with pytest.raises(StoreUnreachable):
        silent.transact(fall_silent)
    silent.close()
    other.close()


def test_a_pool_that_is_used_up_is_unreachable() -> None:
    store = Store(fresh_postgres_url(), pool_size=1)
    store.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
    with store.engine.connect(), store.engine.connect(), pytest.raises(StoreUnreachable):
        look(store)
    store.close()


@pytest.mark.parametrize("path", ["missing/folder/x.db", "."])
def test_a_file_that_cannot_be_opened_is_unreachable(tmp_path: Path, path: str) -> None:
    store = Store(f"sqlite:///{tmp_path / path}")
    with pytest.raises(StoreUnreachable, match="unable to open database file"):
        look(store)
    with pytest.raises(StoreUnreachable, match="unable to open database file"):
        store.transact(add_workspace)
    store.close()


def test_a_file_that_is_no_database_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"dear diary " * 100)
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(StoreUnreachable, match="not a database"):
        look(store)
    store.close()


def test_a_file_that_may_only_be_read_is_unreachable(tmp_path: Path) -> None:
    path = fresh_sqlite_url(tmp_path).removeprefix("sqlite:///")
    store = Store(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreUnreachable, match="readonly"):
        store.transact(add_workspace)
    store.close()


def test_a_file_that_another_program_keeps_locked_is_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engines.BUSY_MS", 10)
    url = fresh_sqlite_url(tmp_path)
    store = Store(url)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnreachable, match="locked"):
        store.transact(add_workspace)
    look(store)  # readers are not held up
    other.close()
    store.transact(add_workspace)
    store.close()


def test_a_table_that_is_missing_is_a_bug_and_not_unreachable(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(DBAPIError, match="no such table"):
        store.transact(add_workspace)
    store.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "DATABASE_URL is empty"),
        ("customer-seat.db", "not a database address"),
        ("postgresql//seat:hunter2@db/seat", "not a database address"),
        ("postgresql://seat:hunter2@db:port/seat", "not a database address"),
        ("postgress://seat:hunter2@db/seat", "'postgress'"),
        ("postgresql+psycopg2://seat:hunter2@db/seat", "'postgresql\\+psycopg2'"),
        ("mysql://seat:hunter2@db/seat", "only sqlite and postgresql"),
        ("sqlite://customer-seat.db", "three slashes"),
    ],
)
def test_an_address_with_a_slip_is_explained_and_shows_no_password(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        Store(url)
    assert "hunter2" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_way_to_write_postgresql_is_known(scheme: str) -> None:
    store = Store(fresh_postgres_url().replace("postgresql", scheme, 1))
    look(store)
    store.close()


def test_options_in_the_address_are_kept_beside_ours() -> None:
    store = Store(fresh_postgres_url() + "&options=-c%20search_path%3Dpublic")

    def settings(session: Session) -> list[object]:
        return [
            session.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("search_path", "statement_timeout")
        ]

    assert store.read(settings) == ["public", "5s"]
    store.close()


def test_a_relative_file_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store("sqlite:///here.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    look(store)
    assert (tmp_path / "here.db").exists()
    store.close()


def test_a_database_in_memory_is_shared_by_readers_and_writers() -> None:
    store = Store("sqlite:///:memory:")
    migrate(store)
    store.transact(add_workspace)
    counted: list[object] = []
    thread = threading.Thread(
        target=lambda: counted.append(
            store.read(lambda s: s.execute(text("SELECT count(*) FROM workspace")).scalar_one())
        )
    )
    thread.start()
    thread.join()
    assert counted == [1]
    store.close()
