"""Bounds: just within one all is taken; one past it, whoever brings it is told what helps."""

import pytest
from sqlmodel import select

from bot.reviews import answers, propose
from db.tables import AnswerEntryRow, HistoryRow, OutboxRow, OutboxState
from playground.driver.message import Message
from seat.bounds import ANSWER, MESSAGES, OPEN_OBJECTIONS, PRESSES, PRIVATE_ANSWERS
from tests.dialogs.answering import Answering
from tests.dialogs.deciding import from_menu, option
from tests.dialogs.office import PRICING, Office


def test_the_eleventh_open_objection_waits_until_one_is_taken_back(office: Office) -> None:
    at = Answering(office)
    many = [office.ana.reply(at.card, f"object: No {n}\nNever") for n in range(OPEN_OBJECTIONS)]
    office.settle()
    assert f"{OPEN_OBJECTIONS} objections" in at.card.all_text()
    at.ears.new()
    at.ana("object: One more\nNever")
    assert f"{OPEN_OBJECTIONS} objections" in at.card.all_text()
    assert at.ears.new() == ["@ana", "~ana"]
    assert "10 objections are open already" in at.ears.texts["~ana"]
    office.choose(office.ana, at.letter, "object")
    assert "10 objections are open already" in at.saves(title="One more")["title"]
    at.deletes(many[0])
    assert at.saves() == {}
    assert f"{OPEN_OBJECTIONS} objections" in at.card.all_text()
    from_menu(office, office.lee, at.card, "decide")
    assert office.lee.modal is not None
    assert len(office.lee.modal.options("accepts")) == OPEN_OBJECTIONS


def test_an_answer_of_many_messages_is_kept_once_and_takes_twenty(office: Office) -> None:
    at = Answering(office)
    words = "and then another thing that she would not like at all, told at some length"
    office.ana.reply(at.card, "2. She read it on the site")
    for _ in range(MESSAGES):
        office.ana.reply(at.card, words)
    office.settle()
    said = ["She read it on the site"] + [words] * (MESSAGES - 1)
    assert at.text(2) == "\n".join(said)
    assert "~ana" in at.ears.new()
    assert "made of 20 messages already" in at.ears.texts["~ana"]
    assert at.history(2)[-1] == at.text(2)
    kept = office.store.read(
        lambda s: (
            [row.after for row in s.exec(select(AnswerEntryRow))]
            + [entry for row in s.exec(select(HistoryRow)) for entry in (row.before, row.after)]
        )
    )
    assert len(str(kept).split(words)) - 1 <= 2 * MESSAGES, "each piece once a place, not each time"


def test_an_edit_that_goes_beyond_leaves_the_answer_as_it_was(office: Office) -> None:
    at = Answering(office)
    first = at.ana("2. Short")
    at.edits(first, "2. " + "x" * ANSWER)
    assert at.text(2) == "x" * ANSWER
    at.ears.new()
    at.edits(first, "2. " + "y" * (ANSWER + 1))
    assert at.text(2) == "x" * ANSWER
    assert "~ana" in at.ears.new()
    assert "more than 3000 characters for question 2" in at.ears.texts["~ana"]
    at.edits(first, "2. Short again")
    assert at.text(2) == "Short again"


def test_an_answer_changes_as_often_as_is_kept_and_can_be_taken_back_after(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "CHANGES", 2)
    at = Answering(office)
    first = at.ana("2. One")
    at.edits(first, "2. Two")
    at.edits(first, "2. Three")
    assert at.text(2) == "Two"
    at.opens_form()
    assert "stays as it is" in str(at.saves(q2="Three"))
    at.deletes(first)
    assert at.state(2) == "retracted"


def test_as_many_proposals_of_one_person_wait_in_a_seat_as_may(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(propose, "OPEN_PROPOSALS", 2)
    office.set_up(office.ana, office.ben, office.cleo)
    office.propose(title="One")
    office.sam.command("/propose-change", "", office.pricing)
    form = office.sam.modal
    assert form is not None
    card = office.propose(title="Two")
    shown = office.sam.command("/propose-change", "pricing Three", office.pricing)
    assert "2 of your proposals wait in this channel already" in shown.text
    form.record.is_open = True
    office.slack.world.stacks[office.sam.id].append(form.record)
    errors = office.sam.submit(**PRICING, form=form)
    assert "2 of your proposals wait" in str(errors)
    office.propose(by=office.eve, title="Hers")
    from_menu(office, office.sam, card, "withdraw")
    assert office.sam.submit() == {}
    office.propose(title="Three")


def refusals(office: Office) -> list[OutboxRow]:
    return office.store.read(
        lambda s: list(s.exec(select(OutboxRow).where(OutboxRow.kind == "refusal")))
    )


def test_the_same_refusal_waits_once_in_a_lane_of_its_own(office: Office, card: Message) -> None:
    guest = office.slack.add_person("Gus Guest", guest=True)
    guest.join(office.pricing)
    office.settle()
    updates = len(office.slack.wire.calls("chat.update"))
    for _ in range(5):
        office.clock.hand.advance(1)
        guest.press(card, "more", option=option(card, "revise"))
    (waiting,) = [r for r in refusals(office) if r.state == OutboxState.PENDING]
    assert waiting.lane == f"~{guest.id}"
    assert waiting.args["channel"] == office.pricing.id
    office.settle()
    (said,) = office.whispers(guest)
    assert "Guests can't" in said or "Only" in said
    assert len(office.slack.wire.calls("chat.update")) == updates, "nothing is out of date"


def test_who_presses_faster_than_anybody_reads_is_told_so_once(
    office: Office, card: Message
) -> None:
    office.running.toolbox.presses.most = 3
    for _ in range(6):
        office.ben.press(card, "more", option=option(card, "revise"))
    office.settle()
    said = office.whispers(office.ben)
    assert len(said) == 2
    assert "Only Sam Ortiz can revise" in said[0]
    assert "faster than I take presses, 3 a minute" in said[1]
    office.clock.hand.advance(61)
    office.press(office.sam, card, "more", option=option(card, "revise"))
    assert office.sam.modal is not None


def test_the_pace_is_counted_for_each_person_within_a_minute(office: Office) -> None:
    toolbox, now = office.running.toolbox, office.clock.machine()
    assert (toolbox.presses.most, toolbox.private_answers.most) == (PRESSES, PRIVATE_ANSWERS)
    assert [toolbox.presses.take("T", "U1", now) for _ in range(PRESSES + 1)][-2:] == [True, False]
    assert [toolbox.bursts.take("T", "U1", now) for _ in range(11)][-2:] == [True, False]
    assert toolbox.presses.take("T", "U2", now)
    office.clock.hand.advance(61)
    assert toolbox.presses.take("T", "U1", office.clock.machine())
