"""Who presses or sends means what they had before them; what changed since is shown first."""

import pytest

from playground.driver.message import Message
from tests.dialogs.answering import Answering
from tests.dialogs.deciding import from_menu, object_to, open_form
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, option
from tests.dialogs.test_objecting_and_revising import answer, object_by_form, revise


def window(office: Office, person: str) -> str:
    modal = getattr(office, person).modal
    assert modal is not None, "the form is gone"
    return str(modal.text()).replace("*", "")


def go(office: Office) -> dict[str, str]:
    errors = office.lee.submit(verdict="go", because="Hosting is up.")
    office.settle()
    return errors


def test_a_decision_is_not_made_on_another_price_than_was_seen(
    office: Office, heard: Message
) -> None:
    open_form(office, heard)
    assert revise(office, heard, title="Team plan from $39 to $490") == {}
    ears = Ears(office)
    go(office)
    said = window(office, "lee")
    assert "nothing is decided yet" in said
    assert "~Team plan from $39 to $49~ → Team plan from $39 to $490" in said
    assert ears.new() == []
    assert "Decided" not in heard.all_text()
    assert office.lee.modal is not None
    fields = office.lee.modal.fields()
    assert (fields["verdict"], fields["because"]) == ("go", "Hosting is up.")
    assert office.lee.submit() == {}
    office.settle()
    assert ears.new()[0] == "#pricing/thread"


def test_her_words_before_and_after_are_shown_to_who_decides(
    office: Office, heard: Message
) -> None:
    open_form(office, heard)
    office.says(office.ana, heard, "she says: I would leave at once")
    go(office)
    said = window(office, "lee")
    assert "Before:\n> I would start looking around" in said
    assert "Now:\n> I would leave at once" in said
    assert "go" not in heard.text.lower().split()


def test_so_are_objections_that_changed(office: Office, heard: Message) -> None:
    objected = office.says(office.ana, heard, "object: She was promised $39")
    object_to(office, heard, "Nobody told her")
    told = office.letter(office.sam, "She was promised $39")
    open_form(office, heard)
    office.clock.hand.advance(20)
    office.ana.edit(objected, "object: She was promised $39 for life")
    office.settle()
    answer(office, told, "Not for life.")
    object_to(office, heard, "It comes in June")
    errors = office.lee.submit(
        verdict="go",
        because="Hosting is up.",
        overrule_1="We wrote to her.",
        overrule_2="We did tell her.",
    )
    said = window(office, "lee")
    assert "~She was promised $39~ → She was promised $39 for life" in said, errors
    assert "Sam Ortiz answered objection 1: Not for life." in said
    assert "A new objection, 3: It comes in June" in said
    assert office.lee.modal is not None
    assert office.lee.modal.fields()["overrule_2"] == "We did tell her."
    assert office.lee.submit(overrule_3="It has to come then.") == {}


def test_one_that_was_taken_back_is_said_and_what_was_typed_of_it_stays_to_be_read(
    office: Office, heard: Message
) -> None:
    objected = office.says(office.ana, heard, "object: She was promised $39")
    open_form(office, heard)
    office.clock.hand.advance(20)
    office.ana.delete(objected)
    office.settle()
    office.lee.submit(verdict="go", because="Hosting is up.", overrule_1="We wrote to her.")
    said = window(office, "lee")
    assert 'Objection 1, "She was promised $39": it was open → taken back' in said
    assert "You had written, where this form has no field any more:\n> We wrote to her." in said


def test_what_changed_and_changed_back_is_as_it_was_seen(office: Office, heard: Message) -> None:
    open_form(office, heard)
    for title in ("Team plan from $39 to $490", "Team plan from $39 to $49"):
        assert revise(office, heard, title=title) == {}
    assert go(office) == {}
    assert office.lee.modal is None
    assert "Go" in heard.all_text()


def test_what_the_form_does_not_show_holds_up_nobody(office: Office, card: Message) -> None:
    open_form(office, card)
    office.says(office.ana, card, "Paying, on the June invoice")
    assert go(office) == {}
    assert office.lee.modal is None


@pytest.mark.parametrize("kind", ["mitigated", "none"])
def test_nobody_agrees_to_another_reply_than_they_saw(
    office: Office, card: Message, kind: str
) -> None:
    told = object_by_form(office)
    answer(office, told, "We keep the old price.", kind)
    letter = office.letter(office.ana, "answers the objection")
    seen, button = letter.snapshot(), "mitigated" if kind == "mitigated" else "still_objects"
    answer(office, told, "We do NOT keep the old price.", kind)
    ears = Ears(office)
    office.press(office.ana, seen, button)
    assert "changed meanwhile, so nothing was done" in ears.only("@ana")
    assert "How it ended" not in told.all_text()
    assert "The customer still objects" not in told.all_text()
    letter = office.letter(office.ana, "We do NOT keep the old price.")
    office.press(office.ana, letter, button)
    assert "How it ended" in told.all_text() or "The objection stands" in told.all_text()


def test_nor_on_another_proposal(office: Office, card: Message) -> None:
    told = object_by_form(office)
    answer(office, told, "We keep the old price.", "mitigated")
    seen = office.letter(office.ana, "answers the objection").snapshot()
    assert revise(office, card, title="Team plan from $39 to $490") == {}
    office.press(office.ana, seen, "mitigated")
    assert "How it ended" not in told.all_text()


