"""A company with 50,000 open reviews: no statement has a parameter for each."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from bot.slack.directory import find_names
from db.catch_up import BEHIND, claim_thread, find_unread, read_on, want_all
from db.chunks import MOST, chunks
from db.outbox import want_redraws
from db.store import Store
from db.tables import CatchUp, OutboxRow, Person, Surface
from tests.db.rows import NOW, T, add_seat
from tests.db.test_catch_up import LEASE, with_card

MANY = 50_000


def open_reviews(store: Store, many: int) -> None:
    """One with its card, and more like it."""

    def fill(session: Session) -> None:
        review = with_card(session, ts="10.000001", due=NOW)
        _repeat(session, many, "review", {"id": f"{review} + n", "number": f"{review} + n"})
        card = session.exec(select(Surface.id)).one()
        _repeat(session, many, "surface", {"id": f"{card} + n", "review_id": f"{review} + n",
                                     "key": "'more:' || n", "ts": "'10.' || n"})  # fmt: skip

    store.transact(fill)


def _repeat(session: Session, many: int, table: str, differing: dict[str, str]) -> None:
    """The row of `table`, again and again, with these expressions of `n` in its columns."""
    columns = list(session.execute(text(f'SELECT * FROM "{table}"')).mappings().one())
    values = ", ".join(differing.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    session.execute(
        text(
            f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted"
            f' WHERE n < {many - 1}) INSERT INTO "{table}" ({names})'
            f' SELECT {values} FROM "{table}" CROSS JOIN counted'
        )
    )


def test_after_a_restart_every_thread_is_read(store: Store) -> None:
    open_reviews(store, MANY)
    store.transact(lambda s: want_all(s, now=NOW))
    assert _count(store, CatchUp) == MANY
    thread = store.transact(lambda s: claim_thread(s, machine=NOW, lease=LEASE))
    assert thread is not None
    assert store.transact(lambda s: read_on(s, thread, until="11.000001", machine=NOW, lease=LEASE))
    store.transact(lambda s: want_all(s, now=NOW))  # away once more
    again = store.read(lambda s: s.exec(select(CatchUp.review_id).where(CatchUp.again)).all())
    assert again == [thread.review_id]
    late = NOW + BEHIND + timedelta(seconds=1)
    assert len(store.read(lambda s: find_unread(s, now=late))) == MANY


def test_as_many_drawings_can_be_wanted_as_there_are(store: Store) -> None:
    some = 2 * MOST + 1
    open_reviews(store, some)
    store.transact(lambda s: want_redraws(s, s.exec(select(Surface)).all(), now=NOW))
    assert _count(store, OutboxRow) == some
    wanted = select(func.count()).select_from(Surface).where(col(Surface.wanted) == 2)
    assert store.read(lambda s: s.exec(wanted).one()) == some


def test_as_many_people_are_found_as_there_are(store: Store) -> None:
    store.transact(add_seat)
    store.transact(
        lambda s: s.add(Person(workspace_id=T, id="U70000", name="Last", checked_at=NOW))
    )
    users = [f"U{n}" for n in range(70_001)]
    assert store.read(lambda s: find_names(s, T, users))["U70000"] == "Last"


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, 3 * MOST])
def test_parts_hold_everything_in_order(count: int) -> None:
    parts = list(chunks(range(count)))
    assert [value for part in parts for value in part] == list(range(count))
    assert all(0 < len(part) <= MOST for part in parts)


def _count(store: Store, table: type[CatchUp] | type[OutboxRow]) -> int:
    return store.read(lambda s: s.exec(select(func.count()).select_from(table)).one())
