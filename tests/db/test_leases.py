"""Two dispatchers never send the same row: leases, fences, and who comes too late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from db.lanes import (
    Claimed,
    StaleLease,
    claim_lane,
    done,
    extend,
    hold_lane,
    look_later,
    next_row,
    park,
    release,
    retry_later,
    start_sending,
)
from db.outbox import queue_reaction
from db.store import Store
from db.tables import Lane, OutboxRow
from tests.db.at_once import together
from tests.db.rows import NOW, SECOND, C, T, add_workspace, want

LEASE = timedelta(seconds=30)
LATER = NOW + LEASE
KINDS = ("surface", "react")


@pytest.fixture(autouse=True)
def _one_row(store: Store) -> None:
    store.transact(add_workspace)
    react(store, C)


def react(store: Store, channel_id: str) -> None:
    store.transact(
        lambda s: queue_reaction(
            s, workspace_id=T, channel_id=channel_id, ts="1.1", name="x", now=NOW
        )
    )


def claim(store: Store, now: datetime = NOW) -> Claimed | None:
    return store.transact(lambda s: claim_lane(s, now=now, lease=LEASE, kinds=KINDS))


def claimed(store: Store, now: datetime = NOW) -> Claimed:
    lane = claim(store, now)
    assert lane is not None
    return lane


def row_of(store: Store) -> OutboxRow:
    return store.read(lambda s: s.exec(select(OutboxRow)).one())


def state(store: Store) -> tuple[object, ...]:
    def look(session: Session) -> tuple[object, ...]:
        lane = session.exec(select(Lane)).one()
        return lane.model_dump(), session.exec(select(OutboxRow)).one().model_dump()

    return store.read(look)


def test_a_leased_lane_is_nobody_elses(store: Store) -> None:
    claimed(store)
    assert claim(store) is None
    assert claim(store, LATER - SECOND) is None


def test_a_released_lane_is_free(store: Store) -> None:
    first = claimed(store)
    store.transact(lambda s: release(s, first))
    assert claimed(store).token > first.token


def test_an_expired_lease_is_taken_over(store: Store) -> None:
    first = claimed(store)
    assert claimed(store, LATER).token > first.token


def test_a_lease_that_is_extended_lasts(store: Store) -> None:
    first = claimed(store)
    store.transact(lambda s: extend(s, first, now=LATER))
    assert claim(store, LATER + LEASE - SECOND) is None


def test_sending_begins_with_a_whole_lease(store: Store) -> None:
    first = claimed(store)
    row = row_of(store)
    store.transact(lambda s: start_sending(s, row, first, now=LATER - SECOND))
    assert claim(store, LATER + LEASE - 2 * SECOND) is None


def test_an_expired_lease_that_nobody_took_is_still_good(store: Store) -> None:
    first = claimed(store)
    row = row_of(store)
    assert store.transact(lambda s: done(s, row, first, now=LATER + LEASE))


Write = Callable[[Session, OutboxRow, Claimed], object]

WRITES: dict[str, Write] = {
    "start_sending": lambda s, r, c: start_sending(s, r, c, now=LATER),
    "done": lambda s, r, c: done(s, r, c, now=LATER),
    "retry_later": lambda s, r, c: retry_later(s, r, c, not_before=LATER, error="x"),
    "look_later": lambda s, r, c: look_later(s, r, c, not_before=LATER, error="x"),
    "park": lambda s, r, c: park(s, r, c, error="x"),
    "hold_lane": lambda s, r, c: hold_lane(s, c, until=LATER),
    "extend": lambda s, r, c: extend(s, c, now=LATER),
}


@pytest.mark.parametrize("write", WRITES)
def test_who_lost_the_lane_writes_nothing(store: Store, write: str) -> None:
    stale, row = claimed(store), row_of(store)
    claimed(store, LATER)
    before = state(store)
    with pytest.raises(StaleLease):
        store.transact(lambda s: WRITES[write](s, row, stale))
    assert state(store) == before


def test_giving_back_a_lane_that_was_lost_leaves_it_to_who_has_it(store: Store) -> None:
    stale = claimed(store)
    claimed(store, LATER)
    before = state(store)
    store.transact(lambda s: release(s, stale))
    assert state(store) == before


def test_of_eight_dispatchers_one_gets_the_lane(store: Store) -> None:
    got: list[Claimed | None] = []
    assert together(8, lambda _: got.append(claim(store))) == []
    assert len([lane for lane in got if lane]) == 1


@pytest.mark.parametrize("database", ["postgres"])
def test_a_lane_someone_is_claiming_right_now_is_passed_over(store: Store) -> None:
    """Dispatchers never queue up behind each other. (SQLite: there is no such moment.)"""
    react(store, "C2")

    def first(session: Session) -> None:
        one = claim_lane(session, now=NOW, lease=LEASE, kinds=KINDS)
        two = claim(store)
        assert one is not None
        assert two is not None
        assert [one.lane, two.lane] == [C, "C2"]

    store.transact(first)


def test_eight_dispatchers_send_everything_once_and_in_order(store: Store) -> None:
    lanes = [f"C{n}" for n in range(2, 6)]
    for _ in range(5):
        for lane in lanes:
            react(store, lane)
    sent: list[tuple[str, int | None]] = []

    def dispatch(_: int) -> None:
        while (lane := claim(store)) is not None:
            while (row := store.read(partial(next_row, claimed=lane, now=NOW))) is not None:
                store.transact(partial(start_sending, row=row, claimed=lane, now=NOW))
                sent.append((lane.lane, row.id))
                store.transact(partial(done, row=row, claimed=lane, now=NOW))
            store.transact(partial(release, claimed=lane))

    assert together(8, dispatch) == []
    assert len(sent) == len(set(sent)) == 21
    for lane in lanes:
        ids = [number for name, number in sent if name == lane]
        assert ids == sorted(ids, key=lambda n: n or 0)


@pytest.mark.parametrize("turn", range(5))
def test_a_wish_during_the_last_step_is_never_lost(store: Store, turn: int) -> None:
    """Wanting and being done meet at the surface's row: either keeps a pending row for it."""
    store.transact(lambda s: s.delete(s.exec(select(OutboxRow)).one()))
    store.transact(lambda s: want(s, "card:1"))
    lane, row = claimed(store), row_of(store)

    def run(number: int) -> None:
        if number == turn % 2:
            store.transact(lambda s: done(s, row, lane, now=NOW, drawn=1, ts="1.1"))
        else:
            store.transact(lambda s: want(s, "card:1"))

    assert together(2, run) == []
    again = store.read(lambda s: next_row(s, lane, now=NOW))
    assert again is not None
    assert store.transact(lambda s: done(s, again, lane, now=NOW, drawn=2))
