"""A decider who says nothing is no dead end: one reminder, then somebody can name another."""

from playground.driver.message import Message
from tests.dialogs.deciding import answer_in_one_form, rule
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def heard(office: Office) -> Message:
    """On a Monday at ten in Madrid; the decision is due on Thursday at ten."""
    office.set_up(office.ana, office.ben, keepers=[office.eve])
    card = office.propose()
    answer_in_one_form(office)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    return card


def reminded(office: Office) -> Message:
    card = heard(office)
    ears = Ears(office)
    office.wait(days=3, hours=1)
    assert ears.new() == ["@lee"]
    assert "this waits for your decision" in ears.texts["@lee"]
    assert "was due" in ears.texts["@lee"]
    return card


def test_a_working_day_after_the_reminder_those_who_can_name_another_are_told_once(
    office: Office,
) -> None:
    card = reminded(office)
    assert "Lee decides next, was due Thu 5 Mar" in card.all_text()
    ears = Ears(office)
    office.wait(hours=20)
    assert ears.new() == []
    office.wait(hours=4)
    assert ears.new() == ["@eve", "@sam"]
    assert "Lee Park hasn't decided yet, and was reminded" in ears.texts["@sam"]
    told = office.letter(office.sam, "hasn't decided yet")
    office.press(office.sam, told, "reassign")
    assert office.sam.modal is not None
    assert list(office.sam.modal.fields()) == ["decider"]
    assert office.sam.submit(decider=office.dan) == {}
    office.settle()
    assert ears.new() == ["@dan"]
    assert "was due" not in ears.texts["@dan"]
    assert "Dan decides next, due Wed 11 Mar" in card.all_text()
    assert "Dan Weiss decides this one now" in told.all_text()
    office.wait(days=2)
    assert ears.new() == []


def test_whom_they_name_is_reminded_too_and_may_be_replaced_too(office: Office) -> None:
    reminded(office)
    office.wait(days=1)
    told = office.letter(office.eve, "hasn't decided yet")
    office.press(office.eve, told, "reassign")
    assert office.eve.submit(decider=office.dan) == {}
    office.settle()
    ears = Ears(office)
    office.wait(days=5)
    assert ears.new() == ["#pricing", "@dan"]
    office.wait(days=1)
    assert ears.new() == ["@eve", "@sam"]
    assert "Dan Weiss hasn't decided yet" in ears.texts["@sam"]


def test_who_decided_in_time_is_named_to_nobody(office: Office) -> None:
    card = reminded(office)
    rule(office, card, "go")
    ears = Ears(office)
    office.wait(days=2)
    assert ears.new() == []


def test_the_form_to_name_another_gives_no_seat_away(office: Office) -> None:
    """The proposer names a decider; who sits in the seat is the keepers' to change."""
    reminded(office)
    office.wait(days=1)
    told = office.letter(office.sam, "hasn't decided yet")
    office.press(office.sam, told, "reassign")
    assert office.sam.modal is not None
    office.press(office.dan, office.pricing.messages[-1], "decide")
    assert "Only Lee Park" in office.whispers(office.dan)[-1]


def test_it_comes_within_the_working_hours_of_each(office: Office) -> None:
    mia = office.slack.add_person("Mia West", tz="America/Los_Angeles")
    mia.join(office.pricing)
    office.set_up(office.ana, office.ben, keepers=[mia])
    card = office.propose()
    answer_in_one_form(office)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    office.wait(days=3, hours=1)
    ears = Ears(office)
    office.wait(days=1)
    assert ears.new() == ["@sam"]
    office.wait(hours=8)
    assert ears.new() == ["@Mia West"]
