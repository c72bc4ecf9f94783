"""What a pooler between us and PostgreSQL asks for: nothing is left in a session for the next.

PgBouncer refuses start-up options, and in transaction mode gives each transaction another session.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session

from db.store import Store
from tests.databases import drop_postgres, fresh_postgres_url


@pytest.fixture
def store() -> Iterator[Store]:
    url = fresh_postgres_url()
    store = Store(url, pool_size=1)
    yield store
    store.close()
    drop_postgres(url)


def of(session: Session, what: str) -> str:
    return str(session.execute(text(what)).scalar_one())


LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")


@pytest.mark.parametrize("limit", LIMITS)
def test_each_transaction_has_its_limits_and_leaves_none(store: Store, limit: str) -> None:
    for way in (store.transact, store.read, store.transact):
        assert way(lambda s: of(s, f"SHOW {limit}")) not in ("", "0")
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.autocommit = True
        assert raw.execute(f"SHOW {limit}").fetchone() == ("0",)


def test_statements_are_not_kept_by_name(store: Store) -> None:
    for number in range(12):  # the driver would, from the sixth on
        store.transact(lambda s, n=number: s.execute(text("SELECT :n + 1"), {"n": n}).all())
    assert store.read(lambda s: of(s, "SELECT count(*) FROM pg_prepared_statements")) == "0"


def test_nothing_is_asked_for_when_connecting(store: Store) -> None:
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        assert "options" not in raw.info.get_parameters()


def test_a_migration_has_no_limits_and_its_lock_ends_with_it(store: Store) -> None:
    with store.alone() as connection:
        for limit in LIMITS:
            assert connection.execute(text(f"SHOW {limit}")).scalar_one() == "0"
    assert store.read(lambda s: of(s, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                                      " AND database = (SELECT oid FROM pg_database"
                                      " WHERE datname = current_database())")) == "0"  # fmt: skip
