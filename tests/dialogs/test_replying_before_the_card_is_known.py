"""Slack has the card, and the bot does not know: its answer was lost. People reply all the same."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.jobs.ticks import tick_due, tick_forget
from db.tables import AnswerRow, Due, EarlyMessage
from db.tidying import HOUR
from playground.driver.message import Message
from tests.dialogs.office import PRICING, Office

FIRST_LOOK = 60


@pytest.fixture
def card(office: Office) -> Message:
    """In Slack since a moment, with Ana in the seat."""
    office.set_up(office.ana, office.ben)
    return propose_unheard(office)


def propose_unheard(office: Office) -> Message:
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING, decider=office.lee) == {}
    office.slack.settle()
    office.running.dispatcher.drain()
    return office.pricing.messages[-1]


def let_it_be_found(office: Office) -> None:
    office.wait(seconds=FIRST_LOOK + 1)
    tick_due(office.running.toolbox)
    office.settle()


def kept(office: Office) -> list[EarlyMessage]:
    return list(office.store.read(lambda s: s.exec(select(EarlyMessage)).all()))


def answers(office: Office) -> list[str]:
    rows = office.store.read(lambda s: s.exec(select(AnswerRow)).all())
    return [f"{row.number}. {row.text}" for row in rows if row.state == "given"]


def test_a_reply_under_it_counts_once_the_card_is_found(office: Office, card: Message) -> None:
    reply = office.ana.reply(card, "1. It would surprise her on the June invoice")
    office.slack.settle()
    assert [row.by for row in kept(office)] == [office.ana.id]
    assert answers(office) == []
    let_it_be_found(office)
    assert answers(office) == ["1. It would surprise her on the June invoice"]
    assert reply.reactions == {"one": [office.slack.team.bot_user]}
    assert "1 of 7" in card.all_text()
    assert kept(office) == []
    assert len(office.pricing.messages) == 1


def test_it_counts_at_once_though_our_clock_was_ahead_when_the_card_was_found(
    office: Office,
) -> None:
    office.set_up(office.ana, office.ben)
    office.clock.wrong = timedelta(hours=1)
    card = propose_unheard(office)
    office.ana.reply(card, "1. It would surprise her on the June invoice")
    office.slack.settle()
    office.clock.hand.advance(FIRST_LOOK + 1)
    office.running.dispatcher.drain()
    office.clock.wrong = timedelta()  # put right before the next tick
    tick_due(office.running.toolbox)
    office.settle()
    assert answers(office) == ["1. It would surprise her on the June invoice"]


def test_several_replies_count_in_the_order_they_were_written(
    office: Office, card: Message
) -> None:
    for text in ("1. On the June invoice", "2. The site says $39 (measured)", "thanks"):
        office.clock.hand.advance(5)
        office.ana.reply(card, text)
    office.slack.settle()
    let_it_be_found(office)
    assert answers(office) == ["1. On the June invoice", "2. The site says $39"]


def test_delivered_twice_it_counts_once(office: Office, card: Message) -> None:
    office.slack.faults.add("duplicate", method="message", count=1)
    office.ana.reply(card, "1. On the June invoice")
    office.slack.settle()
    let_it_be_found(office)
    tick_due(office.running.toolbox)
    office.settle()
    assert answers(office) == ["1. On the June invoice"]


def test_edited_meanwhile_the_last_words_count(office: Office, card: Message) -> None:
    reply = office.ana.reply(card, "1. On the May invoice")
    office.clock.hand.advance(5)
    office.ana.edit(reply, "1. On the June invoice")
    office.slack.settle()
    let_it_be_found(office)
    assert answers(office) == ["1. On the June invoice"]
    office.ana.edit(reply, "1. On the July invoice")
    office.settle()
    assert answers(office) == ["1. On the July invoice"]


def test_deleted_meanwhile_the_words_are_gone_at_once(office: Office, card: Message) -> None:
    reply = office.ana.reply(card, "1. On the May invoice")
    office.slack.settle()
    office.ana.delete(reply)
    office.slack.settle()
    assert [(row.text, row.blocks) for row in kept(office)] == [("", [])]
    let_it_be_found(office)
    assert answers(office) == []


@pytest.mark.parametrize("who", ["ben", "sam", "dan"])
def test_nobody_elses_words_are_kept(office: Office, card: Message, who: str) -> None:
    office.people[who].reply(card, "a secret of mine")
    office.slack.settle()
    assert kept(office) == []


def test_nor_what_the_advocate_writes_elsewhere(office: Office, card: Message) -> None:
    elsewhere = office.dan.post(office.pricing, "lunch?")
    office.ana.reply(elsewhere, "a secret of mine")
    office.ana.post(office.pricing, "another secret")
    other = office.slack.add_channel("random", members=[office.ana, office.dan], bot_in=True)
    office.ana.reply(office.dan.post(other, "hello"), "a third secret")
    office.slack.settle()
    assert kept(office) == []


def test_what_is_under_no_card_of_ours_is_forgotten_after_an_hour(
    office: Office, card: Message
) -> None:
    office.ana.reply(card, "1. On the June invoice")
    office.slack.settle()
    office.clock.hand.advance((HOUR - timedelta(minutes=1)).total_seconds())
    tick_forget(office.running.toolbox)
    assert len(kept(office)) == 1
    office.clock.hand.advance(120)
    tick_forget(office.running.toolbox)
    assert kept(office) == []


def test_where_every_card_is_known_nothing_is_looked_at_again(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.says(office.ana, card, "1. On the June invoice")
    due = office.store.read(lambda s: s.exec(select(Due.kind)).all())
    assert "early_replies" not in due
    assert answers(office) == ["1. On the June invoice"]


def test_in_a_thread_that_is_known_replies_count_at_once_though_another_card_is_not(
    office: Office,
) -> None:
    office.set_up(office.ana)
    first = office.propose()
    propose_unheard(office)
    office.ana.reply(first, "1. On the June invoice")
    office.slack.settle()
    assert kept(office) == []
    assert answers(office) == ["1. On the June invoice"]
