"""PostgreSQL: whoever waits for a row that others take first holds none that they take later.

A workspace comes before its threads, and so does the outbox. The other way round two processes wait
for each other, until PostgreSQL turns one of them back.
"""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from bot.slack.resume import resume_from_event
from db.catch_up import want_all
from db.tables import OutboxRow, OutboxState, Workspace
from tests.db.at_once import until, waits_for_lock
from tests.dialogs.office import Office, open_office_on_postgres


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office_on_postgres() as office:
        office.set_up(office.ana, office.ben)
        yield office


def holds_no_thread(
    office: Office, run: Callable[[], object], *, while_held: Callable[[Session], object]
) -> None:
    """`run` waits for what we hold, and the threads are free: to lock one does not wait."""
    trouble: list[BaseException] = []

    def other() -> None:
        try:
            run()
        except BaseException as error:
            trouble.append(error)

    waiting = threading.Thread(target=other)

    def hold(session: Session) -> int:
        while_held(session)
        waiting.start()
        until(lambda: waits_for_lock(office.store))
        free = text("SELECT review_id FROM catch_up FOR NO KEY UPDATE NOWAIT")
        return len(session.execute(free).all())

    assert office.store.transact(hold) == 1
    waiting.join()
    assert trouble == []


def test_whose_token_is_refused_while_reading(office: Office) -> None:
    office.propose()
    # What is wanted by `want` is written down at the next look, under the lock that is held here.
    office.store.transact(lambda s: want_all(s, now=office.clock.now()))
    office.slack.team.record.token_trouble = "token_revoked"
    holds_no_thread(
        office,
        office.running.catching_up.drain,
        while_held=lambda s: s.exec(select(Workspace).with_for_update(key_share=True)).one(),
    )
    assert office.store.read(lambda s: s.exec(select(Workspace)).one()).revoked_at is not None


def test_who_is_invited_again(office: Office) -> None:
    card = office.propose()
    office.running.catching_up.want()
    office.running.catching_up.drain()
    method, channel = "reactions.add", office.pricing.id
    office.slack.faults.add("error:restricted_action", method=method, channel=channel)
    office.says(office.ana, card, "1. On the June invoice")
    assert office.parked()
    joined = {
        "type": "member_joined_channel",
        "user": office.slack.team.bot_user,
        "channel": channel,
    }
    parked = select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)

    def invited(session: Session) -> None:
        resume_from_event(session, office.slack.team.id, joined, now=office.clock.now())

    holds_no_thread(
        office,
        lambda: office.store.transact(invited),
        while_held=lambda s: s.exec(parked.with_for_update(key_share=True)).one(),
    )
    assert not office.parked()
