"""Deciding with the objections in view, and what brings a decided review back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def plain(message: Message) -> str:
    return message.all_text().replace("*", "")


def option(message: Message, action: str) -> str:
    menu = message.button("more")
    assert menu is not None
    return next(str(o["value"]) for o in menu["options"] if o["value"].startswith(f"{action}:"))


def from_menu(office: Office, person: Person, card: Message, action: str) -> None:
    office.press(person, card, "more", option=option(card, action))


def open_form(office: Office, card: Message, by: Person | None = None) -> None:
    person = by or office.lee
    if card.button("decide"):
        office.press(person, card, "decide")
    else:
        from_menu(office, person, card, "decide")


def rule(office: Office, card: Message, verdict: str, **fields: object) -> None:
    open_form(office, card)
    because = fields.pop("because", "Hosting is up.")
    assert office.lee.submit(verdict=verdict, because=because, **fields) == {}  # type: ignore[arg-type]
    office.settle()


def answer_in_one_form(office: Office) -> None:
    """As `office.answer_all`, in one go: how she was heard is told elsewhere."""
    letter = office.letter(office.ana, "you're the customer")
    value = next(b["value"] for b in letter.buttons() if b["action_id"] == "answer_form")
    office.press(office.ana, letter, "answer_form", value=value)
    assert office.ana.modal is not None
    answers = {f"q{n}": f"Answer {n}" for n in range(1, 8)}
    answers |= {
        name: office.ana.modal.options(name)[0]
        for name in answers
        if office.ana.modal.options(name)
    }
    answers |= {"q7": "I would start looking around", "stance": "would_complain"}
    assert office.ana.submit(**answers) == {}  # type: ignore[arg-type]
    office.settle()


@pytest.fixture
def asked(office: Office) -> Message:
    """A card: the seat is set up, Sam has proposed, Ana sits, Lee decides."""
    office.set_up(office.ana, office.ben)
    return office.propose()


@pytest.fixture
def heard(office: Office, asked: Message) -> Message:
    answer_in_one_form(office)
    office.press(office.ana, asked.replies[-1], "confirm_heard")
    return asked


def object_to(office: Office, card: Message, text: str = "She was promised $39") -> None:
    office.says(office.ana, card, f"object: {text}")


def test_go_is_said_once_to_each_it_concerns(office: Office, heard: Message) -> None:
    ears = Ears(office)
    rule(office, heard, "go")
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    said = ears.texts["#pricing/thread"].replace("*", "")
    assert "Go · Lee Park" in said
    assert "Because: Hosting is up." in said
    assert "I would start looking around" in said
    for words in ("Team plan", "Go", "Hosting is up", "I would start looking around", "Pricing"):
        assert words in heard.text
    assert heard.button("decide") is None
    assert "On the record" not in heard.all_text()
    letter = office.letter(office.lee, "Decided: Go")
    assert letter.button("decide") is None
    assert office.parked() == []


def test_a_decision_needs_its_because(office: Office, heard: Message) -> None:
    open_form(office, heard)
    assert list(office.lee.submit(verdict="go", because="  ", force=True)) == ["because"]
    assert list(office.lee.submit(because="x" * 1001, force=True)) == ["because"]
    assert list(office.lee.submit(verdict="maybe", because="x", force=True)) == ["verdict"]


def test_go_with_changes_says_what_changes_for_her(office: Office, heard: Message) -> None:
    open_form(office, heard)
    errors = office.lee.submit(verdict="go_with_changes", because="It pays for support.")
    assert list(errors) == ["changes"]
    assert office.lee.submit(changes="Old price until renewal.") == {}
    office.settle()
    assert "Changed for her: Old price until renewal." in plain(heard)
    assert "Old price until renewal." in heard.text


def test_stop_closes_and_accepts_her_objections(office: Office, heard: Message) -> None:
    object_to(office, heard)
    rule(office, heard, "stop", because="She is right.")
    assert "Stop" in heard.text
    assert '"She was promised $39": she is right, left out' in heard.replies[-1].all_text()
    told = office.letter(office.sam, "n objection for the customer")
    assert "How it ended: she is right, left out" in told.all_text()


def test_defer_needs_a_day_to_come_and_comes_back_on_it(office: Office, heard: Message) -> None:
    open_form(office, heard)
    errors = office.lee.submit(verdict="defer", because="After the audit.")
    assert list(errors) == ["until"]
    assert list(office.lee.submit(until="2026-03-02")) == ["until"]
    assert office.lee.submit(until=date(2026, 3, 12)) == {}
    office.settle()
    assert "Defer until Thu 12 Mar" in heard.all_text()
    ears = Ears(office)
    morning = datetime(2026, 3, 12, 9, 1, tzinfo=ZoneInfo("Europe/Madrid"))
    office.wait_until(morning.astimezone(ZoneInfo("UTC")))
    new = [place for place in ears.new() if place != "#pricing"]  # Monday's digest lies between
    assert new == ["@ana", "@lee", "@sam"]
    assert "The day has come to look again" in ears.texts["@lee"]
    assert "0 of 7" in heard.all_text()
    assert "Waiting for Ana" in heard.all_text()


def test_who_is_asked_again_is_reminded_again(office: Office, heard: Message) -> None:
    rule(office, heard, "defer", until=date(2026, 3, 12))
    morning = datetime(2026, 3, 12, 9, 1, tzinfo=ZoneInfo("Europe/Madrid"))
    office.wait_until(morning.astimezone(ZoneInfo("UTC")))
    ears = Ears(office)
    office.wait(days=1, hours=2)
    assert ears.new() == ["@ana"]
    assert "still waiting for your answers" in ears.texts["@ana"]


def test_only_the_decider_decides_and_the_refusal_names_them(
    office: Office, heard: Message
) -> None:
    ears = Ears(office)
    open_form(office, heard, by=office.sam)
    assert office.sam.modal is None
    assert ears.new() == ["~sam"]
    assert "Only Lee Park can do this" in ears.texts["~sam"]


def test_an_overruled_objection_needs_a_reason_each(office: Office, heard: Message) -> None:
    object_to(office, heard)
    object_to(office, heard, "Nobody told her")
    open_form(office, heard)
    errors = office.lee.submit(verdict="go", because="Hosting is up.", overrule_1="We wrote twice.")
    assert list(errors) == ["overrule_2"]
    assert office.lee.submit(overrule_2="We will.") == {}
    office.settle()
    decision = plain(heard.replies[-1])
    assert 'Overruled by Lee Park: "She was promised $39". Reason: We wrote twice.' in decision
    assert '"Nobody told her". Reason: We will.' in decision
    assert "overruled" in heard.all_text()


def test_the_proposer_cannot_overrule_unless_the_seat_lets_them(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.sam)
    object_to(office, card)
    open_form(office, card, by=office.sam)
    assert office.sam.modal is not None
    assert "can't overrule her objections" in office.sam.modal.text()
    assert "overrule_1" not in office.sam.modal.fields()
    errors = office.sam.submit(verdict="go", because="I want it.")
    assert errors
    assert "reference" not in str(errors)
    office.set_up(office.ana, office.ben, proposer_may_overrule=["yes"])
    office.sam.submit()
    assert office.sam.submit(overrule_1="Because.") == {}
    office.settle()
    assert "overruled" in card.all_text()


def test_an_objection_that_came_while_the_form_was_open_is_asked_for_beside_its_field(
    office: Office, heard: Message
) -> None:
    open_form(office, heard)
    object_to(office, heard)
    errors = office.lee.submit(verdict="go", because="Hosting is up.")
    # The form has the field now, with what was typed still there.
    assert office.lee.modal is not None
    assert "overrule_1" in office.lee.modal.fields(), errors
    assert office.lee.modal.fields()["because"] == "Hosting is up."
    assert office.lee.modal.fields()["verdict"] == "go"
    ears = Ears(office)
    assert office.lee.submit(overrule_1="We wrote to her.") == {}
    office.settle()
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    assert "Reason: We wrote to her." in ears.texts["#pricing/thread"]


def test_deciding_before_she_is_heard_is_possible_and_leaves_its_marks(
    office: Office, asked: Message
) -> None:
    open_form(office, asked)
    assert office.lee.modal is not None
    assert "She has not been heard: 0 of 7 answered" in office.lee.modal.text()
    assert office.lee.submit(verdict="go", because="No time.") == {}
    office.settle()
    assert "On the record: unanswered" in asked.all_text()
    assert "She was not heard" in asked.replies[-1].all_text()
    letter = office.letter(office.ana, "Decided")
    assert letter.button("answer_form") is None
    ears = Ears(office)
    office.wait(days=4)
    assert ears.new() == [], "nobody is reminded of what is decided"


def test_nobody_in_the_seat_stays_on_the_record(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    office.press(office.ana, office.letter(office.ana, "you're the customer"), "decline_seat")
    rule(office, card, "go")
    assert "nobody in the seat" in card.all_text()
    assert card.button("volunteer") is None


def test_reopening_keeps_the_marks_and_makes_a_second_decision(
    office: Office, asked: Message
) -> None:
    rule(office, asked, "go")
    ears = Ears(office)
    from_menu(office, office.lee, asked, "reopen")
    assert office.lee.submit(reason="We forgot schools.") == {}
    office.settle()
    assert ears.new() == ["@ana", "@sam"]
    assert "This is open again" in ears.texts["@ana"]
    assert "We forgot schools." in ears.texts["@sam"]
    assert "On the record: unanswered" in asked.all_text()
    assert "Waiting for Ana" in asked.all_text()
    office.answer_all(office.ana, asked)
    office.press(office.ana, asked.replies[-1], "confirm_heard")
    ears.new()
    rule(office, asked, "stop", because="She would leave.")
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    assert "Decision 2" in ears.texts["#pricing/thread"]
    assert "On the record: unanswered" in asked.all_text()
    assert "Stop" in asked.text


def test_a_keeper_reopens_and_nobody_else_does(office: Office, asked: Message) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.dan])
    rule(office, asked, "stop")
    ears = Ears(office)
    from_menu(office, office.sam, asked, "reopen")
    assert ears.new() == ["~sam"]
    assert "Lee Park or Dan Weiss" in ears.texts["~sam"]
    from_menu(office, office.dan, asked, "reopen")
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


def test_the_proposer_withdraws_with_a_reason(office: Office, asked: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.sam, asked, "withdraw")
    assert office.sam.submit(reason="Too early.") == {}
    office.settle()
    assert ears.new() == []
    assert "Withdrawn by Sam Ortiz" in asked.all_text()
    assert "Too early." in asked.all_text()
    assert "Withdrawn by Sam Ortiz" in asked.text
    assert "Sam Ortiz has withdrawn this" in office.letter(office.ana, "withdrawn").all_text()
    office.wait(days=4)
    assert ears.new() == []


def test_who_withdrew_is_named_also_when_it_was_a_keeper(office: Office, asked: Message) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.dan])
    from_menu(office, office.dan, asked, "withdraw")
    assert office.dan.submit() == {}
    office.settle()
    assert "Withdrawn by Dan Weiss" in asked.all_text()


def test_nobody_but_the_proposer_and_keepers_withdraws(office: Office, asked: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.ana, asked, "withdraw")
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


def test_a_decision_made_is_not_made_again_from_an_old_screen(
    office: Office, heard: Message
) -> None:
    seen, letter = heard.snapshot(), office.letter(office.lee, "she has been heard").snapshot()
    ears = Ears(office)
    rule(office, heard, "go")
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    for message in (seen, letter):
        office.press(office.lee, message, "decide")
        assert office.lee.modal is None
        assert ears.new() == ["~lee"]
        assert "This is decided already" in ears.texts["~lee"]


def test_the_decider_is_told_when_heard_and_nudged_once(office: Office, asked: Message) -> None:
    ears = Ears(office)
    office.answer_all(office.ana, asked)
    ears.new()
    office.press(office.ana, asked.replies[-1], "confirm_heard")
    assert ears.new() == ["@lee", "@sam"]
    assert "she has been heard" in ears.texts["@lee"]
    office.wait(days=3, hours=2)
    assert ears.new() == ["@lee"]
    assert "this waits for your decision" in ears.texts["@lee"]
    office.wait(days=3)
    assert ears.new() == []


def test_the_decider_hears_once_when_they_are_also_who_proposed(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.sam)
    office.answer_all(office.ana, card)
    ears = Ears(office)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    assert ears.new() == ["@sam"]
    office.press(office.sam, card, "decide")
    assert office.sam.submit(verdict="go", because="It is fair.") == {}
    office.settle()
    assert ears.new() == ["#pricing/thread", "@ana"]
