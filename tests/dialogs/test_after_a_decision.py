"""Reopened, withdrawn, moved on: what a review and its buttons do then."""

from playground.driver.message import Message
from tests.dialogs.deciding import from_menu, object_to, open_form, option, rule
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def test_reopening_keeps_the_marks_and_makes_a_second_decision(
    office: Office, card: Message
) -> None:
    rule(office, card, "go")
    ears = Ears(office)
    from_menu(office, office.lee, card, "reopen")
    assert office.lee.submit(reason="We forgot schools.") == {}
    office.settle()
    assert ears.new() == ["@ana", "@sam"]
    assert "This is open again" in ears.texts["@ana"]
    assert "We forgot schools." in ears.texts["@sam"]
    assert "On the record: unanswered" in card.all_text()
    assert "Waiting for Ana" in card.all_text()
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    ears.new()
    rule(office, card, "stop", because="She would leave.")
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    assert "Decision 2" in ears.texts["#pricing/thread"]
    assert "On the record: unanswered" in card.all_text()
    assert "Stop" in card.text


def test_a_keeper_reopens_and_nobody_else_does(office: Office, card: Message) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.dan])
    rule(office, card, "stop")
    ears = Ears(office)
    from_menu(office, office.sam, card, "reopen")
    assert ears.new() == ["~sam"]
    assert "Lee Park or Dan Weiss" in ears.texts["~sam"]
    from_menu(office, office.dan, card, "reopen")
    assert office.dan.submit(reason="Look again.") == {}
    office.settle()
    assert ears.new() == ["@ana", "@lee", "@sam"]


def test_a_stopped_review_reopened_has_its_objections_open_again(
    office: Office, heard: Message
) -> None:
    object_to(office, heard)
    rule(office, heard, "stop")
    from_menu(office, office.lee, heard, "reopen")
    assert office.lee.submit(reason="New numbers.") == {}
    office.settle()
    assert "1 objection" in heard.all_text()


def test_the_proposer_withdraws_with_a_reason(office: Office, card: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.sam, card, "withdraw")
    assert office.sam.submit(reason="Too early.") == {}
    office.settle()
    assert ears.new() == []
    assert "Withdrawn by Sam Ortiz" in card.all_text()
    assert "Too early." in card.all_text()
    assert "Withdrawn by Sam Ortiz" in card.text
    assert "Sam Ortiz has withdrawn this" in office.letter(office.ana, "withdrawn").all_text()
    office.wait(days=4)
    assert ears.new() == []


def test_who_withdrew_is_named_also_when_it_was_a_keeper(office: Office, card: Message) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.dan])
    from_menu(office, office.dan, card, "withdraw")
    assert office.dan.submit() == {}
    office.settle()
    assert "Withdrawn by Dan Weiss" in card.all_text()


def test_nobody_but_the_proposer_and_keepers_withdraws(office: Office, card: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.ana, card, "withdraw")
    assert office.ana.modal is None
    assert ears.new() == ["~ana"]
    assert "Sam Ortiz or Lee Park" in ears.texts["~ana"]


def test_buttons_of_a_review_that_has_moved_on_say_so_and_are_redrawn(
    office: Office, heard: Message
) -> None:
    open_form(office, heard)
    seen = heard.snapshot()
    from_menu(office, office.sam, heard, "withdraw")
    assert office.sam.submit() == {}
    office.settle()
    assert "withdrawn" in str(office.lee.submit(verdict="go", because="Late."))
    office.lee.close()
    ears = Ears(office)
    office.press(office.lee, seen, "decide")
    assert office.lee.modal is None
    assert ears.new() == ["~lee"]
    assert "This was withdrawn" in ears.texts["~lee"]
    office.press(office.sam, seen, "more", option=option(seen, "revise"))
    assert office.sam.modal is None
    assert ears.new() == ["~sam"]
