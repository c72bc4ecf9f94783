"""What a deed locks, it does not lock for those who only point at it.

A foreign key's check takes a lock of its own on PostgreSQL. A dispatcher that waits for one while
it holds a surface, beside a deed that wants that surface redrawn, is a deadlock.
"""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.reviews.deed import BOT, Deed, open_case
from db.backlog import unpark
from db.due import claim_due, set_due
from db.lanes import done, park, start_sending
from db.outbox import redraw
from db.store import Store
from db.tables import ReviewRow, Seat, Surface
from tests.db.at_once import until, waits_for_lock
from tests.db.rows import NOW, T, add_review, want
from tests.db.sending import claimed, upcoming

pytestmark = pytest.mark.parametrize("database", ["postgres"])


@pytest.fixture
def review(store: Store) -> ReviewRow:
    return store.transact(add_review)


def by_a_deed(session: Session, review: ReviewRow) -> None:
    assert review.id is not None
    open_case(Deed(session, NOW, T, BOT), review.id)


def by_a_tick(session: Session, review: ReviewRow) -> None:
    set_due(session, workspace_id=T, kind="nudge", key="a", due_at=NOW, review_id=review.id)
    assert claim_due(session, now=NOW) is not None


@pytest.mark.parametrize("locked", [by_a_deed, by_a_tick])
def test_what_was_sent_is_stored_while_its_review_is_locked(
    store: Store, review: ReviewRow, locked: Callable[[Session, ReviewRow], None]
) -> None:
    store.transact(lambda s: want(s, "card", review_id=review.id))
    lane = claimed(store)
    row = upcoming(store, lane)
    store.transact(lambda s: start_sending(s, row, lane, now=NOW))

    def sent(session: Session) -> None:
        session.execute(text("SET LOCAL lock_timeout = '300ms'"))
        done(session, row, lane, now=NOW, drawn=1, ts="1.1")
        surface = session.get_one(Surface, row.surface_id)
        # Written a second time in one transaction, its foreign keys are checked again.
        surface.shown_number = 2
        session.add(surface)
        # And what it leads to may point at the review itself.
        set_due(session, workspace_id=T, kind="early", key="b", due_at=NOW, review_id=review.id)

    def deed(session: Session) -> None:
        locked(session, review)
        store.transact(sent)

    store.transact(deed)
    assert store.read(lambda s: s.get_one(Surface, row.surface_id)).shown_number == 2


@pytest.mark.parametrize("locks", [by_a_deed, by_a_tick])
def test_who_waits_for_a_seat_holds_none_of_its_reviews(
    store: Store, review: ReviewRow, locks: Callable[[Session, ReviewRow], None]
) -> None:
    """One order for all: the other way round, two of them wait for each other."""
    trouble: list[BaseException] = []

    def other() -> None:
        try:
            store.transact(lambda s: locks(s, review))
        except BaseException as error:
            trouble.append(error)

    waiting = threading.Thread(target=other)

    def hold(session: Session) -> None:
        session.get(Seat, review.seat_id, with_for_update=True)
        waiting.start()
        until(lambda: waits_for_lock(store))
        session.execute(text("SELECT id FROM review FOR NO KEY UPDATE NOWAIT"))

    store.transact(hold)
    waiting.join()
    assert trouble == []


def test_what_is_wanted_while_a_parked_row_of_it_is_let_go_is_wanted_all_the_same(
    store: Store, review: ReviewRow
) -> None:
    """Both see no row that waits, and both make one: the second is told, and looks again."""
    store.transact(lambda s: want(s, "card", review_id=review.id))
    lane = claimed(store)
    row = upcoming(store, lane)
    store.transact(lambda s: park(s, row, lane, error="is_archived"))
    trouble: list[BaseException] = []

    def other() -> None:
        try:
            store.transact(lambda s: redraw(s, workspace_id=T, key="card", now=NOW))
        except BaseException as error:
            trouble.append(error)

    waiting = threading.Thread(target=other)

    def let_go(session: Session) -> None:
        unpark(session, workspace_id=T)
        waiting.start()
        until(lambda: waits_for_lock(store))

    store.transact(let_go)
    waiting.join()
    assert trouble == []
    assert store.read(lambda s: s.get_one(Surface, row.surface_id)).wanted == 2
