"""A public channel is made private, in all the ways that it may be told us, or not. What is said
there goes to nobody outside from then on."""

import pytest

from bot.jobs.ticks import tick_due
from bot.slack.resume import were_away
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.office import Office

DAY = 24 * 60 * 60


@pytest.fixture
def boss(office: Office) -> Person:
    """Decides, and was never in the channel."""
    return office.slack.add_person("Bea Boss", tz="Europe/Madrid")


@pytest.fixture
def card(office: Office, boss: Person) -> Message:
    office.set_up(office.ana, office.ben, keepers=[office.lee, boss])
    return office.propose(decider=boss)


def make_private(office: Office, how: str) -> None:
    """The events of Slack, all of them, or only some of what comes after."""
    if how != "told":
        office.slack.world.events.discard("message.groups")
    office.pricing.make_private()
    office.settle()
    office.slack.world.events.add("message.groups")
    if how == "by the next message":
        office.cleo.post(office.pricing, "Who has lunch?")
    elif how == "by who came":
        office.slack.add_person("New").join(office.pricing)
    elif how == "while we were away":
        until = office.clock.machine()
        office.store.transact(lambda s: were_away(s, None, until=until))
    elif how == "after a day":
        office.clock.hand.advance(DAY)
    office.settle()


def said_to(office: Office, person: Person, since: int) -> str:
    return "\n".join(m.all_text() for m in person.dm.messages[since:])


@pytest.mark.parametrize(
    "how",
    ["told", "by the next message", "by who came", "while we were away", "after a day"],
)
def test_nothing_said_there_goes_outside_any_more(
    office: Office, boss: Person, card: Message, how: str
) -> None:
    make_private(office, how)
    before = len(boss.dm.messages), [m.all_text() for m in boss.dm.messages]
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    office.wait(days=8)
    assert "I would start looking around" in card.replies[-1].all_text() + card.all_text()
    assert said_to(office, boss, before[0]) == ""
    assert [m.all_text() for m in boss.dm.messages] == before[1], "nor is any of them redrawn"
    assert "Team plan" in said_to(office, office.ana, 0), "who is in it is told as ever"


def test_whoever_asks_from_outside_is_told_nothing(
    office: Office, boss: Person, card: Message
) -> None:
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    letter = office.letter(boss, "heard")
    office.slack.world.events.discard("message.groups")
    office.pricing.make_private()  # nobody tells us
    office.clock.hand.advance(DAY)
    shown = boss.command("/customer-seat", "mine")
    assert "Team plan" not in shown.text
    assert "Nothing waits for you" in shown.text
    office.press(boss, letter, "decide")
    assert boss.modal is None
    assert "Only members of the channel" in boss.dm.messages[-1].all_text()


def test_while_slack_does_not_say_nothing_is_shown_or_sent(
    office: Office, boss: Person, card: Message
) -> None:
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    office.slack.world.events.discard("message.groups")
    office.pricing.make_private()
    office.clock.hand.advance(DAY)
    fault = office.slack.faults.add("http_500", method="conversations.info")
    before = [m.all_text() for m in boss.dm.messages]
    assert "1 review left out" in boss.command("/customer-seat", "mine").text
    assert "Nothing waits" in office.sam.command("/customer-seat", "mine").text
    office.says(office.sam, card, "I hear you")
    tick_due(office.running.toolbox)
    office.running.dispatcher.drain()
    assert [m.all_text() for m in boss.dm.messages] == before
    office.slack.faults.remove(fault)
    assert "Nothing waits" in boss.command("/customer-seat", "mine").text


def test_made_public_again_it_is_asked_and_goes_on(
    office: Office, boss: Person, card: Message
) -> None:
    office.pricing.make_private()
    office.settle()
    office.pricing.make_private(False)
    office.settle()
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    assert office.letter(boss, "heard").button("decide")


def test_taken_out_of_it_besides_the_keepers_are_told_without_its_name(
    office: Office, boss: Person, card: Message
) -> None:
    """And nobody told us of either."""
    office.opens(office.ana, office.letter(office.ana, "you're the customer"), "decline_seat")
    office.slack.world.events.clear()
    office.pricing.make_private()
    office.pricing.record.members.remove(office.slack.team.bot_user)
    before = {who: len(who.dm.messages) for who in (boss, office.lee, office.ana, office.ben)}
    assert office.ana.submit() == {}
    office.wait(days=8)
    for who, since in before.items():
        said = said_to(office, who, since)
        assert "pricing" not in said.lower()
        assert "Team plan" not in said
        assert ("/invite" in said) is (who in (boss, office.lee))


def test_one_channel_is_asked_about_once_however_many_wait(
    office: Office, boss: Person, card: Message
) -> None:
    office.pricing.make_private()
    office.slack.settle()
    asked = [len(office.slack.wire.calls(m)) for m in ASKED]
    office.answer_all(office.ana, card)
    office.settle()
    assert [len(office.slack.wire.calls(m)) - n for m, n in zip(ASKED, asked, strict=True)] == [
        1,
        1,
    ]


ASKED = ("conversations.info", "conversations.members")
