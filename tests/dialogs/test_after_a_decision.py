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
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    for place in ("#pricing/thread", "@ana", "@sam"):
        assert "Lee Park has opened this again" in ears.texts[place]
        assert "We forgot schools." in ears.texts[place]
    assert "*Decided before:* Go · Lee Park" in card.all_text()
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
    assert list(office.dan.submit(reason="hm")) == ["reason"]
    assert office.dan.submit(reason="Look at it again.") == {}
    office.settle()
    assert ears.new() == ["#pricing/thread", "@ana", "@lee", "@sam"]


def test_a_stopped_review_reopened_has_its_objections_open_again(
    office: Office, heard: Message
) -> None:
    object_to(office, heard)
    rule(office, heard, "stop")
    from_menu(office, office.lee, heard, "reopen")
    assert office.lee.submit(reason="New numbers came in.") == {}
    office.settle()
    assert "1 objection" in heard.all_text()


def test_the_proposer_withdraws_with_a_reason(office: Office, card: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.sam, card, "withdraw")
    assert office.sam.submit(reason="Too early.") == {}
    office.settle()
    assert ears.new() == ["#pricing/thread"]
    assert "Sam Ortiz has withdrawn this" in ears.texts["#pricing/thread"]
    assert "Too early." in ears.texts["#pricing/thread"]
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


def test_one_tap_says_that_all_is_still_true_and_keeps_her_stance(
    office: Office, heard: Message
) -> None:
    told = office.letter(office.sam, "has been heard")
    rule(office, heard, "go")
    assert told.buttons() == []
    assert "Decided: Go" in told.all_text()
    from_menu(office, office.lee, heard, "reopen")
    assert office.lee.submit(reason="New numbers came in.") == {}
    office.settle()
    checklist = office.checklist(heard).all_text()
    assert checklist.count("asked again: it is open again") == 7
    letter = office.letter(office.ana, "Do your answers still hold?")
    ears = Ears(office)
    office.press(office.ana, letter, "all_still_true")
    assert "7 of 7" in heard.all_text()
    assert ears.new() == ["#pricing/thread"], "said back at once: nothing is asked"
    said = ears.texts["#pricing/thread"]
    assert "I would start looking around" in said
    assert "would complain" in said
    assert letter.buttons() == []
    office.press(office.ana, heard.replies[-1], "confirm_heard")
    assert "Lee decides next" in heard.all_text()


def test_still_true_is_not_taken_for_a_revision_that_came_since(
    office: Office, heard: Message
) -> None:
    rule(office, heard, "go")
    from_menu(office, office.lee, heard, "reopen")
    assert office.lee.submit(reason="New numbers came in.") == {}
    office.settle()
    seen = office.letter(office.ana, "Do your answers still hold?").snapshot()
    from_menu(office, office.sam, heard, "revise")
    assert office.sam.submit(title="Team plan from $39 to $45") == {}
    office.settle()
    assert "the proposal has changed" in office.checklist(heard).all_text()
    office.press(office.ana, seen, "all_still_true")
    assert "0 of 7" in heard.all_text()


def test_other_words_than_before_are_asked_for_a_stance_of_their_own(
    office: Office, heard: Message
) -> None:
    rule(office, heard, "go")
    from_menu(office, office.lee, heard, "reopen")
    assert office.lee.submit(reason="New numbers came in.") == {}
    office.settle()
    office.says(office.ana, heard, "7. I would stay all the same")
    assert "What would she do?" in office.checklist(heard).all_text()
