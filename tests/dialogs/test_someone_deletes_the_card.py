"""The card or the checklist is deleted by an admin: it comes back once, and nothing is lost."""

from datetime import date

import pytest
from sqlmodel import select

from db.tables import ReviewRow
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.absence import away, come_back
from tests.dialogs.deciding import rule
from tests.dialogs.deleting import (
    answers,
    cards,
    checklists,
    deletes,
    opens,
    place_of,
    surface,
)
from tests.dialogs.office import Office


def test_the_card_comes_back_and_leads_to_the_thread_that_goes_on(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    assert card.record.tombstone
    (new,) = cards(office)
    assert opens(new).endswith(place_of(card))
    reply = office.says(office.ana, card, "1. On the June invoice")
    assert list(reply.reactions) == ["one"]
    assert "1 of 7" in new.all_text()
    assert not new.replies
    assert len(checklists(card)) == 1
    office.answer_all(office.ana, card)
    assert card.replies[-1].button("confirm_heard")
    assert not office.parked()


def test_a_review_goes_on_to_its_decision_after_its_card_was_deleted(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    (new,) = cards(office)
    rule(office, new, "go", because="The old price holds until renewal.")
    assert "Because: The old price holds" in new.all_text().replace("*", "")
    assert office.store.read(lambda s: s.exec(select(ReviewRow.state)).one()) == "decided"
    assert any("The old price holds" in m.all_text() for m in card.replies)


def test_deleted_while_the_bot_was_away_it_comes_back_as_soon_as_the_bot(
    office: Office, card: Message, admin: Person
) -> None:
    with away(office):
        admin.delete(card)
    come_back(office)
    (new,) = cards(office)
    office.says(office.ana, card, "1. On the June invoice")
    assert "1 of 7" in new.all_text()
    assert opens(new).endswith(place_of(card))


def test_deleted_again_it_stays_so_and_the_keeper_is_told_once(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    (new,) = cards(office)
    deletes(office, admin, new)
    for number in (1, 2):
        office.says(office.ana, card, f"{number}. On the June invoice")
    assert cards(office) == []
    assert len(checklists(card)) == 1, "what stands in the thread is not gone with the card"
    told = [m for m in office.lee.dm.messages if "deleted a second time" in m.all_text()]
    assert len(told) == 1
    assert answers(office).keys() == {1, 2}
    updates = [c for c in office.slack.wire.calls("chat.update") if c.request["ts"] == new.ts]
    assert not [c for c in updates if c.answer.get("error")]


def test_checklist_and_card_deleted_both_come_back(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card.replies[0])
    assert len(checklists(card)) == 1
    for message in (checklists(card)[0], card):
        admin.delete(message)
    office.settle()
    assert not card.record.tombstone
    (new,) = cards(office)
    assert checklists(new) == []  # that was its second time
    office.says(office.ana, new, "1. On the June invoice")
    assert answers(office) == {1: "On the June invoice"}
    assert not office.parked()


def test_both_deleted_while_the_bot_was_away(office: Office, card: Message, admin: Person) -> None:
    with away(office):
        admin.delete(card.replies[0])
        admin.delete(card)
    come_back(office)
    (new,) = cards(office)
    assert len(checklists(new)) == 1
    assert not office.parked()


def test_the_checklist_comes_back_once_in_its_thread(
    office: Office, card: Message, admin: Person
) -> None:
    office.says(office.ana, card, "1. On the June invoice")
    deletes(office, admin, office.checklist(card))
    (again,) = checklists(card)
    assert "On the June invoice" in again.all_text()
    deletes(office, admin, again)
    office.says(office.ana, card, "2. The site says $39 (measured)")
    assert checklists(card) == []
    assert answers(office).keys() == {1, 2}
    assert [m for m in office.lee.dm.messages if "checklist" in m.all_text()]


def test_a_reply_under_the_new_card_is_told_where_the_thread_is(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    (new,) = cards(office)
    for talk in ("thanks", "note: as we said on Friday", "Where did the thread go?"):
        office.says(office.ana, new, talk)
    assert office.whispers(office.ana) == []
    office.says(office.ana, new, "1. On the June invoice")
    assert answers(office) == {}
    assert len(office.whispers(office.ana)) == 1
    assert "thread is still where it was" in office.whispers(office.ana)[-1]
    office.says(office.ben, new, "hm")
    assert office.whispers(office.ben) == []


def test_a_card_of_something_decided_is_left_deleted(
    office: Office, card: Message, admin: Person
) -> None:
    rule(office, card, "defer", until=date(2026, 4, 1))
    deletes(office, admin, card)
    assert cards(office) == []
    assert not office.parked()


def test_a_decision_or_letter_that_is_deleted_stays_so(
    office: Office, card: Message, admin: Person
) -> None:
    letter = office.letter(office.ana, "customer for this one")
    deletes(office, admin, letter)
    office.says(office.ana, card, "1. On the June invoice")
    asked = [m for m in office.ana.dm.messages if "customer for this one" in m.all_text()]
    assert not [m for m in asked if not m.deleted]
    assert not office.parked()
    assert not office.pending()


def test_deleted_between_the_call_and_its_answer_it_still_comes_back(
    office: Office, card: Message, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update was carried out, then the card deleted, then the answer stored."""
    really = office.slack._desk.take

    def take(method: str, token: str | None, given: dict[str, object]) -> object:
        answer = really(method, token, given)
        if method == "chat.update" and given.get("ts") == card.ts and not card.deleted:
            admin.delete(card)
            office.slack.settle()
        return answer

    monkeypatch.setattr(office.slack._desk, "take", take)
    office.says(office.ana, card, "1. On the June invoice")
    (new,) = cards(office)
    assert "1 of 7" in new.all_text()


def test_the_new_card_in_doubt_is_not_posted_twice(
    office: Office, card: Message, admin: Person
) -> None:
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    deletes(office, admin, card)
    assert len(cards(office)) == 1
    assert surface(office.store, "card").ts == cards(office)[0].ts


def test_replies_made_while_away_in_the_old_thread_count(
    office: Office, card: Message, admin: Person
) -> None:
    deletes(office, admin, card)
    with away(office):
        office.clock.hand.advance(30)
        office.ana.reply(card, "1. On the June invoice")
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_what_the_bot_says_itself_costs_no_look_at_the_database(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    carry_out = type(office.running.toolbox).carry_out

    def count(toolbox: object, key: str, *more: object) -> object:
        looked.append(key)
        return carry_out(toolbox, key, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.toolbox.Toolbox.carry_out", count)
    office.says(office.ana, card, "1. On the June invoice")  # a reaction, two redraws come back
    assert len(looked) == 1


def test_posted_anew_without_an_answer_it_shows_what_is_true_once_it_is_found(
    office: Office, card: Message, admin: Person
) -> None:
    """What it showed was taken back meanwhile, and the one that was deleted showed that."""
    reply = office.ana.reply(card, "1. On the June invoice")
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    admin.delete(checklists(card)[0])
    office.slack.settle()
    office.running.dispatcher.drain()
    assert "1 of 7" in checklists(card)[0].all_text()
    office.ana.delete(reply)
    office.slack.settle()
    office.clock.hand.advance(120)
    office.settle()
    (shown,) = checklists(card)
    assert "0 of 7" in shown.all_text()
