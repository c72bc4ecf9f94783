"""A private answer comes where the button is, and stays where its reader has to act on it."""

import pytest

from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.deciding import from_menu
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def heard_by(person: Person) -> tuple[str, str | None]:
    """What only this person saw last, and the thread it stands in."""
    line = person.ephemerals()[-1]
    return line.all_text(), line.record.thread_ts


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("revise", "Only Sam Ortiz can revise #1. Write in the thread what should change."),
        ("withdraw", "Only Sam Ortiz or Lee Park can withdraw #1."),
        ("decide", "Only Lee Park can decide #1. The proposer can name another in *Revise*."),
        ("reassign", "Only Lee Park can change who speaks for the customer in #1. Ask Lee."),
        ("why_me", "*Why Ana Lima:*"),
    ],
)
def test_on_the_card_it_comes_beside_the_card(
    office: Office, card: Message, action: str, says: str
) -> None:
    # With a reply under it the card names itself as the head of a thread, which is closed here.
    office.says(office.eve, card, "Interesting")
    ears = Ears(office)
    from_menu(office, office.eve, card, action)
    assert ears.new() == ["~eve"]
    text, thread = heard_by(office.eve)
    assert says in text
    assert thread is None


def test_the_seat_of_somebody_else_is_refused_beside_the_card(office: Office) -> None:
    office.set_up(office.sam)
    card = office.propose()
    office.says(office.eve, card, "Interesting")
    office.press(office.sam, card, "volunteer")
    text, thread = heard_by(office.sam)
    assert text.startswith("Whoever proposes can't speak for the customer too.")
    assert thread is None


def test_in_the_thread_it_comes_in_the_thread(office: Office, card: Message) -> None:
    office.answer_all(office.ana, card)
    office.press(office.eve, card.replies[-1], "confirm_heard")
    text, thread = heard_by(office.eve)
    assert text.startswith("Only Ana Lima can speak for the customer in #1.")
    assert thread == card.ts


def test_in_private_messages_it_is_a_message_there(office: Office, card: Message) -> None:
    """Said once an hour, however often the button is pressed; and nothing only they see."""
    letter = office.letter(office.ana, "you're the customer")
    seen = letter.snapshot()
    office.choose(office.ana, letter, "decline_seat")
    assert office.ana.submit() == {}
    office.settle()
    ears = Ears(office)
    office.press(office.ana, seen, "dont_know")
    office.press(office.ana, seen, "dont_know")
    text = ears.only("@ana")
    assert text.startswith("Only Ben Osei can speak for the customer in #1.")
    assert "Team plan from $39 to $49" in text
    office.wait(hours=1)
    ears.new()
    office.press(office.ana, seen, "dont_know")
    ears.only("@ana")


def test_a_form_that_did_not_open_is_also_a_message_to_whom_it_waits_for(
    office: Office, heard: Message
) -> None:
    ears = Ears(office)
    office.slack.faults.add("error:expired_trigger_id", method="views.open", count=4)
    for _ in range(3):
        office.press(office.lee, heard, "decide")
    assert ears.new() == ["@lee", "~lee", "~lee", "~lee"]
    assert "Slack didn't open the form in time" in ears.texts["@lee"]
    assert "Team plan from $39 to $49" in ears.texts["@lee"]
    office.press(office.sam, heard, "decide")
    assert ears.new() == ["~sam"], "it is nothing for Sam to do"


def test_words_that_could_not_be_taken_are_also_told_in_one_message(
    office: Office, card: Message
) -> None:
    ears = Ears(office)
    office.says(office.ana, card, "skip 3")
    office.says(office.ana, card, "object:")
    assert ears.new() == ["@ana", "~ana", "~ana"], "one message of both, that shows the latest"
    told = office.letter(office.ana, "could not be taken")
    assert "What does she object to?" in told.all_text()
    office.says(office.ana, card, "skip 3: we sell to no one there")
    assert "Nothing to do about it any more" in told.all_text()
    ears.new()
    office.says(office.ben, card, "skip 3")
    assert ears.new() == [], "of talk nothing is said"
