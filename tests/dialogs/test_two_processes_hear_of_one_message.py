"""PostgreSQL, two processes: one is in the middle of hearing a message when the other is told that
it was deleted, or edited. Whichever comes first, the last word counts.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.handlers.events import carry_out_event
from bot.handlers.hear_thread import hear_event
from bot.missed import body_of
from bot.reviews.deed import BOT, Deed
from bot.reviews.fall_due import fall_due
from db.catch_up import EARLY, claim_thread, want_all
from db.due import claim_due
from db.store import Store
from db.tables import AnswerRow, Due, EarlyMessage, ReviewRow
from playground.driver.message import Message
from tests.db.at_once import until, waits_for_lock
from tests.dialogs.office import Office, open_office_on_postgres
from tests.dialogs.test_replying_before_the_card_is_known import propose_unheard

Hear = Callable[[Deed], None]
TS = "1772442000.000700"


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office_on_postgres() as office:
        office.set_up(office.ana, office.ben)
        yield office


class Told:
    """What Slack tells of one reply of Ana's under `card`; its words are on no other way."""

    def __init__(self, office: Office, card: Message) -> None:
        self.office, self.card = office, card

    def said(self, text: str = "1. On the June invoice", **more: Any) -> dict[str, Any]:
        return {
            "type": "message",
            "channel": self.office.pricing.id,
            "channel_type": "channel",
            "user": self.office.ana.id,
            "ts": TS,
            "thread_ts": self.card.ts,
            "parent_user_id": self.office.slack.team.bot_user,
            "text": text,
            **more,
        }

    def edited(self, text: str, at: str) -> dict[str, Any]:
        return {
            "type": "message",
            "subtype": "message_changed",
            "channel": self.office.pricing.id,
            "message": self.said(text, edited={"user": self.office.ana.id, "ts": at}),
            "previous_message": self.said(),
            "event_ts": at,
        }

    def deleted(self) -> dict[str, Any]:
        return {
            "type": "message",
            "subtype": "message_deleted",
            "channel": self.office.pricing.id,
            "deleted_ts": TS,
            "previous_message": self.said(),
            "event_ts": "1772442009.000700",
        }


def meanwhile(office: Office, first: Hear, then: dict[str, Any]) -> None:
    """One process has done `first` and not committed; another is told `then`, and has to wait."""
    done = threading.Event()
    other = Store(office.store.url.render_as_string(hide_password=False))
    trouble: list[BaseException] = []

    def in_the_middle(session: Session) -> None:
        first(Deed(session, office.clock.now(), office.slack.team.id, BOT))
        session.flush()
        done.set()
        until(lambda: waits_for_lock(office.store))

    def one() -> None:
        try:
            office.store.transact(in_the_middle)
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=one)
    thread.start()
    until(done.is_set)
    is_heard = tell(replace_store(office, other), then)
    thread.join()
    other.close()
    assert (is_heard, trouble) == (True, [])


def replace_store(office: Office, store: Store) -> Any:
    return replace(office.running.toolbox, store=store)


def tell(toolbox: Any, event: dict[str, Any]) -> bool:
    body = {
        "team_id": toolbox.store.read(lambda s: s.exec(select(ReviewRow.workspace_id)).one()),
        "event_id": f"Ev{event['type']}{event.get('subtype')}{event.get('event_ts')}",
        "event": event,
    }
    return carry_out_event(toolbox, body, hear_event)


def answers(office: Office) -> list[str]:
    rows = office.store.read(lambda s: s.exec(select(AnswerRow)).all())
    return [row.text for row in rows if row.state == "given"]


def being_heard(told: Told) -> Hear:
    return lambda deed: hear_event(deed, told.said())


def being_edited(told: Told) -> Hear:
    return lambda deed: hear_event(deed, told.edited("1. On the May invoice", f"{TS[:-3]}800"))


def being_read_after_an_absence(told: Told) -> Hear:
    """As reading the thread tells of it."""
    office = told.office
    office.store.transact(lambda s: want_all(s, now=office.clock.now()))
    thread = office.store.transact(
        lambda s: claim_thread(s, machine=office.clock.now(), lease=timedelta(minutes=1))
    )
    assert thread is not None
    body = body_of(thread, (f"{TS}:{TS}", told.said()))
    return lambda deed: hear_event(deed, body["event"])


def kept_before_the_card_was_known(told: Told) -> Hear:
    """As a tick has it heard, once the card is found."""

    def tick(deed: Deed) -> None:
        due = claim_due(deed.session, now=deed.now)
        assert due is not None
        assert due.kind == EARLY
        fall_due(deed, due)

    return tick


@pytest.mark.parametrize("first", [being_heard, being_edited, being_read_after_an_absence])
def test_a_deletion_waits_for_the_message_and_then_takes_it_back(
    office: Office, first: Callable[[Told], Hear]
) -> None:
    told = Told(office, office.propose())
    meanwhile(office, first(told), told.deleted())
    assert answers(office) == []


def test_a_deletion_that_meets_a_kept_reply_being_heard_takes_it_back(office: Office) -> None:
    card = propose_unheard(office)
    told = Told(office, card)
    assert tell(office.running.toolbox, told.said())
    assert office.store.read(lambda s: len(s.exec(select(EarlyMessage)).all())) == 1
    office.clock.hand.advance(61)
    office.running.dispatcher.drain()
    assert office.store.read(lambda s: s.exec(select(Due).where(Due.kind == EARLY)).one())
    meanwhile(office, kept_before_the_card_was_known(told), told.deleted())
    assert answers(office) == []


@pytest.mark.parametrize("first", [being_heard, being_edited, being_read_after_an_absence])
def test_the_last_edit_waits_for_the_message_and_counts(
    office: Office, first: Callable[[Told], Hear]
) -> None:
    told = Told(office, office.propose())
    meanwhile(office, first(told), told.edited("1. On the July invoice", f"{TS[:-3]}900"))
    assert answers(office) == ["On the July invoice"]


@pytest.mark.parametrize("later", ["said", "edited"])
def test_a_message_that_waits_for_its_own_deletion_is_not_taken(office: Office, later: str) -> None:
    told = Told(office, office.propose())
    then = (
        told.edited("1. On the May invoice", f"{TS[:-3]}800") if later == "edited" else told.said()
    )
    meanwhile(office, lambda deed: hear_event(deed, told.deleted()), then)
    assert answers(office) == []
