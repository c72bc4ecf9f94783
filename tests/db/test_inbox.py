"""A delivery is carried out once, however often and however simultaneously it arrives."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from db.inbox import AlreadyDone, answered, take_in
from db.store import Store
from db.tables import InboxKey, Workspace
from db.tidying import WEEK
from tests.db.at_once import together
from tests.db.rows import NOW, add_workspace
from tests.db.tidied import tidied

KEY = "press:U1:1.1:accept_seat"
ANSWER = {"text": "You have the seat."}


def deed(session: Session) -> None:
    take_in(session, KEY, now=NOW)
    add_workspace(session)
    answered(session, KEY, ANSWER)


def test_a_repeat_gets_the_stored_answer_and_does_nothing(store: Store) -> None:
    store.transact(deed)
    with pytest.raises(AlreadyDone) as told:
        store.transact(deed)
    assert told.value.response == ANSWER
    assert len(store.read(lambda s: s.exec(select(Workspace)).all())) == 1


def test_of_eight_at_once_exactly_one_wins_and_the_others_get_its_answer(store: Store) -> None:
    raised = together(8, lambda _: store.transact(deed))
    assert [type(error) for error in raised] == [AlreadyDone] * 7
    assert all(isinstance(e, AlreadyDone) and e.response == ANSWER for e in raised)
    assert len(store.read(lambda s: s.exec(select(Workspace)).all())) == 1


def test_who_waited_for_one_that_failed_carries_it_out(store: Store) -> None:
    """A form sent back with errors rolls back its key, and can be sent again."""
    taken = threading.Event()

    def fail(session: Session) -> None:
        take_in(session, KEY, now=NOW)
        taken.set()
        raise ZeroDivisionError

    def run(number: int) -> None:
        if number == 0:
            store.transact(fail)
        else:
            taken.wait()
            store.transact(deed)

    assert [type(error) for error in together(2, run)] == [ZeroDivisionError]
    assert len(store.read(lambda s: s.exec(select(Workspace)).all())) == 1


def test_the_same_key_twice_in_one_transaction_is_a_repeat(store: Store) -> None:
    def twice(session: Session) -> None:
        take_in(session, KEY, now=NOW)
        with pytest.raises(AlreadyDone):
            take_in(session, KEY, now=NOW)

    store.transact(twice)


def test_keys_are_kept_a_week(store: Store) -> None:
    old = NOW - WEEK - timedelta(seconds=1)
    store.transact(lambda s: take_in(s, "old", now=old))
    store.transact(lambda s: take_in(s, "new", now=NOW - WEEK))
    store.transact(lambda s: tidied(s, InboxKey, NOW))
    assert store.read(lambda s: list(s.exec(select(InboxKey.key)))) == ["new"]
