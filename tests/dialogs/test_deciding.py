"""Deciding with the objections in view, and what brings a decided review back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from playground.driver.message import Message
from tests.dialogs.deciding import (
    object_to,
    open_form,
    plain,
    rule,
)
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


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
    reason = "It pays for support."
    assert list(office.lee.submit(verdict="maybe", because=reason, force=True)) == ["verdict"]
    assert office.lee.submit(verdict="go", because="no")["because"].startswith("A few words more")


def test_go_with_changes_says_what_changes_for_her(office: Office, heard: Message) -> None:
    open_form(office, heard)
    errors = office.lee.submit(verdict="go_with_changes", because="It pays for support.")
    assert list(errors) == ["changes"]
    assert office.lee.submit(changes="Old price until renewal.") == {}
    office.settle()
    assert "Changed for her: Old price until renewal." in plain(heard)
    assert "Old price until renewal." in heard.text


def test_stop_closes_and_her_objections_are_not_pursued(office: Office, heard: Message) -> None:
    object_to(office, heard)
    rule(office, heard, "stop", because="We need reasons.")
    assert "Stop" in heard.text
    ended = "not pursued: the change was stopped"
    assert f'"She was promised $39": {ended}' in heard.replies[-1].all_text()
    told = office.letter(office.sam, "n objection for the customer")
    assert f"How it ended: {ended}" in told.all_text()


def test_a_decider_who_stops_may_say_where_she_is_right(office: Office, heard: Message) -> None:
    object_to(office, heard)
    object_to(office, heard, "And nobody wrote to her")
    open_form(office, heard)
    errors = office.lee.submit(
        verdict="go", because="Hosting is up.", overrule_1="It pays for support.",
        overrule_2="We write to her.", accepts=["1"],
    )  # fmt: skip
    assert list(errors) == ["accepts"]
    assert office.lee.submit(verdict="stop") == {}
    office.settle()
    said = heard.replies[-1].all_text()
    assert '"She was promised $39": she is right, we leave it out' in said
    assert '"And nobody wrote to her": not pursued' in said


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
    assert new == ["#pricing/thread", "@ana", "@lee", "@sam"]
    for place in ("#pricing/thread", "@lee"):
        assert "The day has come to look at this again" in ears.texts[place]
        assert "Lee Park put it off until Thu 12 Mar" in ears.texts[place]
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
    assert "Only Lee Park can decide #1" in ears.texts["~sam"]


def test_an_overruled_objection_needs_a_reason_each(office: Office, heard: Message) -> None:
    object_to(office, heard)
    object_to(office, heard, "Nobody told her")
    open_form(office, heard)
    errors = office.lee.submit(verdict="go", because="Hosting is up.", overrule_1="We wrote twice.")
    assert list(errors) == ["overrule_2"]
    assert list(office.lee.submit(overrule_2="no")) == ["overrule_2"]
    assert office.lee.submit(overrule_2="We wrote to her.") == {}
    office.settle()
    decision = plain(heard.replies[-1])
    assert 'Overruled by Lee Park: "She was promised $39". Reason: We wrote twice.' in decision
    assert '"Nobody told her". Reason: We wrote to her.' in decision
    assert "overruled" in heard.all_text()


def test_the_proposer_cannot_overrule_unless_the_seat_lets_them(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.sam)
    object_to(office, card)
    open_form(office, card, by=office.sam)
    assert office.sam.modal is not None
    assert "can't overrule the customer's objections" in office.sam.modal.text()
    assert "overrule_1" not in office.sam.modal.fields()
    errors = office.sam.submit(verdict="go", because="I want it.")
    assert errors
    assert "reference" not in str(errors)
    office.set_up(office.ana, office.ben, proposer_may_overrule=["yes"])
    office.sam.submit()
    assert office.sam.submit(overrule_1="Because it pays.") == {}
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
    office: Office, card: Message
) -> None:
    open_form(office, card)
    assert office.lee.modal is not None
    assert "The customer has not been heard: 0 of 7 answered" in office.lee.modal.text()
    assert office.lee.submit(verdict="go", because="There is no time.") == {}
    office.settle()
    assert "On the record: unanswered" in card.all_text()
    assert "The customer was not heard" in card.replies[-1].all_text()
    letter = office.letter(office.ana, "Decided")
    assert letter.button("answer_form") is None
    ears = Ears(office)
    office.wait(days=4)
    assert ears.new() == [], "nobody is reminded of what is decided"


def test_nobody_in_the_seat_stays_on_the_record(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    rule(office, card, "go")
    assert "nobody in the seat" in card.all_text()
    assert card.button("volunteer") is None


def test_a_decision_made_is_not_made_again_from_an_old_screen(
    office: Office, heard: Message
) -> None:
    seen, letter = (
        heard.snapshot(),
        office.letter(office.lee, "the customer has been heard").snapshot(),
    )
    ears = Ears(office)
    rule(office, heard, "go")
    assert ears.new() == ["#pricing/thread", "@ana", "@sam"]
    for message, place in ((seen, "~lee"), (letter, "@lee")):
        office.press(office.lee, message, "decide")
        assert office.lee.modal is None
        assert "This is decided already" in ears.only(place)


def test_the_decider_is_told_when_heard_and_nudged_once(office: Office, card: Message) -> None:
    ears = Ears(office)
    office.answer_all(office.ana, card)
    ears.new()
    office.press(office.ana, card.replies[-1], "confirm_heard")
    assert ears.new() == ["@lee", "@sam"]
    assert "the customer has been heard" in ears.texts["@lee"]
    office.wait(days=3, hours=2)
    assert ears.new() == ["@lee"]
    assert "this waits for your decision" in ears.texts["@lee"]
    office.wait(days=3)
    assert ears.new() == ["@sam"], "who may name somebody else is told, once"
    office.wait(days=5)
    assert ears.new() == ["#pricing"], "the digest, and nothing more in private"


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


def test_the_decider_reads_the_whole_proposal_and_goes_on_deciding(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(change="Every team moves at once.\n" * 60 + "THE END")
    open_form(office, card)
    office.lee.fill(verdict="stop", because="Not before the summer.")
    office.lee.press_in_modal("whole_proposal")
    assert office.lee.modal is not None
    assert "THE END" in office.lee.modal.text()
    office.lee.close()
    assert office.lee.submit() == {}
    office.settle()
    assert "Not before the summer." in card.all_text()
