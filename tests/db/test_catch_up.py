"""Threads to be read after an absence: oldest deadline first, one reader each, going on."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db.catch_up import (
    BEHIND,
    Thread,
    came_through,
    claim_thread,
    find_unread,
    read_on,
    set_aside,
    want_all,
)
from db.due import claim_due, set_due
from db.store import Store
from db.tables import CatchUp, ReviewRow, Seat, Surface, ThreadMessage
from tests.db.at_once import together
from tests.db.rows import NOW, C, T, add_review, add_seat

LEASE = timedelta(seconds=60)
HOUR = timedelta(hours=1)


def with_card(session: Session, *, ts: str, due: datetime | None, **fields: object) -> int:
    seat = session.exec(select(Seat)).first() or add_seat(session)
    review = add_review(session, seat, advocate="U5", answers_due_at=due, **fields)
    card = Surface(workspace_id=T, kind="card", key=f"card:{review.id}", channel_id=C,
                   review_id=review.id, ts=ts or None)  # fmt: skip
    session.add(card)
    session.flush()
    return review.id or 0


@pytest.fixture
def reviews(store: Store) -> list[int]:
    """Due late, not at all, soon."""

    def add(session: Session) -> list[int]:
        return [
            with_card(session, ts="10.000001", due=NOW + 2 * HOUR),
            with_card(session, ts="20.000001", due=None),
            with_card(session, ts="30.000001", due=NOW + HOUR),
        ]

    return store.transact(add)


def want(store: Store) -> None:
    store.transact(lambda s: want_all(s, now=NOW))


def claim(store: Store, *, at: datetime = NOW) -> Thread | None:
    return store.transact(lambda s: claim_thread(s, machine=at, lease=LEASE))


def claimed(store: Store, *, at: datetime = NOW) -> Thread:
    found = claim(store, at=at)
    assert found is not None
    return found


def claimed_of(store: Store, review: int) -> Thread:
    """That of this review; the others are given back."""
    found = {thread.review_id: thread for thread in iter(lambda: claim(store), None)}
    for other in found.keys() - {review}:
        store.transact(lambda s, thread=found[other]: set_aside(s, thread, until=None))
    return found[review]


def read(store: Store, thread: Thread, until: str, *, at: datetime = NOW) -> Thread:
    """As it is leased from then on."""
    found = store.transact(lambda s: read_on(s, thread, until=until, machine=at, lease=LEASE))
    assert found is not None
    return found


def finish(store: Store, thread: Thread) -> None:
    store.transact(lambda s: came_through(s, thread))


def test_nothing_is_read_until_it_is_wanted(store: Store, reviews: list[int]) -> None:
    assert claim(store) is None


def test_the_oldest_deadline_comes_first_and_each_is_had_once(
    store: Store, reviews: list[int]
) -> None:
    want(store)
    late, never, soon = reviews
    assert [claimed(store).review_id for _ in range(3)] == [soon, late, never]
    assert claim(store) is None


def test_two_readers_at_once_get_two_threads(store: Store, reviews: list[int]) -> None:
    want(store)
    found: list[int] = []
    assert together(3, lambda _: found.append(claimed(store).review_id)) == []
    assert sorted(found) == sorted(reviews)


def test_closed_reviews_and_cards_that_were_never_posted_are_left_out(store: Store) -> None:
    store.transact(lambda s: with_card(s, ts="10.000001", due=NOW, state="closed"))
    store.transact(lambda s: with_card(s, ts="", due=NOW))
    want(store)
    assert claim(store) is None


def test_a_reader_that_died_is_followed_where_it_was_and_then_all_is_read_again(
    store: Store, reviews: list[int]
) -> None:
    want(store)
    soon = claimed(store)
    assert soon.start == "30.000001"
    assert read(store, soon, "31.000001").leased_until == NOW + LEASE
    want(store)  # another start, before the lease was over
    assert claimed(store, at=NOW).review_id != soon.review_id
    again = claimed(store, at=NOW + LEASE)
    assert (again.review_id, again.start) == (soon.review_id, "31.000001")
    finish(store, again)
    once_more = claimed(store, at=NOW + LEASE)
    assert (once_more.review_id, once_more.start) == (soon.review_id, "31.000001")
    finish(store, once_more)
    row = store.read(lambda s: s.get_one(CatchUp, soon.review_id))
    assert (row.wanted_at, row.seen_until) == (None, "31.000001")


def test_who_was_away_for_longer_than_the_lease_ends_nothing_of_who_came_after(
    store: Store, reviews: list[int]
) -> None:
    want(store)
    slow, later = claimed(store), NOW + LEASE
    quick = claimed(store, at=later)
    assert quick.review_id == slow.review_id
    read(store, quick, "31.000001", at=later + timedelta(seconds=1))
    store.transact(lambda s: set_aside(s, slow, until=None))
    store.transact(lambda s: came_through(s, slow))
    assert store.transact(
        lambda s: read_on(s, slow, until="39.000001", machine=later, lease=LEASE)
    ) is None  # fmt: skip
    row = store.read(lambda s: s.get_one(CatchUp, slow.review_id))
    assert (row.wanted_at, row.read_until) == (NOW, "31.000001")
    assert row.not_before == later + timedelta(seconds=1) + LEASE


def test_it_begins_at_the_first_that_was_heard(store: Store, reviews: list[int]) -> None:
    def hear(session: Session) -> None:
        for ts, deleted in (("9.000001", True), ("10.000005", False), ("11.000001", False)):
            session.add(ThreadMessage(workspace_id=T, channel_id=C, ts=ts, review_id=reviews[0],
                                      by="U5", version=ts, deleted=deleted))  # fmt: skip

    store.transact(hear)
    want(store)
    finish(store, read(store, claimed_of(store, reviews[0]), "12.000001"))
    want(store)
    claimed(store)
    assert claimed(store).start == "10.000005"


def test_given_back_it_can_be_had_at_once(store: Store, reviews: list[int]) -> None:
    want(store)
    first = claimed(store)
    store.transact(lambda s: set_aside(s, first, until=None))
    assert claimed(store) == first


def test_nobody_is_reminded_before_the_thread_was_read(store: Store, reviews: list[int]) -> None:
    def due_at(now: datetime) -> bool:
        return store.transact(lambda s: claim_due(s, now=now) is not None)

    store.transact(
        lambda s: set_due(
            s, workspace_id=T, kind="nudge", key="n", due_at=NOW, review_id=reviews[0]
        )
    )
    want(store)
    assert not due_at(NOW)
    assert due_at(NOW + BEHIND)
    assert store.read(lambda s: find_unread(s, now=NOW + BEHIND)) == reviews
    finish(store, claimed_of(store, reviews[0]))
    assert due_at(NOW)


def test_a_review_is_known_by_its_advocate(store: Store, reviews: list[int]) -> None:
    want(store)
    thread = claimed(store)
    row = store.read(lambda s: s.get_one(ReviewRow, thread.review_id))
    assert (thread.advocate, thread.channel_id) == (row.advocate, row.channel_id)
