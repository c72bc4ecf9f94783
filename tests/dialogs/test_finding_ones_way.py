"""A newcomer's first steps: hello, help, a mention, an invitation, and the shortcut in a thread."""

import pytest

from playground.driver.message import Message
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, ask


def mention(office: Office) -> str:
    return f"<@{office.slack.team.bot_user}>"


@pytest.mark.parametrize("words", ["hello", "help", "?"])
def test_a_greeting_in_private_messages_is_answered_once_a_day(office: Office, words: str) -> None:
    ears = Ears(office)
    for _ in range(2):
        office.eve.post(office.eve.dm, words)
        office.settle()
    text = ears.only("@eve")
    assert "Hello Eve." in text
    assert "/customer-seat help" in text
    office.wait(hours=24)
    office.eve.post(office.eve.dm, words)
    office.settle()
    assert ears.new() == ["@eve"]


def test_a_greeting_is_no_answer(office: Office, card: Message) -> None:
    ears = Ears(office)
    office.ana.post(office.ana.dm, "Hi!")
    office.settle()
    assert "Hello Ana." in ears.only("@ana")
    assert "0 of 7" in card.all_text()


def test_a_mention_in_a_channel_is_answered_privately_also_without_a_seat(office: Office) -> None:
    people = [office.eve, office.ana, office.ben]
    place = office.slack.add_channel("odds", members=people, bot_in=True)
    ears = Ears(office)
    for text in (f"{mention(office)} what are you?", f"and you {mention(office)}?"):
        office.eve.post(place, text)
        office.settle()
    told = ears.only("@eve")
    assert "Hello Eve." in told
    assert "#odds has no customer seat yet" in told
    office.press(office.eve, office.letter(office.eve, "Hello Eve"), "set_up")
    assert office.eve.modal is not None
    assert office.eve.submit(roster=[office.ana, office.ben]) == {}
    office.settle()
    assert "~eve" in ears.new()
    assert "Saved: this channel has a customer seat now." in ears.texts["~eve"]
    greeted = office.letter(office.eve, "Hello Eve")
    assert greeted.button("set_up") is None
    assert "no customer seat" not in greeted.all_text()


def test_a_mention_where_there_is_a_seat_offers_none(office: Office, card: Message) -> None:
    ears = Ears(office)
    office.says(office.ana, card, f"{mention(office)} how long does this take")
    told = ears.only("@ana")
    assert "no customer seat" not in told
    assert "0 of 7" in card.all_text(), "a leading mention is talk"
    office.eve.post(office.pricing, f"<@{office.sam.id}> look")
    office.settle()
    assert ears.new() == []


def test_an_invitation_is_answered_once_to_whoever_invited(office: Office) -> None:
    place = office.slack.add_channel("launches", members=[office.eve, office.sam])
    ears = Ears(office)
    office.eve.invite_bot(place)
    office.settle()
    told = ears.only("@eve")
    assert "Thank you for inviting me to #launches" in told
    place.remove_bot()
    office.settle()
    ears.new()
    office.sam.invite_bot(place)
    office.settle()
    assert ears.new() == [], "once ever, whoever invites"
    invited = office.letter(office.eve, "inviting me")
    office.press(office.eve, invited, "set_up")
    assert office.eve.submit(roster=[office.sam]) == {}
    office.settle()
    assert invited.button("set_up") is None
    assert "There is a customer seat now" in invited.all_text()


def test_an_invitation_where_there_is_a_seat_says_nothing(office: Office) -> None:
    office.set_up(office.ana)
    office.pricing.remove_bot()
    office.settle()
    ears = Ears(office)
    office.lee.invite_bot(office.pricing)
    office.settle()
    assert ears.new() == []


def test_the_shortcut_asks_where_and_opens_the_proposal(office: Office, card: Message) -> None:
    assert office.sam.shortcut("propose_change").ok
    view = office.sam.modal
    assert view is not None
    assert view.callback_id == "choose_channel"
    assert office.sam.submit(channel=office.pricing) == {}
    assert office.sam.modal is not None
    assert office.sam.modal.callback_id == "propose_change"
    assert office.sam.submit(**PRICING) == {}
    office.settle()
    assert "#2" in office.pricing.messages[-1].text


def test_the_shortcut_sets_up_where_there_is_no_seat_and_goes_on(office: Office) -> None:
    office.sam.shortcut("propose_change")
    assert office.sam.submit(channel=office.pricing) == {}
    assert office.sam.modal is not None
    assert office.sam.modal.callback_id == "seat_settings"
    assert office.sam.submit(roster=[office.ana]) == {}
    assert office.sam.modal is not None
    assert office.sam.modal.callback_id == "propose_change"


def test_the_shortcut_says_beside_the_field_where_it_cannot_be(office: Office) -> None:
    secret = office.slack.add_channel("secret", members=[office.sam], private=True)
    office.sam.shortcut("propose_change")
    errors = office.sam.submit(channel=secret)
    assert "/invite @Customer Seat" in errors["channel"]


def test_a_kind_that_is_also_the_channels_name(office: Office, card: Message) -> None:
    office.propose(title="A new door", kind="process")
    kind = ask(office.sam, office.pricing, "list pricing")
    assert "Open in #pricing, only Pricing* · 1 review" in kind
    assert "That is the kind. For all of #pricing: `/customer-seat list`" in kind
    for words in ("list", "list #pricing"):
        assert "2 reviews" in ask(office.sam, office.pricing, words)
    assert "That is the kind" not in ask(office.sam, office.pricing, "list process")
    decided = ask(office.sam, office.pricing, "list decided pricing")
    assert "Nothing of the kind Pricing has been decided in #pricing yet" in decided
    assert "`/customer-seat list decided`" in decided


def test_unknown_words_offer_help(office: Office, card: Message) -> None:
    for words in ("lst", "list prices"):
        assert "/customer-seat help" in ask(office.sam, office.pricing, words)


def test_a_review_is_found_by_words_of_its_title(office: Office, card: Message) -> None:
    office.propose(title="Team rooms for ÄRZTE", kind="product")
    assert "$39 to $49" in ask(office.sam, office.pricing, "show PLAN from")
    assert "Team rooms" in ask(office.sam, office.pricing, "show ärzte")
    both = ask(office.sam, office.pricing, "show team")
    assert 'Reviews with "team" in the title* · 2 reviews' in both
    assert "#1 " in both
    assert "#2 " in both
    none = ask(office.sam, office.pricing, "show Trial")
    assert 'No review here has "Trial" in its title' in none


def test_set_up_says_that_it_is_saved(office: Office) -> None:
    ears = Ears(office)
    office.set_up(office.ana)
    assert ears.new() == ["@ana", "~lee"]
    assert "Saved: this channel has a customer seat now." in ears.texts["~lee"]
    office.set_up(office.ana)
    assert ears.only("~lee").startswith("Saved. `/customer-seat roster`")


def test_help_tells_of_evidence_and_of_threads(office: Office) -> None:
    told = ask(office.sam, office.pricing, "help")
    assert "(measured)" in told
    assert "no slash commands inside threads" in told