def test_a_tap_is_an_answer_about_the_proposal_it_stood_under(office: Office) -> None:
    at = Answering(office)
    seen = at.letter.snapshot()
    assert revise(office, at.card, title="Team plan from $39 to $490") == {}
    at.ears.new()
    office.press(office.ana, seen, "answer_tap", select="Buying")
    assert "changed meanwhile" in at.ears.only("@ana")
    assert at.history(1) == []
    office.press(office.ana, at.letter, "answer_tap", select="Buying")
    assert at.text(1) == "buying"


def test_what_an_older_version_drew_still_works(office: Office) -> None:
    """Its buttons carried parts that are not looked at any more, and no less than a version."""
    at = Answering(office)
    at.ana("2. $39, the site says so (measured)\n3. Three-person shops, $120 a year")
    assert revise(office, at.card, title="Team plan from $39 to $45") == {}
    old = at.letter.snapshot()
    button = old.button("all_still_true")
    assert button is not None
    button["value"] += ":2:0"
    office.press(office.ana, old, "all_still_true")
    assert at.progress == "2 of 7"
    assert revise(office, at.card, title="Team plan from $39 to $490") == {}
    at.ears.new()
    office.press(office.ana, old, "all_still_true")
    assert "changed meanwhile" in at.ears.only("@ana")
    assert at.progress == "0 of 7"


def test_answers_in_the_form_are_about_what_it_stood_under(office: Office) -> None:
    at = Answering(office)
    at.ana("2. $39, the site says so (measured)")
    assert revise(office, at.card, title="Team plan from $39 to $45") == {}
    at.opens_form()
    assert revise(office, at.card, title="Team plan from $39 to $490") == {}
    at.ana("3. Students")
    at.saves(still_true=["2"], q3="Five-person shops", q5="Two months", stance="would_leave")
    said = window(office, "ana")
    assert "~Team plan from $39 to $45~ → Team plan from $39 to $490" in said
    assert "Question 3 has another answer: Students" in said
    assert at.progress == "1 of 7"
    assert office.ana.modal is not None
    fields = office.ana.modal.fields()
    assert (fields["q3"], fields["q5"]) == ("Five-person shops", "Two months")
    assert fields["stance"] == "would_leave"
    assert at.saves() == {}
    assert [at.text(n) for n in (3, 5)] == ["Five-person shops", "Two months"]
    assert at.progress == "3 of 7"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("object", {"title": "She was promised $39", "detail": "In May.\nTwice."}),
        ("answer_one", {"q2": "She read it on the site"}),
    ],
)
def test_what_the_advocate_types_is_about_the_proposal_it_was_typed_under(
    office: Office, action: str, fields: dict[str, str]
) -> None:
    at = Answering(office)
    at.ana("Paying")
    office.choose(office.ana, at.letter, action)
    assert revise(office, at.card, title="Team plan from $39 to $490") == {}
    before = at.card.all_text()
    at.saves(**fields)
    assert "→ Team plan from $39 to $490" in window(office, "ana")
    assert at.card.all_text() == before
    assert office.ana.modal is not None
    shown = office.ana.modal.fields()
    assert {name: shown[name] for name in fields} == fields
    assert at.saves() == {}
    assert office.ana.modal is None
    assert at.card.all_text() != before


def test_a_reply_is_to_the_objection_it_was_typed_under(office: Office, card: Message) -> None:
    objected = office.says(office.ana, card, "object: She was promised $39")
    office.says(office.ana, card, "A year of notice")
    told = office.letter(office.sam, "She was promised $39")
    office.press(office.sam, told, "reply_objection")
    office.clock.hand.advance(20)
    office.ana.edit(objected, "object: She was promised $39 for life")
    office.settle()
    ears = Ears(office)
    office.sam.submit(reply="We keep it for a year.", offer="mitigated")
    said = window(office, "sam")
    assert "~She was promised $39~ → She was promised $39 for life" in said
    assert ears.new() == []
    assert office.sam.submit() == {}
    office.settle()
    assert "We keep it for a year." in ears.only("@ana")


def test_who_decides_by_another_hand_stays_so(office: Office, card: Message) -> None:
    from_menu(office, office.sam, card, "revise")
    other = office.sam.modal
    assert other is not None
    from_menu(office, office.lee, card, "reassign")
    assert office.lee.submit(decider=office.dan) == {}
    office.settle()
    assert office.sam.submit(why="It pays for support, and for the night.") == {}
    office.settle()
    assert "Dan Weiss decides" in card.all_text()


def test_who_sits_by_another_hand_is_told_to_who_gives_the_seat(
    office: Office, card: Message
) -> None:
    from_menu(office, office.lee, card, "reassign")
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    office.lee.submit(decider=office.dan)
    assert "Ben Osei speaks for the customer now" in window(office, "lee")
    assert "Dan Weiss" not in card.all_text()
    assert office.lee.submit() == {}
    office.settle()
    assert "Dan Weiss decides" in card.all_text()


def test_the_menu_of_an_old_card_opens_what_is_so_now(office: Office, heard: Message) -> None:
    seen = heard.snapshot()
    assert revise(office, heard, title="Team plan from $39 to $490") == {}
    office.press(office.lee, seen, "decide")
    assert "Team plan from $39 to $490" in window(office, "lee")
    assert option(seen, "revise")


def test_a_form_whose_questions_have_other_numbers_stays_with_what_was_typed(
    office: Office,
) -> None:
    at = Answering(office, size="quick")
    at.opens_form()
    assert revise(office, at.card, title="Team plan from $39 to $490") == {}
    office.choose(office.ana, at.letter, "needs_full")
    assert "Open it again" in str(at.saves(q3="I would leave"))
    assert office.ana.modal is not None
    assert office.ana.modal.fields()["q3"] == "I would leave"
    assert at.history(3) == at.history(7) == []
