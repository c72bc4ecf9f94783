"""Somebody holds a row for longer than a statement may take: people are told to try again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from bot.jobs.ticks import tick_due
from db.store import Store, StoreBusy
from db.tables import DeliveryFailed, Due, OutboxRow, OutboxState
from playground.driver.message import Message
from tests.databases import fresh_postgres_url
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, open_office

MOST_CONNECTIONS = 20
"""Of one Store: ten, and ten more when they are needed."""


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office(f"{fresh_postgres_url()}&options=-c%20lock_timeout%3D200") as office:
        office.set_up(office.ana, office.ben)
        yield office


@pytest.fixture
def card(office: Office) -> Message:
    return office.propose()


@contextmanager
def held(office: Office, *tables: str) -> Iterator[None]:
    """As another replica does, in the middle of a deed that takes long."""
    other = Store(office.store.url.render_as_string(hide_password=False))
    with other.engine.connect() as connection, connection.begin():
        for table in tables:
            connection.execute(text(f"SELECT 1 FROM {table} FOR UPDATE"))
        yield
    other.close()


def test_a_press_is_answered_with_try_again(office: Office, card: Message) -> None:
    letter = office.letter(office.ana, "customer for this one")
    ears = Ears(office)
    with held(office, "seat"):
        office.clock.hand.advance(5)
        office.ana.press(letter, "dont_know")
        office.settle()
    assert "try again" in ears.only("@ana")
    office.press(office.ana, letter, "dont_know")
    assert ears.new() == []


def test_a_form_stays_open_with_what_was_typed(office: Office, card: Message) -> None:
    office.sam.command("/propose-change", "", office.pricing)
    with held(office, "seat"):
        errors = office.sam.submit(**{**PRICING, "title": "Another"})
    assert errors is not None
    assert "try again" in str(errors)
    assert office.sam.submit() == {}
    office.settle()
    assert len([m for m in office.pricing.messages if "Another" in m.all_text()]) == 1


def test_an_event_is_sent_again_by_slack(office: Office, card: Message) -> None:
    with held(office, "seat", "review"):
        office.ana.reply(card, "1. On the June invoice")
        office.slack.settle()
        assert office.slack.waiting_deliveries
    assert office.store.read(lambda s: s.exec(select(DeliveryFailed)).all()) == []
    office.clock.hand.advance(400)
    office.settle()
    assert "1 of 7" in card.all_text()


def test_what_slack_may_give_up_then_is_read_in_that_channel_only(
    office: Office, card: Message
) -> None:
    other = office.slack.add_channel("support", members=list(office.people.values()))
    office.set_up(office.cleo, office.dan, channel=other)
    theirs = office.propose(channel=other)
    nudge = select(Due).where(Due.kind == "nudge_advocate").order_by(col(Due.review_id))
    due = office.store.read(lambda s: s.exec(nudge).all())
    office.clock.hand.advance((due[-1].due_at - office.clock.now()).total_seconds() + 60)
    with held(office, "seat", "review"):
        office.ana.reply(card, "1. On the June invoice")
        office.slack.settle()
    office.slack.faults.add("http_503", method="conversations.replies")
    office.running.catching_up.drain()
    assert {c.request["ts"] for c in office.slack.wire.calls("conversations.replies")} == {card.ts}
    tick_due(office.running.toolbox)
    outcomes = [row.outcome for row in office.store.read(lambda s: s.exec(nudge).all())]
    assert outcomes == ["", "sent"], "the other channel's reminder does not wait"
    assert theirs.ts


def test_what_stands_in_no_thread_makes_none_be_read(office: Office, card: Message) -> None:
    with held(office, "person", "membership", "channel"):
        office.ana.change(real_name="Ana L. Lima")
        office.slack.settle()
        assert office.slack.waiting_deliveries
    office.running.catching_up.drain()
    assert not office.slack.wire.calls("conversations.replies")


def test_what_falls_due_then_is_not_given_up(office: Office, card: Message) -> None:
    due = office.store.read(lambda s: s.exec(select(Due).where(Due.kind == "nudge_advocate")).one())
    office.clock.hand.advance((due.due_at - office.clock.now()).total_seconds() + 60)
    with held(office, "seat"), pytest.raises(StoreBusy):
        tick_due(office.running.toolbox)
    tick_due(office.running.toolbox)
    done = office.store.read(lambda s: s.get_one(Due, due.id))
    assert done.outcome == "sent"


def test_a_message_is_not_parked_because_the_database_was_busy(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}

    def slow(*_: object, **__: object) -> object:
        raise StoreBusy("canceling statement due to statement timeout")

    with monkeypatch.context() as busy:
        busy.setattr("bot.delivery.drawings.Drawings.draw", slow)
        with pytest.raises(StoreBusy):
            office.running.dispatcher.drain()
    rows = office.store.read(lambda s: s.exec(select(OutboxRow.state)).all())
    assert OutboxState.PARKED not in rows
    office.settle()
    assert len(office.pricing.messages) == 1


def test_messages_go_out_while_every_connection_for_people_is_taken(office: Office) -> None:
    """What sends has connections of its own."""
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**{**PRICING, "decider": office.lee}) == {}
    engine = office.store.engine
    with ExitStack() as taken:
        for _ in range(MOST_CONNECTIONS):
            taken.enter_context(engine.connect())
        office.running.dispatcher.drain()
        assert len(office.pricing.messages) == 1
