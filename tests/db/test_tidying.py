"""What is kept for a time only goes when that is over, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from db.due import set_due
from db.forgetting import FOR_GOOD
from db.outbox import queue_reaction, queue_surface
from db.store import Store
from db.tables import (
    Channel,
    DeliveryFailed,
    Draft,
    Due,
    EarlyMessage,
    InboxKey,
    Lane,
    Membership,
    OutboxRow,
    Person,
    RosterMember,
    Surface,
)
from db.tidying import AT_ONCE, HOUR, find_unnamed, forget_unnamed
from tests.db.at_once import together
from tests.db.rows import NOW, SECOND, C, T, add_full_review, add_review, add_seat, add_workspace
from tests.db.tidied import tidied
from tests.habits.test_docs_data import STATED

DAY = timedelta(days=1)
USER = "U0LEFT0001"


def parked(session: Session) -> OutboxRow:
    queue_reaction(session, workspace_id=T, channel_id=C, ts="1.1", name="x", now=NOW)
    (row,) = session.exec(select(OutboxRow)).all()
    row.state = "parked"
    return row


def greeting(session: Session) -> Surface:
    surface = queue_surface(session, workspace_id=T, kind="hello", key="hello:U1", now=NOW,
                            person_id="U1")  # fmt: skip
    session.delete(session.exec(select(OutboxRow)).one())
    surface.sent_at = NOW
    return surface


def done(session: Session) -> Due:
    row = add_review(session, state="closed")
    set_due(session, workspace_id=T, kind="nudge", key="nudge:1", due_at=NOW, review_id=row.id)
    due = session.exec(select(Due)).one()
    due.done_at = NOW
    return due


def left(session: Session) -> RosterMember:
    seat = add_seat(session)
    return RosterMember(seat_id=seat.id, person_id="U1", position=1, joined_at=NOW, left_at=NOW)


OLD: dict[str, Callable[[Session], SQLModel]] = {
    "inbox": lambda s: InboxKey(key="k", at=NOW),
    "early_message": lambda s: EarlyMessage(workspace_id=T, channel_id=C, ts="1.1", thread_ts="1.0",
                                            by="U1", version="1.1", kept_at=NOW),
    "draft": lambda s: Draft(workspace_id=T, person_id="U1", form="f", channel_id=C, at=NOW),
    "failed_delivery": lambda s: DeliveryFailed(reference="r", workspace_id=T, at=NOW),
    "outbox": parked,
    "surface": greeting,
    "due": done,
    "membership": lambda s: Membership(workspace_id=T, channel_id=C, person_id="U1",
                                       checked_at=NOW),
    "channel": lambda s: Channel(workspace_id=T, id=C, checked_at=NOW),
    "roster": left,
}  # fmt: skip
"""A row of each table with a stated time, which begins at NOW."""


@pytest.mark.parametrize("table", STATED)
def test_it_goes_when_its_time_is_over_and_not_a_second_before(store: Store, table: str) -> None:
    def look(session: Session) -> None:
        add_workspace(session)
        row = OLD[table](session)
        session.add(row)
        session.flush()
        assert tidied(session, type(row), NOW + STATED[table]) == 0
        assert tidied(session, type(row), NOW + STATED[table] + SECOND) == 1
        assert session.exec(select(type(row))).all() == []

    store.transact(look)


def a_due_row_that_is_open(session: Session) -> Any:
    row = add_review(session)
    set_due(session, workspace_id=T, kind="nudge", key="n", due_at=NOW, review_id=row.id)
    return session.exec(select(Due)).one()


def a_done_one_of_an_open_review(session: Session) -> Any:
    row = a_due_row_that_is_open(session)
    row.done_at = NOW
    return row


def a_row_that_waits(session: Session) -> Any:
    add_workspace(session)
    queue_reaction(session, workspace_id=T, channel_id=C, ts="1.1", name="x", now=NOW)
    return session.exec(select(OutboxRow)).one()


def a_card(session: Session) -> Any:
    add_full_review(session)
    surface = session.exec(select(Surface)).one()
    surface.sent_at = NOW
    return surface


def a_membership_where_a_review_is_open(session: Session) -> Any:
    add_review(session)
    return Membership(workspace_id=T, channel_id=C, person_id="U1", checked_at=NOW)


def a_channel_with_a_seat(session: Session) -> Any:
    add_seat(session)
    return Channel(workspace_id=T, id=C, checked_at=NOW)


def somebody_on_the_roster(session: Session) -> Any:
    seat = add_seat(session)
    return RosterMember(seat_id=seat.id, person_id="U1", position=1, joined_at=NOW)


@pytest.mark.parametrize(
    "make",
    [
        a_due_row_that_is_open,
        a_done_one_of_an_open_review,
        a_row_that_waits,
        a_card,
        a_membership_where_a_review_is_open,
        a_channel_with_a_seat,
        somebody_on_the_roster,
    ],
)
def test_what_is_needed_stays(store: Store, make: Callable[[Session], Any]) -> None:
    def look(session: Session) -> None:
        row = make(session)
        session.add(row)
        session.flush()
        assert tidied(session, type(row), NOW + 9_000 * DAY) == 0

    store.transact(look)


def test_a_replayed_delivery_goes_a_week_after(store: Store) -> None:
    def look(session: Session) -> None:
        row = DeliveryFailed(reference="r", workspace_id=T, at=NOW, replayed_at=NOW + DAY)
        session.add(row)
        session.flush()
        assert tidied(session, DeliveryFailed, NOW + 8 * DAY) == 0
        assert tidied(session, DeliveryFailed, NOW + 8 * DAY + SECOND) == 1

    store.transact(look)


def test_many_go_in_parts_and_two_who_tidy_at_once_take_each_once(store: Store) -> None:
    many = 2 * AT_ONCE + 5

    def fill(session: Session) -> None:
        session.add_all(InboxKey(key=f"k{number}", at=NOW) for number in range(many))

    store.transact(fill)
    later, counts = NOW + 8 * DAY, list[int]()

    def some(_: int) -> None:
        while gone := store.transact(lambda s: tidied(s, InboxKey, later)):
            assert gone <= AT_ONCE
            counts.append(gone)

    assert together(3, some) == []
    assert sum(counts) == many
    assert len(counts) >= 3
    assert store.read(lambda s: s.exec(select(InboxKey)).all()) == []


def person(session: Session, user: str, **facts: Any) -> None:
    checked_at = facts.pop("checked_at", NOW)
    session.add(Person(workspace_id=T, id=user, name=user, checked_at=checked_at, **facts))
    session.flush()


def unnamed(session: Session, after: timedelta) -> list[str]:
    machine = NOW + after
    found = find_unnamed(session, machine=machine)
    assert forget_unnamed(session, found, machine=machine) == len(found)
    return [who for _, who in found]


def test_who_is_named_stays_and_goes_with_the_last_that_names_them(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        row.advocate = "U0ADVOCAT1"
        for user in ("U0ADVOCAT1", "U0ASKED001", "forgotten-00aa"):
            person(session, user)
        row.proposer = "forgotten-00aa"
        session.get_one(Person, (T, "forgotten-00aa")).checked_at = FOR_GOOD
        session.add(
            Membership(workspace_id=T, channel_id="C2", person_id="U0ASKED001", checked_at=NOW)
        )
        session.add(
            Membership(workspace_id=T, channel_id="C2", person_id="U0SEEN0001", checked_at=NOW)
        )
        assert unnamed(session, HOUR) == []
        assert unnamed(session, HOUR + SECOND) == ["U0ASKED001", "U0SEEN0001"]
        assert session.exec(select(Membership)).all() == []
        row.advocate, row.proposer = "U3", "U1"
        session.get_one(Person, (T, "forgotten-00aa")).deactivated = True
        assert unnamed(session, 3 * DAY) == ["U0ADVOCAT1", "forgotten-00aa"]

    store.transact(look)


def test_who_was_just_asked_about_stays_wherever_they_are(store: Store) -> None:
    """A press of theirs may be on its way: without a copy they would count as from nowhere."""

    def look(session: Session) -> None:
        add_workspace(session)
        person(session, USER, checked_at=NOW + 3 * DAY)
        session.add(Membership(workspace_id=T, channel_id=C, person_id=USER, checked_at=NOW))
        session.flush()
        assert unnamed(session, 3 * DAY) == []

    store.transact(look)


def test_who_has_left_is_forgotten_at_once_when_nothing_names_them(store: Store) -> None:
    def look(session: Session) -> None:
        seat = add_seat(session)
        for user in (USER, "U0KEEPER01"):
            person(session, user, deactivated=True)
            session.add(Membership(workspace_id=T, channel_id=C, person_id=user, checked_at=NOW))
            session.add(Lane(workspace_id=T, name=user))
        seat.keepers = ["U0KEEPER01"]
        assert unnamed(session, timedelta()) == [USER]
        assert [lane.name for lane in session.exec(select(Lane))] == ["U0KEEPER01"]

    store.transact(look)


def test_a_lane_in_which_something_waits_stays(store: Store) -> None:
    def look(session: Session) -> None:
        add_workspace(session)
        person(session, USER, deactivated=True)
        surface = queue_surface(session, workspace_id=T, kind="hello", key="hello:1", now=NOW,
                                person_id="U0OTHER001")  # fmt: skip
        row = session.exec(select(OutboxRow)).one()
        session.add(Lane(workspace_id=T, name=USER))
        session.flush()
        row.lane = USER
        session.add_all([row, surface])
        session.flush()
        forget_unnamed(session, [(T, USER)], machine=NOW)
        assert {lane.name for lane in session.exec(select(Lane))} == {USER, "U0OTHER001"}

    store.transact(look)


@pytest.mark.parametrize("database", ["postgres"])
def test_who_queues_holds_the_lane_that_would_go(store: Store) -> None:
    """Two processes: the lane is not taken from under a row that is on its way to disk."""

    def begin(session: Session) -> None:
        add_workspace(session)
        person(session, USER, deactivated=True)
        session.add(Lane(workspace_id=T, name=USER))

    def queue(session: Session) -> None:
        queue_reaction(session, workspace_id=T, channel_id=USER, ts="1.1", name="x", now=NOW)
        gone = together(
            1,
            lambda _: store.transact(lambda s: forget_unnamed(s, [(T, USER)], machine=NOW)),
        )
        assert gone == []

    store.transact(begin)
    store.transact(queue)
    assert store.read(lambda s: [lane.name for lane in s.exec(select(Lane))]) == [USER]
