"""Whoever reads a channel no more gets nothing of it by any word of the command, by any button of a
letter that they still have, or by typing to the bot. A new word without a row here fails."""

import pytest

from bot.handlers.customer_seat import WORDS
from playground.driver.message import Channel, Message
from playground.driver.person import Person
from tests.dialogs.office import Office, ask

ASKED = {
    "list": ["list", "list decided"],
    "mine": ["mine"],
    "show": ["show 1", "show Team"],
    "roster": ["roster"],
    "digest": ["digest"],
    "setup": ["setup"],
}
SECRETS = ("Team plan", "June invoice", "weekend support", "Ben Osei")


@pytest.fixture
def place(office: Office) -> Channel:
    people = [office.sam, office.ana, office.ben, office.lee]
    return office.slack.add_channel("secret", members=people, private=True, bot_in=True)


@pytest.fixture
def card(office: Office, place: Channel) -> Message:
    office.set_up(office.ana, office.ben, channel=place)
    return office.propose(channel=place)


def test_every_word_of_the_command_has_its_row() -> None:
    assert {*WORDS, "setup"} == {*ASKED}


def nothing_of_it(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text], text


def test_who_left_a_private_channel_is_shown_nothing_by_any_word(
    office: Office, place: Channel, card: Message
) -> None:
    office.ana.leave(place)
    office.settle()
    for words in ASKED.values():
        for word in words:
            for where in (office.ana.dm, office.pricing):
                nothing_of_it(ask(office.ana, where, word))
                if office.ana.modal is not None:
                    assert where == office.pricing, "the set-up of a channel without a seat"
                    office.ana.close()


def test_nor_a_guest_who_was_taken_out_of_a_public_one(office: Office) -> None:
    guest = office.slack.add_person("Gus Guest", guest=True)
    guest.join(office.pricing)
    office.set_up(office.ana, office.ben, guests_may_propose=["yes"])
    office.propose(by=guest)
    assert "Team plan" in ask(guest, office.pricing, "list")
    elsewhere = office.slack.add_channel("elsewhere", members=[guest], bot_in=True)
    guest.leave(office.pricing)
    office.settle()
    for words in ASKED.values():
        for word in words:
            for where in (guest.dm, elsewhere):
                nothing_of_it(ask(guest, where, word))
    before = len(guest.dm.messages)
    office.wait(days=3)
    assert len(guest.dm.messages) == before


def test_no_button_of_a_letter_of_before_shows_anything(
    office: Office, place: Channel, card: Message
) -> None:
    letter = office.letter(office.ana, "you're the customer").snapshot()
    office.ana.leave(place)
    office.settle()
    before = {m.ts for m in office.ana.dm.messages}
    seen: list[str] = []
    for button in letter.buttons():
        for option in button.get("options") or [None]:
            how = {"option": option["value"]} if option else {}
            office.clock.hand.advance(5)
            office.ana.press(letter, button["action_id"], **how)
            office.settle()
            seen.append(button["action_id"])
            assert office.ana.modal is None, button
    assert len(seen) > 4
    for message in office.ana.dm.messages:
        if message.ts not in before:
            nothing_of_it(message.all_text())


def test_what_is_typed_to_the_bot_is_answered_with_nothing_of_it(
    office: Office, place: Channel, card: Message
) -> None:
    """Two reviews ask her, so the answer would name both."""
    office.set_up(office.ana, channel=place)
    office.propose(channel=place, title="Another Team plan")
    left: Person = office.ana
    left.post(left.dm, "Paying, on the June invoice")
    office.settle()
    assert "Another Team plan" in office.whispers(left)[-1]
    place.record.members.remove(left.id)  # and nobody tells us
    office.clock.hand.advance(24 * 60 * 60)
    before = len(office.whispers(left))
    left.post(left.dm, "On the July invoice")
    office.settle()
    for said in office.whispers(left)[before:]:
        nothing_of_it(said)
