"""Who is gone makes a due row for each review and seat they have a part in, and no more."""

from datetime import timedelta

from sqlmodel import Session, select

from db.due import CANCELLED, finish
from db.gone import find_to_choose, find_unasked, want_gone
from db.store import Store
from db.tables import Due, Membership, Person, ReviewRow, Seat
from tests.db.rows import NOW, C, T, add_review, add_seat

DAY = timedelta(days=1)


def rows(store: Store) -> list[tuple[str, int | None, int | None, str]]:
    found = store.read(lambda s: s.exec(select(Due).order_by("id")).all())
    return [(d.kind, d.review_id, d.seat_id, d.args["person"]) for d in found]


def gone(store: Store, *people: str, **where: str) -> None:
    store.transact(lambda s: want_gone(s, T, people, now=NOW, **where))  # type: ignore[arg-type]


def office(session: Session) -> tuple[int, int, int]:
    """Two open reviews and one that is over; the ids."""
    seat, other = add_seat(session), add_seat(session, "C2")
    seat.keepers, other.keepers = ["U8", "U9"], ["U8"]
    session.add_all([seat, other])
    first = add_review(session, seat, advocate="U3", stand_in="U4")
    second = add_review(session, other, advocate="U4", decider="U3", state="heard")
    add_review(session, seat, advocate="U3", state="decided")
    return first.id or 0, second.id or 0, seat.id or 0


def test_each_open_review_with_a_part_of_theirs_has_a_row(store: Store) -> None:
    first, second, _ = store.transact(office)
    gone(store, "U3", "U5")
    assert rows(store) == [("gone", first, None, "U3"), ("gone", second, None, "U3")]
    gone(store, "U3")
    assert len(rows(store)) == 2


def test_who_left_one_channel_has_them_there_only(store: Store) -> None:
    first, _, seat = store.transact(office)
    gone(store, "U3", "U9", channel_id=C)
    assert rows(store) == [("gone", first, None, "U3"), ("keeper_gone", None, seat, "U9")]


def test_a_keeper_is_found_by_the_whole_of_an_id(store: Store) -> None:
    _, _, seat = store.transact(office)
    gone(store, "U", "U9")
    assert rows(store) == [("keeper_gone", None, seat, "U9")]


def test_who_was_back_in_time_may_go_again_and_who_was_replaced_is_done(store: Store) -> None:
    store.transact(office)
    gone(store, "U9")
    for outcome, left in ((CANCELLED, 1), ("told", 0)):
        due = store.read(lambda s: s.exec(select(Due)).one())
        store.transact(lambda s, d=due, o=outcome: finish(s, d, now=NOW, outcome=o))  # type: ignore[misc]
        gone(store, "U9")
        found = store.read(lambda s: s.exec(select(Due)).one())
        assert (found.done_at is None) is bool(left)


def test_thousands_of_people_at_once_are_no_statement_too_long(store: Store) -> None:
    first, _, _ = store.transact(office)
    gone(store, *(f"U{n}00" for n in range(70_000)), "U3", channel_id=C)
    assert rows(store) == [("gone", first, None, "U3")]


def test_whom_nobody_has_asked_about_for_a_day_is_found_oldest_first(store: Store) -> None:
    store.transact(office)

    def know(session: Session) -> None:
        for user, ago in (("U3", 2), ("U4", 3), ("U2", 0), ("U9", 2), ("U7", 9)):
            at = NOW - ago * DAY
            session.add(Person(workspace_id=T, id=user, checked_at=at))
            session.add(Membership(workspace_id=T, channel_id=C, person_id=user, checked_at=at))

    store.transact(know)
    people, members = store.read(lambda s: find_unasked(s, since=lambda _: NOW - DAY))[T]
    assert people == ["U4", "U3", "U9"]
    assert {channel: sorted(users) for channel, users in members.items()} == {C: ["U3", "U4", "U9"]}


def test_where_somebody_is_to_be_replaced_is_known_before_it_is_done(store: Store) -> None:
    store.transact(office)
    gone(store, "U3", channel_id=C)
    assert store.read(lambda s: find_to_choose(s, now=NOW)) == {(T, C)}
    assert store.read(lambda s: find_to_choose(s, now=NOW - DAY)) == set()


def test_a_row_is_of_a_review_as_it_stands(store: Store) -> None:
    """Changed since, it is another row: who came back and was seated again may leave again."""
    first, _, _ = store.transact(office)
    gone(store, "U3", channel_id=C)
    store.transact(lambda s: setattr(s.get_one(ReviewRow, first), "version", 2))
    gone(store, "U3", channel_id=C)
    assert len(rows(store)) == 2


def test_seats_are_found_in_their_own_workspace(store: Store) -> None:
    store.transact(office)
    store.transact(lambda s: want_gone(s, "T2", ["U9", "U3"], now=NOW))
    assert rows(store) == []
    assert len(store.read(lambda s: s.exec(select(Seat)).all())) == 2
