"""Nothing lost: increments, fairness, one retry, and who is told after a commit."""

import threading
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from db.fair_lock import FairLock
from db.outbox import queue_reaction
from db.store import Store, StoreBusy, StoreUnreachable
from db.tables import Workspace
from tests.db.at_once import together, until
from tests.db.rows import NOW, C, T, add_seat, add_workspace


def test_320_concurrent_increments_end_at_320(store: Store) -> None:
    seat_id = store.transact(lambda s: add_seat(s).id)

    def count_up(session: Session) -> None:
        number = session.execute(
            text("SELECT last_number FROM seat WHERE id = :id" + _for_update(store)),
            {"id": seat_id},
        ).scalar_one()
        session.execute(
            text("UPDATE seat SET last_number = :n WHERE id = :id"),
            {"n": number + 1, "id": seat_id},
        )

    def run(_: int) -> None:
        for _ in range(40):
            store.transact(count_up)

    assert together(8, run) == []
    counted = store.read(lambda s: s.execute(text("SELECT last_number FROM seat")).scalar_one())
    assert counted == 320


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_second_program_on_the_file_loses_nothing_either(store: Store) -> None:
    """BEGIN IMMEDIATE: who reads first and writes later fails when another was quicker."""
    store.transact(add_seat)
    other = Store(store.url.render_as_string())

    def count_up(session: Session) -> None:
        number = session.execute(text("SELECT last_number FROM seat")).scalar_one()
        session.execute(text("UPDATE seat SET last_number = :n"), {"n": number + 1})

    def run(number: int) -> None:
        for _ in range(20):
            (store, other)[number].transact(count_up)

    assert together(2, run) == []
    other.close()
    counted = store.read(lambda s: s.execute(text("SELECT last_number FROM seat")).scalar_one())
    assert counted == 40


def _for_update(store: Store) -> str:
    return "" if store.is_sqlite else " FOR UPDATE"


def test_what_raises_is_rolled_back(store: Store) -> None:
    def fail(session: Session) -> None:
        add_workspace(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(fail)
    assert store.read(lambda s: s.exec(select(Workspace)).all()) == []


def test_rows_can_be_read_after_their_transaction(store: Store) -> None:
    seat = store.transact(add_seat)
    assert seat.channel_id == C
    assert store.read(lambda s: s.exec(select(Workspace)).one()).id == T


def test_a_read_changes_nothing(store: Store) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        store.read(add_workspace)
    assert store.read(lambda s: s.exec(select(Workspace)).all()) == []


def test_a_read_sees_one_moment(store: Store) -> None:
    def look(session: Session) -> tuple[int, int]:
        before = len(session.exec(select(Workspace.id)).all())
        store.transact(add_workspace)
        return before, len(session.exec(select(Workspace.id)).all())

    assert store.read(look) == (0, 0)


@pytest.mark.parametrize("database", ["postgres"])
def test_a_deadlock_is_tried_again(store: Store) -> None:
    for name in "AB":
        store.transact(partial(add_workspace, workspace_id=name))
    met = threading.Barrier(2)
    first_time = threading.local()

    def lock(session: Session, *names: str) -> None:
        session.execute(text("SET LOCAL deadlock_timeout = 10"))
        for name in names:
            session.execute(
                text("UPDATE workspace SET name = name || 'x' WHERE id = :i"), {"i": name}
            )
            if not getattr(first_time, "over", False):
                first_time.over = True
                met.wait(timeout=3)

    orders = [("A", "B"), ("B", "A")]
    assert together(2, lambda n: store.transact(lambda s: lock(s, *orders[n]))) == []
    names = store.read(lambda s: s.exec(select(Workspace.name)).all())
    assert list(names) == ["xx", "xx"]


@pytest.mark.parametrize("state", ["40P01", "40001"], ids=["deadlock", "serialization failure"])
@pytest.mark.parametrize("database", ["postgres"])
def test_a_second_one_in_a_row_is_a_busy_database_and_no_bug(store: Store, state: str) -> None:
    tries: list[int] = []

    def deed(session: Session) -> None:
        tries.append(1)
        session.execute(text("DO $$ BEGIN RAISE SQLSTATE '" + state + "'; END $$"))

    with pytest.raises(StoreBusy):
        store.transact(deed)
    assert len(tries) == 2


def test_listeners_hear_of_commits_that_queued_something(store: Store) -> None:
    heard: list[str] = []
    store.after_commit(lambda: heard.append("queued"))
    store.transact(add_workspace)
    assert heard == []

    def react(session: Session) -> None:
        queue_reaction(session, workspace_id=T, channel_id=C, ts="1.1", name="x", now=NOW)

    store.transact(react)
    assert heard == ["queued"]

    def fail(session: Session) -> None:
        react(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(fail)
    assert heard == ["queued"]


def test_a_pool_of_its_own_tells_the_same_listeners(store: Store) -> None:
    heard: list[str] = []
    store.transact(add_workspace)
    apart = store.own_pool()
    store.after_commit(lambda: heard.append("queued"))
    apart.transact(
        lambda s: queue_reaction(s, workspace_id=T, channel_id=C, ts="1.1", name="x", now=NOW)
    )
    assert heard == ["queued"]
    apart.close()


def test_a_transaction_inside_a_transaction_is_a_bug_said_at_once(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(RuntimeError, match="inside a transaction"):
        store.transact(lambda _: store.transact(lambda _: None))
    assert store.transact(lambda _: "free again") == "free again"
    store.close()


def test_the_fair_lock_serves_in_order_of_arrival() -> None:
    lock, served = FairLock(), list[int]()

    def take(number: int) -> None:
        with lock.hold():
            served.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(5)]
    with lock.hold():
        for number, thread in enumerate(threads):
            thread.start()
            until(lambda n=number: len(lock._waiting) == n + 1)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_who_tires_of_waiting_leaves_the_line() -> None:
    lock, outcome = FairLock(), list[str]()

    def tire() -> None:
        try:
            with lock.hold(timeout=0.01):
                outcome.append("held")
        except StoreUnreachable:
            outcome.append("tired")

    with lock.hold():
        thread = threading.Thread(target=tire)
        thread.start()
        thread.join()
    assert outcome == ["tired"]
    with lock.hold(timeout=0):
        pass


def test_a_holder_that_raises_lets_go() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock.hold():
        raise ZeroDivisionError
    with lock.hold(timeout=0):
        pass
