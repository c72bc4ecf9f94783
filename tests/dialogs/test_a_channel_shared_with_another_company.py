"""A channel with a seat is shared with another company: the seat pauses, at once and whole, and
goes on once it is nobody else's any more."""

import pytest

from bot.jobs.ticks import tick_due, tick_people
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, ask, option

DAY = 24 * 60 * 60


@pytest.fixture
def boss(office: Office) -> Person:
    """Keeps the seat too, and decides."""
    return office.slack.add_person("Bea Boss", tz="Europe/Madrid")


@pytest.fixture
def card(office: Office, boss: Person) -> Message:
    office.set_up(office.ana, office.ben, keepers=[office.lee])
    return office.propose(decider=boss)


def share(office: Office) -> None:
    office.pricing.share()
    office.settle()
    tick_due(office.running.toolbox)
    office.settle()


def unshare(office: Office) -> None:
    office.pricing.unshare()
    office.settle()
    tick_due(office.running.toolbox)
    office.settle()
    office.running.catching_up.drain()
    office.settle()


def stands_there(office: Office) -> list[str]:
    """All that another company could read there, reactions too."""
    messages = [m for top in office.pricing.messages for m in (top, *top.replies)]
    return [f"{m.all_text()} {sorted(m.reactions)}" for m in messages if m.by_bot] + [
        str(sorted(m.reactions)) for m in messages if not m.by_bot
    ]


def all_letters(office: Office, *more: Person) -> list[str]:
    people = [*office.people.values(), *more]
    return [m.all_text() for person in people for m in person.dm.messages]


def test_nothing_of_it_is_posted_drawn_reminded_or_told(
    office: Office, boss: Person, card: Message
) -> None:
    share(office)
    before, letters = stands_there(office), all_letters(office, boss)
    office.says(office.ana, card, "1. Paying, on the June invoice")
    office.says(office.ana, card, "object: she was promised this price")
    office.wait(days=7)  # over every rung, and a Monday's digest
    assert [t for t in stands_there(office) if t != "[]"] == [t for t in before if t != "[]"]
    assert all_letters(office, boss) == letters


def test_the_keepers_are_told_privately_and_that_it_goes_on(office: Office, card: Message) -> None:
    share(office)
    letter = office.letter(office.lee, "shared with another company")
    assert "#pricing" in letter.all_text()
    for other in (office.ana, office.sam, office.ben):
        assert all("another company" not in m.all_text() for m in other.dm.messages)
    unshare(office)
    assert "seat goes on" in letter.all_text()
    assert "pauses" not in letter.all_text()
    share(office)
    assert len([m for m in office.lee.dm.messages if "pauses" in m.all_text()]) == 1


@pytest.mark.parametrize("action", ["answer_form", "dont_know", "decline_seat", "hand_over"])
def test_every_button_of_the_letter_is_refused_with_why(
    office: Office, card: Message, action: str
) -> None:
    letter = office.letter(office.ana, "you're the customer")
    share(office)
    office.opens(office.ana, letter, action)
    office.settle()
    assert office.ana.modal is None
    assert "shared with another company" in office.ana.dm.messages[-1].all_text()


def test_buttons_on_the_card_and_forms_that_are_open_are_refused(
    office: Office, card: Message
) -> None:
    office.sam.command("/propose-change", "", office.pricing)
    office.opens(office.ana, office.letter(office.ana, "you're the customer"), "answer_form")
    share(office)
    assert "another company" in str(office.ana.submit())
    errors = office.sam.submit(
        kind="pricing", title="Two", told_to_her="More", why="Costs", decider=office.lee
    )
    assert "another company" in str(errors)
    office.sam.press(card, "more", option=option(card, "withdraw"))
    office.settle()
    assert "another company" in office.whispers(office.sam)[-1]
    assert "Team plan" not in office.whispers(office.sam)[-1]


@pytest.mark.parametrize("asked", ["list", "show 1", "digest", "roster", "setup"])
def test_commands_say_that_it_pauses(office: Office, card: Message, asked: str) -> None:
    share(office)
    said = ask(office.lee, office.pricing, asked)
    assert "pauses" in said
    assert "Team plan" not in said
    assert office.lee.modal is None


def test_it_is_in_nobodys_list_elsewhere(office: Office, card: Message) -> None:
    assert "Team plan" in office.ana.command("/customer-seat", "mine").text
    share(office)
    assert "Team plan" not in office.ana.command("/customer-seat", "mine").text


def test_what_is_typed_to_the_bot_is_not_taken_and_says_so(office: Office, card: Message) -> None:
    share(office)
    ears = Ears(office)
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "Paying, on the June invoice")
    office.settle()
    assert "pauses" in ears.only("~ana")
    unshare(office)
    assert "1 of 7" not in card.all_text()


def test_unshared_it_goes_on_with_what_was_said_meanwhile(office: Office, card: Message) -> None:
    share(office)
    said = office.says(office.ana, card, "1. Paying, on the June invoice")
    assert not said.reactions
    unshare(office)
    assert "1 of 7" in card.all_text()
    assert said.reactions
    office.says(office.ana, card, "2. $39, the site still says so")
    assert "2 of 7" in card.all_text()
    assert office.parked() == []


def test_shared_with_two_it_pauses_until_both_are_gone(office: Office, card: Message) -> None:
    share(office)
    office.pricing.share("T0THIRDTEAM")
    unshare(office)
    assert "pauses" in ask(office.lee, office.pricing, "list")
    office.pricing.unshare("T0THIRDTEAM")
    office.settle()
    tick_due(office.running.toolbox)
    assert "Team plan" in ask(office.lee, office.pricing, "list")


def test_that_it_is_shared_is_found_out_when_nobody_told_us(office: Office, card: Message) -> None:
    office.slack.world.events.discard("channel_shared")
    office.slack.world.events.discard("channel_unshared")
    office.pricing.share()
    office.clock.hand.advance(DAY)
    tick_people(office.running.toolbox)
    tick_due(office.running.toolbox)
    office.settle()
    assert "pauses" in office.letter(office.lee, "shared with another company").all_text()
    before = stands_there(office)
    office.wait(days=1)
    assert stands_there(office) == before
    office.pricing.unshare()
    office.clock.hand.advance(DAY)
    tick_people(office.running.toolbox)
    tick_due(office.running.toolbox)
    office.settle()
    assert office.letter(office.lee, "seat goes on")


def test_an_unsharing_that_overtakes_the_sharing_opens_nothing(
    office: Office, card: Message
) -> None:
    """Events come in any order; what Slack says when asked is what counts."""
    share(office)
    office.slack.world.emit(
        office.slack.team.record,
        {
            "type": "channel_unshared",
            "channel": office.pricing.id,
            "previously_connected_team_id": "T0OTHERTEAM",
            "is_ext_shared": False,
            "event_ts": "1.000001",
        },
        office.pricing.record,
    )
    office.settle()
    tick_due(office.running.toolbox)
    assert "pauses" in ask(office.lee, office.pricing, "list")
