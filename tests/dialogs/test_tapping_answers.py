"""Everything that can be typed can be tapped: the private message asks one question at a time."""

from tests.dialogs.answering import CLOSING, Answering
from tests.dialogs.office import Office


def test_a_tap_answers_and_the_next_question_takes_its_place(office: Office) -> None:
    at = Answering(office)
    office.press(office.ana, at.letter, "answer_tap", select="Finding out")
    assert at.line(1) == ":white_check_mark: 1 Meets it first: _finding out_"
    assert at.asks(2)
    assert at.progress == "1 of 7"
    assert at.ears.new() == [], "a tapped answer is never thin"


def test_more_than_five_choices_are_a_list_with_all_of_them(office: Office) -> None:
    at = Answering(office)
    choices = at.letter.button("answer_tap")
    assert choices is not None
    assert len(choices["options"]) == 7
    office.press(office.ana, at.letter, "answer_tap", select="Leaving")
    assert at.line(1) == ":white_check_mark: 1 Meets it first: _leaving_"
    assert at.ears.new() == []


def test_a_second_tap_on_what_is_answered_is_told_so_and_changes_nothing(office: Office) -> None:
    at = Answering(office)
    seen = at.letter.snapshot()
    for _ in range(2):
        office.press(office.ana, seen, "answer_tap", select="Finding out")
    assert at.history(1) == ["finding out"]
    assert at.ears.new() == [], "the same again is no news"
    office.press(office.ana, seen, "answer_tap", select="Buying")
    assert at.text(1) == "finding out"
    assert at.ears.new() == ["@ana"]
    assert "changed meanwhile" in at.ears.texts["@ana"]


def test_a_tap_on_a_question_answered_in_the_thread_meanwhile_replaces_nothing(
    office: Office,
) -> None:
    at = Answering(office)
    seen = at.letter.snapshot()
    at.ana("Paying, on the June invoice")
    office.press(office.ana, seen, "answer_tap", select="First use")
    office.press(office.ana, seen, "dont_know")
    assert at.text(1) == "Paying, on the June invoice"
    assert at.ears.new() == ["@ana"]
    assert at.asks(2)


def test_not_knowing_can_be_tapped(office: Office) -> None:
    at = Answering(office)
    seen = at.letter.snapshot()
    office.press(office.ana, seen, "dont_know")
    office.press(office.ana, seen, "dont_know")
    assert at.state(1) == "not_known"
    assert len(at.history(1)) == 1
    assert at.asks(2)
    assert at.ears.new() == []


def test_what_follows_a_tap_is_no_part_of_the_tapped_answer(office: Office) -> None:
    at = Answering(office)
    office.press(office.ana, at.letter, "answer_tap", select="Finding out")
    office.ana.reply(at.card, "and $39 it was")
    office.settle()
    assert at.text(1) == "finding out"
    assert at.text(2) == "and $39 it was"


def test_only_the_advocate_s_taps_count(office: Office) -> None:
    at = Answering(office)
    seen = at.letter.snapshot()
    office.pass_on(office.ana, at.letter)
    letter = office.letter(office.ben, "you're the customer")
    at.ears.new()
    office.press(office.ana, seen, "answer_tap", select="Buying")
    assert at.ears.new() == ["@ana"]
    office.press(office.ben, letter, "answer_tap", select="Finding out")
    assert at.text(1) == "finding out"
    assert at.rows("SELECT by FROM answer") == [{"by": office.ben.id}]


def test_a_whole_review_by_buttons_only_between_two_calls(office: Office) -> None:
    """On a phone, nothing typed in the thread."""
    at = Answering(office)
    office.press(office.ana, at.letter, "answer_tap", select="Paying")
    for number in (2, 3):
        assert at.asks(number)
        office.press(office.ana, at.letter, "dont_know")
    office.press(office.ana, at.letter, "answer_tap_2")
    assert at.line(4).endswith("_only if_")
    for number in (5, 6):
        assert at.asks(number)
        office.press(office.ana, at.letter, "dont_know")
    office.press(office.ana, at.letter, "she_says")
    assert at.saves(statement="I would start looking around") == {}
    office.press(office.ana, at.letter, "answer_tap_4")
    assert "would complain" in at.line(7)
    assert at.ears.new() == ["#pricing/thread"]
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"
    assert [m for m in at.card.replies if not m.by_bot] == []
    assert at.ears.new() == ["@lee", "@sam"]


def test_a_stance_is_tapped_or_typed_and_one_not_understood_is_asked_for_privately(
    office: Office,
) -> None:
    at = Answering(office)
    reply = at.ana("7. I would start looking around")
    assert at.ears.new() == []
    seen = at.letter.snapshot()
    assert at.ana("Hard to tell from here").reactions == {}
    assert at.ears.new() == ["@ana", "~ana"]
    assert "couldn't tell what she would do" in at.ears.texts["~ana"]
    typed = at.ana("She'd complain, loudly")
    assert list(typed.reactions) == ["white_check_mark"]
    assert at.line(7).endswith('"I would start looking around" · _would complain_')
    office.press(office.ana, seen, "answer_tap_5")
    assert at.review()["stance"] == "would_complain"
    assert at.ears.new() == ["@ana"], "already given: told so"
    at.edits(typed, "blah")
    assert at.review()["stance"] == "would_complain"
    assert at.ears.new() == ["~ana"]
    at.edits(typed, "she'd leave")
    assert at.review()["stance"] == "would_leave"
    at.deletes(typed)
    assert at.review()["stance"] is None
    assert "What would she do" in at.checklist
    office.press(office.ana, at.letter, "answer_tap")
    assert at.review()["stance"] == "would_welcome"
    at.edits(reply, '7. "I\'d stay, grumbling"')
    assert at.line(7) == f'{CLOSING} > "I\'d stay, grumbling" · _would welcome it_'
    assert at.ears.new() == []
