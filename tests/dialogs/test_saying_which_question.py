"""A message begins with a number that may be a word of its sentence: the letter asks which."""

from playground.driver.message import Message
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def buttons(message: Message) -> list[str]:
    found = [b for block in message.blocks for b in block.get("elements", []) if "text" in b]
    labels = [b["text"]["text"] for b in found if isinstance(b["text"], dict)]
    return [label for label in labels if label.startswith(("Answer 3", "Part of"))]


def begun(office: Office) -> tuple[Answering, Message]:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    said = at.ana("3 customers told me")
    assert at.text(2) == "3 customers told me", "until somebody says"
    assert list(said.reactions) == ["two"]
    assert buttons(at.letter) == ["Answer 3", "Part of 2"]
    return at, said


def test_it_was_for_the_question_of_its_number(office: Office) -> None:
    at, said = begun(office)
    office.press(office.ana, at.letter, "answer_number")
    assert at.text(3) == "customers told me"
    assert at.state(2) == "retracted"
    assert at.asks(2)
    assert list(said.reactions) == ["three"]
    assert buttons(at.letter) == []
    at.edits(said, "Customers told me, four of them")
    assert at.text(3) == "Customers told me, four of them"
    assert at.ears.new() == []


def test_the_number_was_a_word_of_the_sentence(office: Office) -> None:
    at, said = begun(office)
    office.press(office.ana, at.letter, "part_of_asked")
    assert at.text(2) == "3 customers told me"
    assert list(said.reactions) == ["two"]
    assert buttons(at.letter) == []
    assert at.asks(3)
    at.edits(said, "3 customers told me so")
    assert at.text(2) == "3 customers told me so"
    assert buttons(at.letter) == [], "said once"
    assert at.ears.new() == []


def test_a_list_below_the_answer_is_asked_about_as_one(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    whole = "$39, sales told her\n3. Small shops, $120 a year\n5. A month free of charge"
    said = at.ana(whole)
    assert at.text(2) == whole, "until somebody says"
    assert buttons(at.letter) == ["Answer 3, 5", "Part of 2"]
    office.press(office.ana, at.letter, "answer_number")
    assert at.text(2) == "$39, sales told her"
    assert at.text(3) == "Small shops, $120 a year"
    assert at.text(5) == "A month free of charge"
    assert list(said.reactions) == ["white_check_mark"]
    assert buttons(at.letter) == []
    assert at.ears.new() == []


def test_it_is_no_longer_asked_once_edited_deleted_answered_or_somebody_elses(
    office: Office,
) -> None:
    at, said = begun(office)
    at.edits(said, "Customers told me")
    assert buttons(at.letter) == []
    at.edits(said, "3 customers told me so")
    assert buttons(at.letter) == ["Answer 3", "Part of 2"]
    at.deletes(said)
    assert buttons(at.letter) == []
    at.ana("3 of them called")
    assert buttons(at.letter) == ["Answer 3", "Part of 2"]
    old = at.letter.blocks
    at.ana("3. Three-person shops, $120 a year")
    assert at.text(3) == "Three-person shops, $120 a year"
    assert buttons(at.letter) == []
    assert old != at.letter.blocks
    assert at.text(2) == "3 of them called"
    assert office.ana.ephemerals() == []


def test_a_button_of_before_the_cross_changes_nothing(office: Office) -> None:
    at, said = begun(office)
    office.ana.react(said, "x")
    office.slack.settle()  # heard, and nothing is drawn yet
    office.press(office.ana, at.letter, "answer_number")
    assert (at.state(2), at.state(3)) == ("retracted", "")
    assert buttons(at.letter) == []


def test_a_cross_and_undo_take_all_of_an_answer_back_and_leave_no_tail(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    thin = at.ana("fine")
    why = at.ana("Nobody reads invoices")
    assert at.answer(2).why == "Nobody reads invoices"  # type: ignore[union-attr]
    at.crosses(thin)
    assert at.state(2) == "retracted"
    assert list(why.reactions) == []
    at.ana("$39, the site says so")
    assert at.text(2) == "$39, the site says so"
    assert at.answer(2).why == ""  # type: ignore[union-attr]
    office.clock.hand.advance(30)
    office.ana.reply(at.card, "Three-person shops, $120")
    office.slack.settle()
    office.clock.hand.advance(2)
    office.ana.reply(at.card, "and students")
    office.settle()
    assert at.text(3) == "Three-person shops, $120\nand students"
    at.ears.new()
    undone = at.ana("undo")
    assert at.text(3) == "Three-person shops, $120"
    assert undone.reactions == {}
    at.ana("Undo that")
    assert at.state(3) == "retracted"
    assert at.asks(3)
    assert at.progress == "2 of 7"


def test_only_if_is_asked_if_what_tapped_or_typed(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    at.ana("$39, the site says so")
    at.ana("Three-person shops, $120 a year")
    office.press(office.ana, at.letter, "answer_tap_2")
    assert "Only if what?" in at.letter.all_text()
    assert at.asks(5)
    office.clock.hand.advance(30)
    said = office.ana.reply(at.letter, "the old price holds until she renews")
    office.settle()
    assert list(said.reactions) == ["four"]
    assert at.line(4) == (
        ':white_check_mark: 4 Would you stay? _only if_ · "the old price holds until she renews"'
        " · assumed"
    )
    assert "Only if what?" not in at.letter.all_text()
    at.deletes(said)
    assert at.line(4) == ":white_check_mark: 4 Would you stay? _only if_"


def test_a_stance_is_heard_whatever_is_asked_and_may_be_not_known(office: Office) -> None:
    at = Answering(office)
    for text in (*(f"{n}. don't know" for n in range(1, 7)), "7. I'd look around"):
        at.ana(text)
    at.ana("object: she was promised $39")
    at.ears.new()
    assert "What would change her mind" in at.letter.all_text()
    at.ana("would complain")
    assert at.review()["stance"] == "would_complain"
    at.ana("Her old price until renewal")
    assert at.rows("SELECT changes_her_mind FROM objection") == [
        {"changes_her_mind": "Her old price until renewal"}
    ]
    assert "would complain" in at.say_back.all_text()


def test_what_she_would_do_may_be_not_known(office: Office) -> None:
    at = Answering(office)
    for text in (*(f"{n}. don't know" for n in range(1, 7)), "7. I'd look around"):
        at.ana(text)
    at.ana("no idea")
    assert at.review()["stance_not_known"]
    assert "what she'd do isn't known" in at.say_back.all_text()
    assert at.progress == "7 of 7"


def test_an_objection_says_in_its_second_line_what_would_change_her_mind(office: Office) -> None:
    at = Answering(office)
    raised = at.ana("object: she was promised $39\nWhat would change her mind: the old price")
    assert at.rows("SELECT title, changes_her_mind, mind_asked FROM objection") == [
        {"title": "she was promised $39", "changes_her_mind": "the old price", "mind_asked": 1}
    ]
    assert at.asks(1), "and it is not asked for again"
    at.edits(raised, "object: she was promised $39\nWhat would change her mind: two months more")
    assert at.rows("SELECT changes_her_mind FROM objection") == [
        {"changes_her_mind": "two months more"}
    ]


def test_a_forwarded_message_and_a_picture_get_one_line(office: Office) -> None:
    at = Answering(office)
    for files in (["clip.m4a"], ["screen.png"]):
        assert at.ana("", files=files).reactions == {}
        assert "~ana" in at.ears.new()
    assert "forwarded messages aren't taken" in at.ears.texts["~ana"]
