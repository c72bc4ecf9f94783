"""A quick review asks three questions; the advocate may find that too few, once."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def test_a_quick_review_asks_three_questions_and_is_heard(office: Office) -> None:
    at = Answering(office, size="quick")
    assert at.progress == "0 of 3"
    at.ana("Paying, on the June invoice")
    at.ana("Only if the old price holds")
    at.ana("I would start looking around")
    at.ana("she'd complain")
    assert at.progress == "3 of 3"
    assert at.ears.new() == ["#pricing/thread"]
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"


def test_the_full_list_keeps_what_was_answered_under_its_new_number(office: Office) -> None:
    at = Answering(office, size="quick")
    at.ana("Paying, on the June invoice")
    stay = at.ana("Only if the old price holds")
    seen = at.letter.snapshot()
    office.choose(office.ana, at.letter, "needs_full")
    assert at.progress == "2 of 7"
    assert at.line(1).startswith(":white_check_mark: 1 Meets it first")
    assert at.line(4).startswith(":white_check_mark: 4 Would you stay")
    assert at.asks(2)
    assert at.letter.button("needs_full") is None
    assert at.ears.new() == []
    at.edits(stay, "No, not at that price")
    assert at.text(4) == "No, not at that price"
    office.choose(office.ana, seen, "needs_full")
    assert at.ears.new() == ["@ana"]
    assert "full list is asked already" in at.ears.texts["@ana"]
    assert at.progress == "2 of 7"


def test_a_tap_drawn_before_the_full_list_answers_the_question_it_was_drawn_for(
    office: Office,
) -> None:
    at = Answering(office, size="quick")
    at.ana("Paying, on the June invoice")
    seen = at.letter.snapshot()
    assert seen.button("dont_know") is not None
    office.choose(office.ana, at.letter, "needs_full")
    office.press(office.ana, seen, "dont_know")
    assert (at.state(2), at.state(4)) == ("", "not_known")
    assert at.ears.new() == []


def test_a_form_drawn_before_the_full_list_answers_the_questions_it_showed(
    office: Office,
) -> None:
    at = Answering(office, size="quick")
    at.opens_form()
    office.choose(office.ana, at.letter, "needs_full")
    assert at.saves(q2="only_if", q3="I would leave") == {}
    assert [at.state(n) for n in range(1, 8)] == ["", "", "", "given", "", "", "given"]
    assert at.line(4).endswith("_only if_")
    assert at.ears.new() == []
