"""What the database itself refuses, on both."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session, select

from db.store import Store
from db.tables import (
    AnswerRow,
    DigestRun,
    ObjectionRow,
    ReviewRow,
    RosterMember,
    Seat,
    Surface,
    ThreadMessage,
)
from tests.db.rows import NOW, C, T, add_review, add_seat, add_workspace

Make = Callable[[int, int], object]
"""From a seat's id and a review's, a row of which there may be one."""

TWICE: dict[str, Make] = {
    "two answers to one question": lambda s, r: AnswerRow(
        review_id=r, number=1, state="given", by="U3"
    ),
    "two objections of one number": lambda s, r: ObjectionRow(
        review_id=r, number=1, title="x", by="U3", at=NOW
    ),
    "a person twice on a roster": lambda s, r: RosterMember(
        seat_id=s, person_id="U1", position=1, joined_at=NOW
    ),
    "two digests in a week": lambda s, r: DigestRun(seat_id=s, week="2026-W10", at=NOW),
    "two messages of one key": lambda s, r: Surface(workspace_id=T, kind="card", key="card:1"),
    "one thread message twice": lambda s, r: ThreadMessage(
        workspace_id=T, channel_id=C, ts="1.1", review_id=r, version="1.1"
    ),
}

TO_NOTHING: dict[str, Callable[[], object]] = {
    "a seat in no workspace": lambda: Seat(
        workspace_id="T0", channel_id=C, created_by="U1", created_at=NOW
    ),
    "an answer to no review": lambda: AnswerRow(review_id=99, number=1, state="given", by="U3"),
    "a message under no message": lambda: Surface(
        workspace_id=T, kind="checklist", key="checklist:1", under_id=99
    ),
}


@pytest.mark.parametrize("what", TWICE)
def test_the_database_refuses(store: Store, what: str) -> None:
    review = store.transact(add_review)

    def add(session: Session) -> None:
        session.add(TWICE[what](review.seat_id, review.id or 0))

    store.transact(add)
    with pytest.raises(IntegrityError):
        store.transact(add)


def test_a_channel_has_one_seat(store: Store) -> None:
    store.transact(add_seat)
    with pytest.raises(IntegrityError):
        store.transact(add_seat)


def test_a_number_is_used_once_in_a_seat(store: Store) -> None:
    review = store.transact(add_review)
    with pytest.raises(IntegrityError):
        store.transact(lambda s: s.add(ReviewRow(**review.model_dump(exclude={"id"}))))


@pytest.mark.parametrize("what", TO_NOTHING)
def test_the_database_refuses_to_store(store: Store, what: str) -> None:
    store.transact(add_workspace)
    with pytest.raises(IntegrityError):
        store.transact(lambda s: s.add(TO_NOTHING[what]()))


def test_two_seats_in_two_channels_are_fine(store: Store) -> None:
    store.transact(add_seat)
    store.transact(partial(add_seat, channel_id="C2"))
    assert len(store.read(lambda s: s.exec(select(Seat)).all())) == 2


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001
    with pytest.raises(StatementError):
        store.transact(lambda s: add_review(s, opened_at=naive))


def test_a_state_from_a_newer_version_can_be_stored(store: Store) -> None:
    """States are strings: during a rollout the old version meets the new one's."""
    store.transact(lambda s: add_review(s, state="mediated"))
    assert store.read(lambda s: s.exec(select(ReviewRow.state)).one()) == "mediated"


def test_json_that_is_assigned_anew_is_stored(store: Store) -> None:
    seat = store.transact(add_seat)

    def change(session: Session) -> None:
        row = session.get_one(Seat, seat.id)
        row.keepers = [*row.keepers, "U7"]

    store.transact(change)
    assert store.read(lambda s: s.exec(select(Seat.keepers)).one()) == ["U7"]


@pytest.mark.parametrize("database", ["postgres"])
def test_text_that_postgresql_cannot_hold_is_an_error_and_not_a_lost_connection(
    store: Store,
) -> None:
    with pytest.raises((DBAPIError, ValueError)):
        store.transact(lambda s: add_review(s, title="a\x00b"))
