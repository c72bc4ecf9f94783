"""What falls due is done once, in order of its time, and by one replica."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from db.due import cancel_due, claim_due, finish, next_due_at, set_due
from db.store import Store
from db.tables import Due, ReviewRow, Seat
from tests.db.at_once import together
from tests.db.rows import NOW, T, add_review

HOUR = timedelta(hours=1)


@pytest.fixture
def review(store: Store) -> ReviewRow:
    return store.transact(add_review)


def put(
    store: Store,
    key: str,
    due_at: datetime = NOW,
    review: ReviewRow | None = None,
    kind: str = "nudge",
) -> bool:
    return store.transact(
        lambda s: set_due(
            s,
            workspace_id=T,
            kind=kind,
            key=key,
            due_at=due_at,
            review_id=review.id if review else None,
            args={"at": due_at.hour},
        )
    )


def carry_out(store: Store, now: datetime = NOW) -> str | None:
    """One tick for one row: its key, or None."""

    def deed(session: Session) -> str | None:
        row = claim_due(session, now=now)
        if row is None:
            return None
        finish(session, row, now=now, outcome="done")
        return row.key

    return store.transact(deed)


def rows(store: Store) -> list[Due]:
    return store.read(lambda s: list(s.exec(select(Due).order_by(text("id")))))


def test_nothing_is_due_before_its_time(store: Store, review: ReviewRow) -> None:
    put(store, "a", NOW + HOUR)
    assert carry_out(store) is None
    assert carry_out(store, NOW + HOUR) == "a"
    assert carry_out(store, NOW + HOUR) is None


def test_what_was_missed_is_made_up_in_order_of_its_time(store: Store, review: ReviewRow) -> None:
    for key, hours in (("c", 3), ("a", 1), ("b", 2)):
        put(store, key, NOW + hours * HOUR)
    much_later = NOW + 100 * HOUR
    assert [carry_out(store, much_later) for _ in range(4)] == ["a", "b", "c", None]


def test_setting_it_again_moves_it(store: Store, review: ReviewRow) -> None:
    assert put(store, "a", NOW + HOUR)
    assert put(store, "a", NOW + 2 * HOUR)
    assert [(row.due_at, row.args) for row in rows(store)] == [(NOW + 2 * HOUR, {"at": 11})]


def test_setting_it_again_is_seen_by_who_has_the_row(store: Store, review: ReviewRow) -> None:
    def deed(session: Session) -> None:
        row = claim_due(session, now=NOW)
        assert row is not None
        set_due(session, workspace_id=T, kind="nudge", key="a", due_at=NOW + HOUR)
        assert row.due_at == NOW + HOUR

    put(store, "a")
    store.transact(deed)
    assert store.read(next_due_at) == NOW + HOUR


def test_what_was_carried_out_is_not_set_again(store: Store, review: ReviewRow) -> None:
    put(store, "a")
    carry_out(store)
    assert not put(store, "a", NOW + HOUR)
    assert carry_out(store, NOW + HOUR) is None


def test_what_was_cancelled_can_be_set_again(store: Store, review: ReviewRow) -> None:
    assert review.id is not None
    put(store, "a", review=review)
    assert store.transact(partial(cancel_due, review_id=review.id, now=NOW)) == 1
    assert carry_out(store) is None
    assert put(store, "a", review=review)
    assert carry_out(store) == "a"


def test_a_final_outcome_is_not_set_again(store: Store, review: ReviewRow) -> None:
    assert review.id is not None
    put(store, "a", review=review)
    store.transact(partial(cancel_due, review_id=review.id, now=NOW, outcome="withdrawn"))
    assert not put(store, "a", review=review)


def test_only_the_kinds_named_are_cancelled(store: Store, review: ReviewRow) -> None:
    assert review.id is not None
    put(store, "a", review=review, kind="nudge")
    put(store, "b", review=review, kind="confirm")
    put(store, "c", kind="nudge")
    count = store.transact(
        partial(cancel_due, review_id=review.id, now=NOW, kinds=("nudge", "offer"))
    )
    assert count == 1
    assert [row.outcome for row in rows(store)] == ["cancelled", "", ""]


def test_what_cancels_itself_on_the_way_was_carried_out(store: Store, review: ReviewRow) -> None:
    assert review.id is not None
    put(store, "a", review=review)

    def deed(session: Session) -> None:
        row = claim_due(session, now=NOW)
        assert row is not None
        assert review.id is not None
        cancel_due(session, review.id, now=NOW)
        finish(session, row, now=NOW, outcome="done")

    store.transact(deed)
    assert not put(store, "a", review=review)


def test_one_with_a_bug_does_not_hold_up_the_others(store: Store, review: ReviewRow) -> None:
    put(store, "a")
    put(store, "b")
    (first, _) = rows(store)
    assert first.id is not None

    def fail(session: Session) -> None:
        claim_due(session, now=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(fail)
    passed = store.transact(partial(claim_due, now=NOW, but_not=[first.id]))
    assert passed is not None
    assert passed.key == "b"
    store.transact(partial(finish, row=first, now=NOW, outcome="failed: 7f3a"))
    assert rows(store)[0].outcome == "failed: 7f3a"
    assert carry_out(store) == "b"


def test_the_next_time_is_the_earliest_that_is_open(store: Store, review: ReviewRow) -> None:
    assert store.read(next_due_at) is None
    put(store, "a", NOW)
    put(store, "b", NOW + HOUR)
    assert store.read(next_due_at) == NOW
    carry_out(store)
    assert store.read(next_due_at) == NOW + HOUR


def test_replicas_that_tick_at_once_carry_out_each_row_once(
    store: Store, review: ReviewRow
) -> None:
    keys = [f"k{n}" for n in range(12)]
    for key in keys:
        put(store, key, review=review)
    got: list[str] = []

    def tick(_: int) -> None:
        while (key := carry_out(store)) is not None:
            got.append(key)

    assert together(4, tick) == []
    assert sorted(got) == sorted(keys)


@pytest.mark.parametrize("database", ["postgres"])
def test_a_row_that_is_being_ended_is_passed_over(store: Store, review: ReviewRow) -> None:
    """As a replica ends one that failed: in a transaction that locks neither seat nor review."""
    put(store, "a")
    put(store, "b")

    def end(session: Session) -> None:
        finish(session, rows(store)[0], now=NOW, outcome="failed: 7f3a")
        assert carry_out(store) == "b"

    store.transact(end)
    assert [row.outcome for row in rows(store)] == ["failed: 7f3a", "done"]


def test_one_key_set_by_several_at_once_is_one_row(store: Store, review: ReviewRow) -> None:
    assert together(6, lambda _: put(store, "a", review=review)) == []
    assert len(rows(store)) == 1


@pytest.mark.parametrize("database", ["postgres"])
def test_a_tick_and_a_deed_on_one_review_never_deadlock(store: Store, review: ReviewRow) -> None:
    """Both lock seat, review, then what is due; the other way round one of them dies."""

    def lock(session: Session) -> None:
        session.get(Seat, review.seat_id, with_for_update=True)
        session.get(ReviewRow, review.id, with_for_update=True)

    def deed(session: Session) -> None:
        session.execute(text("SET LOCAL deadlock_timeout = 10"))
        lock(session)
        assert review.id is not None
        cancel_due(session, review.id, now=NOW)
        set_due(session, workspace_id=T, kind="nudge", key="a", due_at=NOW, review_id=review.id)

    def tick(session: Session) -> None:
        session.execute(text("SET LOCAL deadlock_timeout = 10"))
        if claim_due(session, now=NOW) is not None:
            lock(session)

    def run(number: int) -> None:
        for _ in range(20):
            _once(store, deed if number % 2 else tick)

    assert together(4, run) == []


def _once(store: Store, deed: object) -> None:
    """Without the second try that would hide a deadlock."""
    store._once(deed)  # type: ignore[arg-type]
