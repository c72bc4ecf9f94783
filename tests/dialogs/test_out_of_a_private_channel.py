"""A private channel that somebody left: a keeper, or the bot itself. Its name goes no further."""

import pytest
from sqlmodel import select

from db.tables import OutboxRow
from playground.driver.message import Channel, Message
from tests.dialogs.office import Office

DAY = 24 * 60 * 60


@pytest.fixture
def secret(office: Office) -> Channel:
    people = [office.sam, office.ana, office.ben, office.lee, office.cleo]
    channel = office.slack.add_channel("secret", members=people, private=True, bot_in=True)
    keepers = [office.lee, office.cleo]
    office.set_up(office.ana, office.ben, channel=channel, keepers=keepers)
    return channel


@pytest.fixture
def card(office: Office, secret: Channel) -> Message:
    return office.propose(channel=secret)


def letters(office: Office, who: str) -> list[str]:
    return [m.all_text() for m in office.people[who].dm.messages]


def parked(office: Office, who: str) -> list[str]:
    return [said for said in letters(office, who) if "could not post" in said]


@pytest.mark.parametrize("what", ["reaction", "digest"])
def test_what_could_not_be_posted_there_is_told_to_no_keeper_who_left(
    office: Office, secret: Channel, card: Message, what: str
) -> None:
    office.lee.leave(secret)
    office.settle()
    method = "reactions.add" if what == "reaction" else "chat.postMessage"
    office.slack.faults.add("error:restricted_action", method=method, channel=secret.id)
    if what == "reaction":
        office.says(office.ana, card, "1. On the June invoice")
    else:
        office.wait(days=7)
    assert [said for said in parked(office, "cleo") if "#secret" in said]
    assert not [said for said in letters(office, "lee") if "#secret" in said]


def test_somebody_taken_off_the_roster_after_leaving_is_told_nothing(
    office: Office, secret: Channel
) -> None:
    before = letters(office, "ben")
    office.ben.leave(secret)
    office.settle()
    office.set_up(office.ana, channel=secret, by=office.cleo)
    assert letters(office, "ben") == before


@pytest.mark.parametrize("days", [0, 2])
def test_the_bot_taken_out_tells_the_keepers_without_the_name(
    office: Office, secret: Channel, card: Message, days: int
) -> None:
    """It does not even know any more who is in the channel."""
    office.opens(office.ana, office.letter(office.ana, "you're the customer"), "decline_seat")
    secret.remove_bot()
    office.slack.settle()
    before = {who: letters(office, who) for who in office.people}
    office.clock.hand.advance(days * DAY)
    assert office.ana.submit() == {}
    office.wait(hours=1)
    said = {who: letters(office, who)[len(before[who]) :] for who in office.people}
    for keeper in ("lee", "cleo"):
        (told,) = [words for words in said[keeper] if "private channel" in words]
        assert "/invite" in told
        assert "secret" not in told
        assert "Team plan" not in told
    assert "Team plan" not in str(said)


def test_letters_of_other_channels_do_not_wait_behind_it(
    office: Office, secret: Channel, card: Message
) -> None:
    office.set_up(office.ana, office.dan)
    secret.remove_bot()
    office.slack.settle()
    office.clock.hand.advance(2 * DAY)
    office.lee.command("/customer-seat", "show 1", office.pricing)
    office.wait(hours=1)
    other = office.propose(channel=office.pricing, title="Another")
    assert "Another" in office.letter(office.ana, "you're the customer").all_text()
    assert other.ts


def test_invited_again_it_sends_what_waited(office: Office, secret: Channel, card: Message) -> None:
    office.opens(office.ana, office.letter(office.ana, "you're the customer"), "decline_seat")
    secret.remove_bot()
    office.slack.settle()
    office.clock.hand.advance(2 * DAY)
    assert office.ana.submit() == {}
    office.wait(hours=1)
    assert "Ana Lima speaks for" in card.all_text()
    office.sam.invite_bot(secret)
    office.settle()
    assert "Ben Osei speaks for" in card.all_text()
    assert "Team plan" in office.letter(office.ben, "you're the customer").all_text()
    assert office.store.read(lambda s: s.exec(select(OutboxRow)).all()) == []


def test_unarchived_it_sends_what_waited(office: Office, secret: Channel, card: Message) -> None:
    """As the keepers were told: that is what helps."""
    secret.archive()
    office.slack.settle()
    office.passes_on(office.ana, office.letter(office.ana, "you're the customer"))
    office.settle()
    (told,) = parked(office, "lee")
    assert "*What helps:* unarchive it" in told
    secret.unarchive()
    office.settle()
    assert "Ben Osei speaks for" in card.all_text()
    assert not office.parked()


def test_who_left_while_the_bot_was_out_is_told_nothing_when_it_is_back(
    office: Office, secret: Channel, card: Message
) -> None:
    """Of a private channel that it is not in Slack tells the bot nothing."""
    secret.remove_bot()
    office.slack.settle()
    office.ben.leave(secret)
    office.slack.settle()
    before = letters(office, "ben")
    office.sam.invite_bot(secret)
    office.settle()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    office.wait(hours=2)
    assert letters(office, "ben") == before


def test_whoever_stayed_is_told_as_ever_when_the_bot_is_back(
    office: Office, secret: Channel, card: Message
) -> None:
    secret.remove_bot()
    office.slack.settle()
    office.sam.invite_bot(secret)
    office.settle()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    assert "Team plan" in office.letter(office.ben, "you're the customer").all_text()
    office.answer_all(office.ben, card)
    office.press(office.ben, card.replies[-1], "confirm_heard")
    assert office.letter(office.lee, "the customer has been heard").button("decide")


def test_whoever_came_back_while_the_bot_was_out_is_told_again(
    office: Office, secret: Channel, card: Message
) -> None:
    office.ben.leave(secret)
    office.settle()
    secret.remove_bot()
    office.slack.settle()
    office.sam.invite(secret, office.ben)
    office.slack.settle()
    office.sam.invite_bot(secret)
    office.settle()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    assert "Team plan" in office.letter(office.ben, "you're the customer").all_text()


def test_nobody_is_shown_anything_of_a_channel_the_bot_is_not_in(
    office: Office, secret: Channel, card: Message
) -> None:
    letter = office.letter(office.ana, "you're the customer")
    secret.remove_bot()
    office.slack.settle()
    office.opens(office.ana, letter, "decline_seat")
    office.running.dispatcher.drain()
    assert office.ana.modal is None
    assert "I was taken out of that private channel" in letters(office, "ana")[-1]
