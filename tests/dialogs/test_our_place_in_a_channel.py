"""We are taken out of a channel, with and without a word of it; a channel gets another id."""

import pytest
from sqlmodel import select

from db.tables import Channel as ChannelRow
from db.tables import OutboxRow
from playground.driver.message import Channel
from tests.dialogs.office import Office, ask


@pytest.fixture
def secret(office: Office) -> Channel:
    people = [office.sam, office.ana, office.ben, office.lee]
    channel = office.slack.add_channel("secret", members=people, private=True, bot_in=True)
    office.set_up(office.ana, office.ben, channel=channel)
    return channel


def is_in(office: Office, channel: Channel) -> bool:
    team = office.slack.team.id
    row = office.store.read(lambda s: s.get(ChannelRow, (team, channel.id)))
    assert row is not None
    return row.bot_is_member


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("told", [True, False])
def test_taken_out_we_wait_and_invited_again_it_goes_out(
    office: Office, secret: Channel, private: bool, told: bool
) -> None:
    channel = secret if private else office.pricing
    if not private:
        office.set_up(office.ana, office.ben)
    card = office.propose(channel=channel)
    office.opens(office.ana, office.letter(office.ana, "you're the customer"), "decline_seat")
    channel.remove_bot(told=told)
    office.slack.settle()
    assert is_in(office, channel) is not told
    assert office.ana.submit() == {}
    office.running.dispatcher.drain()
    assert not is_in(office, channel), "an answer of Slack's said so"
    assert "Ana Lima speaks for" in card.all_text()
    office.sam.invite_bot(channel)
    office.settle()
    assert is_in(office, channel)
    assert "Ben Osei speaks for" in card.all_text()
    assert office.store.read(lambda s: s.exec(select(OutboxRow)).all()) == []


def test_a_private_channels_new_name_is_told_on(office: Office, secret: Channel) -> None:
    secret.rename("renamed")
    office.settle()
    office.propose(channel=secret)
    assert "#renamed" in office.letter(office.ana, "you're the customer").all_text()
    assert "#renamed" in ask(office.sam, secret, "list")


def test_a_review_goes_on_in_a_channel_that_got_another_id(office: Office, secret: Channel) -> None:
    card = office.propose(channel=secret)
    office.says(office.ana, card, "1. Paying, on the June invoice")
    before = secret.id
    secret.change_id()
    office.says(office.ana, card, "2. $39, the site still says so")
    assert secret.id != before
    assert "2 of 7" in office.checklist(card).all_text()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    assert "Ben Osei speaks for" in card.all_text()
    assert "Team plan" in office.letter(office.ben, "you're the customer").all_text()
    assert "Team plan" in ask(office.sam, secret, "list")
    office.propose(channel=secret, title="Another")
    assert office.parked() == []
