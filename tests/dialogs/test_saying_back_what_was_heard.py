"""Before it counts as heard, the advocate hears it back: once a version, confirmed by version."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def answered(office: Office) -> Answering:
    at = Answering(office)
    office.answer_all(office.ana, at.card)
    assert at.ears.new() == ["#pricing/thread"], "the say-back and nothing else"
    return at


def test_what_is_said_back_is_her_statement_and_what_it_stands_on(office: Office) -> None:
    at = answered(office)
    said = at.say_back.all_text()
    assert said.startswith("*Ana, is this what she would say?*")
    assert '"I would start looking around" · _would complain_' in said
    assert "2 known · 3 assumed (questions 3, 4, 5) · 1 not known (question 6)" in said
    assert "confirm" in at.card.all_text()
    assert at.review()["state"] == "open"
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"
    assert at.ears.new() == ["@lee", "@sam"]
    said = [m for m in at.card.replies if "Confirmed by" in m.all_text()][-1].all_text()
    assert "Confirmed by Ana Lima" in said


def test_only_the_advocate_confirms(office: Office) -> None:
    at = answered(office)
    office.press(office.sam, at.say_back, "confirm_heard")
    assert at.review()["state"] == "open"
    assert at.ears.new() == ["~sam"]
    assert "Only Ana Lima can speak for the customer in #1" in at.ears.texts["~sam"]


def test_confirming_twice_is_confirming_once(office: Office) -> None:
    at = answered(office)
    seen = at.say_back.snapshot()
    office.press(office.ana, seen, "confirm_heard")
    assert at.ears.new() == ["@lee", "@sam"]
    office.press(office.ana, seen, "confirm_heard")
    assert at.ears.new() == []
    assert len(at.rows("SELECT * FROM history WHERE what = 'confirmed'")) == 1


def test_something_fixed_is_said_back_anew_and_the_old_button_says_so(office: Office) -> None:
    at = answered(office)
    first = at.say_back
    seen = first.snapshot()
    at.opens_form(where=first)
    assert at.saves(q5="Three months of notice") == {}
    assert at.ears.new() == ["#pricing/thread"], "one new version, said back once"
    assert "Something has changed since" in first.all_text()
    office.press(office.ana, seen, "confirm_heard")
    assert at.review()["state"] == "open"
    assert at.ears.new() == ["~ana"]
    assert "changed meanwhile" in at.ears.texts["~ana"]
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"
    assert at.ears.new() == ["@lee", "@sam"]


def test_several_fixes_in_a_burst_are_said_back_once(office: Office) -> None:
    at = answered(office)
    replies = [m for m in at.card.replies if not m.by_bot]
    for reply in replies[1:5]:
        office.ana.edit(reply, f"{reply.text}, after all")
    office.settle()
    assert at.ears.new() == ["#pricing/thread"]
    assert len(at.rows("SELECT * FROM surface WHERE kind = 'say_back'")) == 2
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"


def test_left_without_a_reply_for_a_working_day_it_goes_on_marked_not_confirmed(
    office: Office,
) -> None:
    at = answered(office)
    office.wait(hours=20)
    assert at.review()["state"] == "open"
    office.wait(hours=6)
    assert at.review()["state"] == "heard"
    assert at.ears.new() == ["@lee", "@sam"]
    assert "Not confirmed: Ana" in at.ears.texts["@lee"]
    assert [m for m in at.card.replies if "No reply from Ana in time" in m.all_text()]
    office.press(office.lee, office.letter(office.lee, "heard"), "decide")
    assert office.lee.submit(verdict="go", because="Hosting is up.") == {}
    office.settle()
    assert "not confirmed" in at.card.all_text()


def test_a_retracted_answer_opens_it_again_and_it_is_heard_anew(office: Office) -> None:
    at = answered(office)
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.ears.new() == ["@lee", "@sam"]
    notice = next(m for m in at.card.replies if "Two months" in m.text)
    at.deletes(notice)
    assert at.review()["state"] == "open"
    assert at.progress == "6 of 7"
    assert at.asks(5)
    assert at.ears.new() == []
    at.ana("Three months of notice")
    assert at.text(5) == "Three months of notice"
    assert at.ears.new() == ["#pricing/thread"]
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"
    assert at.ears.new() == ["@lee", "@sam"]


def test_an_objection_after_she_was_heard_opens_it_again(office: Office) -> None:
    at = answered(office)
    office.press(office.ana, at.say_back, "confirm_heard")
    at.ears.new()
    at.ana("object: she was promised this price")
    assert at.review()["state"] == "open"
    assert at.ears.new() == ["@sam"], "what would change her mind is asked first"
    at.ana("The old price until she renews")
    assert at.ears.new() == ["#pricing/thread"]
    assert "The old price until she renews" in at.say_back.all_text()


def test_talk_after_everything_was_said_is_talk(office: Office) -> None:
    at = answered(office)
    for text in ("That was quick to do", "fine", "See you on Monday"):
        assert at.ana(text).reactions == {}
    assert at.ears.new() == []
    assert at.text(7) == "I would start looking around"


def test_not_knowing_what_she_would_say_is_said_back_too(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying\n3. Shops, $120 a year\n5. Two months of notice")
    at.ana("7. don't know")
    assert at.ears.new() == [], "more is asked, though it need not be answered"
    office.press(office.ana, at.letter, "that_is_all")
    assert at.ears.new() == ["#pricing/thread"]
    assert "What she would say is not known" in at.say_back.all_text()
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"


def test_her_statement_given_first_is_said_back_once_with_all_the_rest(office: Office) -> None:
    at = Answering(office)
    at.ana("7. I would start looking around")
    at.ana("would complain")
    for text in (
        "1. Paying",
        "2. $39, it says so",
        "3. Shops, $120 a year",
        "5. Two months of notice",
    ):
        at.ana(text)
    assert "the rest is welcome" in at.checklist
    assert "to confirm" not in at.card.all_text()
    assert at.ears.new() == []
    at.ana("4. Only if the old price holds")
    at.ana("6. don't know")
    assert at.ears.new() == ["#pricing/thread"]
    assert len(at.rows("SELECT * FROM surface WHERE kind = 'say_back'")) == 1


def test_an_hour_of_silence_says_that_it_was_all(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying\n3. Shops, $120 a year\n5. Two months of notice")
    at.ana("7. I would start looking around")
    at.ana("would complain")
    office.wait(minutes=50)
    at.ana("2. $39, it says so")
    office.wait(minutes=50)
    assert at.ears.new() == [], "each word is waited after"
    office.wait(minutes=20)
    assert at.ears.new() == ["#pricing/thread"]
    office.press(office.ana, at.say_back, "confirm_heard")
    assert at.review()["state"] == "heard"
    assert at.ears.new() == ["@lee", "@sam"]
