"""A channel is made private, and who is to decide there is not in it: they can't read it any more,
so those who may name another are told, and they are not."""

import pytest

from bot.jobs.ticks import tick_due, tick_people
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.office import Office
from tests.dialogs.test_a_channel_made_private import make_private, said_to

LEFT = "was to decide this"


@pytest.fixture
def boss(office: Office) -> Person:
    """Decides, and was never in the channel."""
    return office.slack.add_person("Bea Boss", tz="Europe/Madrid")


@pytest.fixture
def card(office: Office, boss: Person) -> Message:
    office.set_up(office.ana, office.ben, keepers=[office.lee])
    return office.propose(decider=boss)


def look(office: Office) -> None:
    tick_people(office.running.toolbox)
    tick_due(office.running.toolbox)
    office.settle()


@pytest.mark.parametrize(
    "how",
    ["told", "by the next message", "by who came", "while we were away", "after a day"],
)
def test_the_proposer_and_the_keepers_are_told_and_name_another(
    office: Office, boss: Person, card: Message, how: str
) -> None:
    office.clock.hand.advance(60)
    make_private(office, how)
    look(office)
    assert said_to(office, boss, 0) == ""
    for who in (office.sam, office.lee):
        said = office.letter(who, LEFT).all_text()
        assert "Bea Boss can't read #pricing, which is private now" in said
    office.opens(office.sam, office.letter(office.sam, LEFT), "reassign")
    assert office.sam.submit(decider=office.lee) == {}
    office.settle()
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    assert office.letter(office.lee, "heard").button("decide")
    assert said_to(office, boss, 0) == ""


def test_heard_already_the_letter_of_before_tells_nothing_new(
    office: Office, boss: Person, card: Message
) -> None:
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    before = [m.all_text() for m in boss.dm.messages]
    make_private(office, "told")
    look(office)
    assert office.letter(office.sam, LEFT)
    office.wait(days=8)
    assert [m.all_text() for m in boss.dm.messages] == before
