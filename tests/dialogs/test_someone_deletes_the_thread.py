"""The thread under the card goes too: another begins, and what leads there leads there."""

from sqlmodel import select

from db.tables import ObjectionRow
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.absence import away, come_back
from tests.dialogs.deleting import answers, cards, checklists, deletes, leads_to, opens, place_of
from tests.dialogs.office import PRICING, Office


def test_deleted_again_with_its_thread_the_keeper_is_not_sent_there(
    office: Office, card: Message, admin: Person
) -> None:
    for message in (office.checklist(card), card):
        admin.delete(message)
    office.settle()
    (new,) = cards(office)
    for message in (office.checklist(new), new):
        admin.delete(message)
    office.settle()
    told = [m.all_text() for m in office.lee.dm.messages if "was deleted" in m.all_text()]
    assert len(told) == 2
    assert "The card of this review was deleted a second time" in told[1]
    assert "its thread with it" in told[1]
    assert "in its thread" not in told[1]
    letter = office.letter(office.ana, "you're the customer")
    office.press(office.ana, letter, "answer_form", text="All in one form")
    assert office.ana.submit(q2="The site says $39") == {}
    office.settle()
    assert answers(office) == {2: "The site says $39"}, "as the keeper was told"


def test_the_thread_deleted_after_the_card_was_for_good_the_checklist_stays_with_it(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    (new,) = cards(office)
    deletes(office, admin, new)
    with away(office):
        admin.delete(office.checklist(card))
    come_back(office)
    assert cards(office) == []
    assert not office.parked()
    told = [m.all_text() for m in office.lee.dm.messages if "thread of this review was" in m.text]
    assert len(told) == 1


def test_deleted_before_anyone_replied_the_thread_begins_under_the_new_one(
    office: Office, admin: Person
) -> None:
    """Slack keeps no trace of a message without replies: the checklist finds no thread."""
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    refused = office.slack.faults.add("error:internal_error", method="chat.postMessage", skip=1)
    refused.count = 1
    office.running.dispatcher.drain()
    (card,) = cards(office)
    admin.delete(card)
    assert not card.record.tombstone
    office.settle()
    (new,) = cards(office)
    assert len(checklists(new)) == 1
    office.says(office.ana, new, "1. On the June invoice")
    assert answers(office) == {1: "On the June invoice"}
    assert not office.parked()


def test_the_thread_is_gone_and_nobody_told_us(office: Office, admin: Person) -> None:
    """The event of the deletion is lost; the checklist's post finds no thread."""
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.slack.faults.add("http_500", method="chat.postMessage", skip=1, count=1)
    office.running.dispatcher.drain()
    (card,) = cards(office)
    card.record.deleted = True
    office.settle()
    (new,) = cards(office)
    assert len(checklists(new)) == 1
    assert not office.parked()


def test_a_thread_that_was_deleted_whole_while_the_bot_was_away_takes_its_answers_with_it(
    office: Office, card: Message, admin: Person
) -> None:
    for text in ("1. On the June invoice", "2. The site says $39", "object: she was promised"):
        office.says(office.ana, card, text)
    with away(office):
        for message in (*card.replies, card):
            admin.delete(message)
    come_back(office)
    assert answers(office) == {}
    assert [o.state for o in office.store.read(lambda s: s.exec(select(ObjectionRow)).all())] == [
        "withdrawn"
    ]
    (new,) = cards(office)
    assert "0 of 7" in new.all_text()
    office.says(office.ana, new, "1. On the July invoice")
    assert answers(office) == {1: "On the July invoice"}


def test_letters_lead_to_the_thread_that_begins_under_the_new_card(
    office: Office, card: Message, admin: Person
) -> None:
    office.wait(hours=48)
    offer = office.letter(office.ben, "could you speak for the customer")
    assert leads_to(offer, card)
    for message in (office.checklist(card), card):
        admin.delete(message)
    office.settle()
    (new,) = cards(office)
    assert leads_to(offer, new)
    assert not leads_to(offer, card)
    assert opens(new).endswith(place_of(new)), "and so does the card itself"


def test_letters_lead_to_a_new_card_that_had_to_be_looked_for(
    office: Office, card: Message, admin: Person
) -> None:
    office.wait(hours=48)
    offer = office.letter(office.ben, "could you speak for the customer")
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    for message in (office.checklist(card), card):
        admin.delete(message)
    office.settle()
    office.wait(hours=1)
    (new,) = cards(office)
    assert leads_to(offer, new)


def test_letters_lead_to_the_new_card_once_the_thread_it_left_is_gone(
    office: Office, card: Message, admin: Person
) -> None:
    office.wait(hours=48)
    offer = office.letter(office.ben, "could you speak for the customer")
    office.says(office.dan, card, "How many does this concern?")
    deletes(office, admin, card)
    (new,) = cards(office)
    assert leads_to(offer, card), "where the talk goes on"
    for message in card.replies:
        admin.delete(message)
    office.settle()
    assert leads_to(offer, new)
    assert opens(new).endswith(place_of(new))
