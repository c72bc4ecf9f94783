"""One pending row a message, no wish lost, whoever wants it at the same time."""

import threading
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from db.outbox import (
    find_surface,
    queue_reaction,
    queue_surface,
    queue_whisper,
    redraw,
    want_redraw,
    want_redraws,
)
from db.store import Store, StoreBusy
from db.tables import Lane, OutboxRow, Surface
from tests.db.at_once import together
from tests.db.rows import NOW, C, T, add_review, add_workspace, want


@pytest.fixture(autouse=True)
def _workspace(store: Store) -> None:
    store.transact(add_workspace)


def rows(store: Store) -> list[OutboxRow]:
    return store.read(lambda s: list(s.exec(select(OutboxRow).order_by(col(OutboxRow.id)))))


def surface(store: Store, key: str) -> Surface:
    found = store.read(lambda s: find_surface(s, workspace_id=T, key=key))
    assert found is not None
    return found


def test_ten_changes_make_one_pending_row(store: Store) -> None:
    for _ in range(10):
        store.transact(lambda s: want(s, "card:1"))
    assert [row.kind for row in rows(store)] == ["surface"]
    assert (surface(store, "card:1").wanted, surface(store, "card:1").drawn) == (10, 0)


def test_ten_changes_in_one_transaction_too(store: Store) -> None:
    def change(session: Session) -> None:
        card = want(session, "card:1")
        for _ in range(9):
            want_redraw(session, card, now=NOW)
        assert card.wanted == 10

    store.transact(change)
    assert len(rows(store)) == 1
    assert surface(store, "card:1").wanted == 10


def test_many_who_want_a_new_message_at_once_make_one(store: Store) -> None:
    assert together(8, lambda _: store.transact(lambda s: want(s, "card:1"))) == []
    assert len(rows(store)) == 1
    assert surface(store, "card:1").wanted == 8


def test_many_who_want_a_drawn_message_at_once_make_one_row(store: Store) -> None:
    def draw(session: Session) -> None:
        session.execute(text("DELETE FROM outbox"))
        session.execute(text("UPDATE surface SET drawn = wanted, ts = '1.1'"))

    store.transact(lambda s: want(s, "card:1"))
    store.transact(draw)

    def again(number: int) -> None:
        if number % 2:
            store.transact(lambda s: redraw(s, workspace_id=T, key="card:1", now=NOW))
        else:
            store.transact(lambda s: want(s, "card:1"))

    assert together(8, again) == []
    assert len(rows(store)) == 1
    assert surface(store, "card:1").wanted == 9


def test_a_wish_that_waits_for_one_rolled_back_is_kept(store: Store) -> None:
    wanted = threading.Event()

    def fail(session: Session) -> None:
        want(session, "card:1")
        wanted.set()
        raise ZeroDivisionError

    def run(number: int) -> None:
        if number == 0:
            store.transact(fail)
        else:
            wanted.wait()
            store.transact(lambda s: want(s, "card:1"))

    assert [type(error) for error in together(2, run)] == [ZeroDivisionError]
    assert surface(store, "card:1").wanted == 1
    assert len(rows(store)) == 1


def test_what_was_changed_in_the_session_is_not_overwritten(store: Store) -> None:
    def change(session: Session) -> None:
        card = want(session, "card:1")
        card.shown_number = 3
        session.add(card)
        want_redraw(session, card, now=NOW)
        assert (card.shown_number, card.wanted) == (3, 2)

    store.transact(change)
    assert surface(store, "card:1").shown_number == 3


def test_the_latest_arguments_count_and_none_keeps_them(store: Store) -> None:
    def queue(session: Session, args: dict[str, int] | None) -> None:
        queue_surface(
            session, workspace_id=T, kind="say", key="k", channel_id=C, args=args, now=NOW
        )

    for args in ({"n": 1}, {"n": 2}, None):
        store.transact(partial(queue, args=args))
    assert surface(store, "k").args == {"n": 2}


def test_redrawing_what_was_never_wanted_does_nothing(store: Store) -> None:
    store.transact(lambda s: redraw(s, workspace_id=T, key="card:1", now=NOW))
    store.transact(lambda s: want_redraws(s, [], now=NOW))
    assert rows(store) == []


def test_a_key_belongs_to_its_workspace(store: Store) -> None:
    store.transact(lambda s: add_workspace(s, "T2"))
    store.transact(lambda s: want(s, "card:1"))
    store.transact(lambda s: want(s, "card:1", workspace_id="T2"))
    store.transact(lambda s: redraw(s, workspace_id="T2", key="card:1", now=NOW))
    assert surface(store, "card:1").wanted == 1
    assert [row.workspace_id for row in rows(store)] == ["T1", "T2"]


def test_several_messages_are_wanted_in_the_order_they_were_made(store: Store) -> None:
    def queue(session: Session) -> None:
        review = add_review(session)
        card = want(session, "card:1", review_id=review.id)
        want(session, "checklist:1", under=card, review_id=review.id)

    store.transact(queue)
    store.transact(lambda s: s.execute(text("DELETE FROM outbox")))
    store.transact(lambda s: want_redraws(s, reversed(s.exec(select(Surface)).all()), now=NOW))
    card, checklist = surface(store, "card:1"), surface(store, "checklist:1")
    assert [row.surface_id for row in rows(store)] == [card.id, checklist.id]
    assert (card.wanted, checklist.wanted, checklist.under_id) == (2, 2, card.id)


def test_what_goes_to_a_person_has_a_lane_of_its_own(store: Store) -> None:
    def queue(session: Session) -> None:
        queue_surface(
            session, workspace_id=T, kind="nudge", key="n", channel_id=C, person_id="U1", now=NOW
        )
        queue_reaction(session, workspace_id=T, channel_id=C, ts="1.1", name="one", now=NOW)
        queue_whisper(
            session,
            workspace_id=T,
            channel_id=C,
            person_id="U1",
            thread_ts="1.1",
            template="not_understood",
            args={},
            now=NOW,
        )

    store.transact(queue)
    assert [(row.kind, row.lane) for row in rows(store)] == [
        ("surface", "U1"),
        ("react", C),
        ("whisper", C),
    ]
    assert sorted(store.read(lambda s: list(s.exec(select(Lane.name))))) == [C, "U1"]


def test_the_database_itself_refuses_a_second_pending_row(store: Store) -> None:
    card = store.transact(lambda s: want(s, "card:1"))

    def second(session: Session) -> None:
        session.add(
            OutboxRow(workspace_id=T, lane=C, kind="surface", surface_id=card.id, created_at=NOW)
        )

    # On PostgreSQL it may be another's of this instant, so it is tried again; then it is busy.
    with pytest.raises((IntegrityError, StoreBusy)):
        store.transact(second)
