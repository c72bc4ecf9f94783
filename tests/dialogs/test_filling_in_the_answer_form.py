"""All questions in one form: half is welcome, and nothing is written that was not changed."""

from sqlalchemy import text as sql

from tests.dialogs.answering import CLOSING, Answering
from tests.dialogs.office import Office


def test_half_a_form_is_saved_and_shown_again_filled_in(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    assert at.saves(q1="paying", q2="$39", q2_evidence="measured", q4="only_if") == {}
    assert at.progress == "3 of 7"
    assert at.line(1) == ":white_check_mark: 1 Meets it first: _paying_"
    assert at.line(2) == ':white_check_mark: 2 Expected: "$39" · measured'
    assert at.asks(3)
    assert at.ears.new() == [], "a form is never thin"
    at.opens_form()
    fields = office.ana.modal.fields()  # type: ignore[union-attr]
    assert (fields["q1"], fields["q2"], fields["q2_evidence"]) == ("paying", "$39", "measured")
    assert at.saves(q4_words="if the old price holds") == {}
    assert at.line(4) == (
        ':white_check_mark: 4 Would you stay? _only if_ · "if the old price holds" · assumed'
    )
    assert len(at.history(1)) == len(at.history(2)) == 1, "only what was changed is written"


def test_an_empty_form_says_nothing_and_is_accepted(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    assert at.saves() == {}
    assert at.progress == "0 of 7"
    assert at.rows("SELECT * FROM answer") == []
    assert at.ears.new() == []


def test_a_field_changed_in_the_thread_meanwhile_gets_an_error_beside_it(office: Office) -> None:
    at = Answering(office)
    at.ana("2. $39, the site says so")
    at.opens_form()
    at.ana("3. Three-person shops, $120 a year")
    errors = at.saves(q3="Students", q5="Two months")
    assert list(errors) == ["q3"]
    assert "Three-person shops" in errors["q3"]
    assert at.text(3) == "Three-person shops, $120 a year"
    office.ana.close()
    at.opens_form()
    assert at.saves(q5="Two months") == {}
    assert at.text(5) == "Two months"
    assert at.ears.new() == []


def test_a_field_left_alone_does_not_mind_what_the_thread_said_meanwhile(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("2. $39, the site says so")
    at.opens_form()
    at.ana("3. Three-person shops, $120 a year")
    at.edits(reply, "2. $38")
    assert at.saves(q5="Two months") == {}
    assert (at.text(2), at.text(5)) == ("$38", "Two months")
    assert at.text(3) == "Three-person shops, $120 a year"
    assert at.ears.new() == []


def test_an_emptied_field_retracts_its_answer(office: Office) -> None:
    at = Answering(office)
    at.ana("2. $39, the site says so (measured)")
    at.opens_form()
    assert at.saves(q2=None) == {}
    assert at.state(2) == "retracted"
    assert at.asks(1)
    assert at.history(2) == ["$39, the site says so", "retracted"]


def test_naming_the_evidence_alone_leaves_the_answer_with_its_message(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("2. $39, the site says so")
    at.opens_form()
    assert at.saves(q2_evidence="measured") == {}
    assert at.line(2).endswith('"$39, the site says so" · measured')
    at.edits(reply, "2. $39, the site has said so")
    assert at.line(2).endswith('"$39, the site has said so" · measured')
    assert at.ears.new() == []


def test_not_known_is_said_by_its_evidence(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    assert at.saves(q2_evidence="not_known", q3="Students, I guess", q3_evidence="not_known") == {}
    assert at.state(2) == "not_known"
    assert at.text(3) == "Students, I guess"
    assert "2 not known" in at.card.all_text()


def test_what_is_still_true_of_a_revised_proposal_is_ticked(office: Office) -> None:
    at = Answering(office)
    at.ana("2. $39, the site says so (measured)\n3. Three-person shops, $120 a year")
    office.press(office.sam, at.card, "more", option="Revise")
    assert office.sam.submit(told_to_her="From 1 July you pay $10 more a month.") == {}
    office.settle()
    at.ears.new()
    assert at.progress == "0 of 7"
    at.opens_form()
    assert office.ana.modal is not None
    assert office.ana.modal.options("still_true") == ["2", "3"]
    assert at.saves(still_true=["2"], q3="Five-person shops") == {}
    assert at.line(2).endswith('"$39, the site says so" · measured')
    assert at.text(3) == "Five-person shops"
    assert at.progress == "2 of 7"
    assert at.ears.new() == []


def test_the_statement_and_its_stance_are_in_the_form(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    assert at.saves(q7='"I would leave"', stance="would_leave") == {}
    assert at.line(7) == f'{CLOSING} > "I would leave" · _would leave_'
    assert at.ears.new() == []


def test_her_statement_has_a_form_of_its_own_at_the_last_question(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying\n2. $39 (said)\n3. Shops, $120\n4. yes\n5. Two months\n6. Mia, in May")
    at.ears.new()
    at.opens_form("she_says")
    assert at.saves(statement="I would leave", stance="would_leave") == {}
    assert at.line(7) == f'{CLOSING} > "I would leave" · _would leave_'
    assert at.ears.new() == ["#pricing/thread"]


def test_one_question_is_answered_in_a_form_with_one_field(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying")
    at.opens_form("answer_one")
    assert list(office.ana.modal.fields()) == ["q2"]  # type: ignore[union-attr]
    errors = at.saves(q2="x" * 3001, force=True)
    assert errors == {"q2": "This has 3,001 characters; 3,000 fit."}
    assert at.saves(q2="$39, as the site says") == {}
    assert at.line(2) == ':white_check_mark: 2 Expected: "$39, as the site says" · assumed'
    assert at.asks(3)
    assert at.ears.new() == []


def test_a_question_answered_in_the_thread_meanwhile_is_not_overwritten(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying")
    at.opens_form("answer_one")
    at.ana("2. $39, the site says so")
    assert list(at.saves(q2="$38")) == ["q2"]
    assert at.text(2) == "$39, the site says so"


def test_an_answer_of_before_sent_again_as_it_is_holds_for_the_revision(office: Office) -> None:
    at = Answering(office)
    at.ana("1. Paying\n2. $39, the site says so (measured)")
    office.press(office.sam, at.card, "more", option="Revise")
    assert office.sam.submit(told_to_her="From 1 July you pay $10 more a month.") == {}
    office.settle()
    at.opens_form("answer_one")
    assert at.saves() == {}
    assert at.line(2).endswith('"$39, the site says so" · measured')


def test_what_would_change_her_mind_is_written_or_passed_over_in_the_letter(
    office: Office,
) -> None:
    at = Answering(office)
    at.ana("object: She was promised $39")
    at.opens_form("answer_one")
    assert at.saves(changes_her_mind="The old price until June") == {}
    assert "The old price until June" in office.letter(office.sam, "objects").all_text()
    at.ana("object: No notice was given")
    seen = at.letter.snapshot()
    office.press(office.ana, seen, "dont_know")
    assert at.asks(1)
    at.ana("object: The page still says $39")
    seen = at.letter.snapshot()
    at.ana("Change the page")
    at.ears.new()
    office.press(office.ana, seen, "dont_know")
    assert at.ears.new() == ["@ana"], "said meanwhile: not passed over"
    minds = [row["changes_her_mind"] for row in at.rows("SELECT * FROM objection ORDER BY number")]
    assert minds == ["The old price until June", "", "Change the page"]


def test_the_whole_proposal_is_read_from_the_letter(office: Office) -> None:
    at = Answering(office, change="Every team moves at once.\n" * 60 + "THE END")
    assert "THE END" not in at.letter.all_text()
    office.choose(office.ana, at.letter, "whole_proposal")
    assert office.ana.modal is not None
    assert "THE END" in office.ana.modal.text()


def test_more_than_fits_is_said_beside_the_field_and_kept_in_the_form(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    errors = at.saves(q2="x" * 40_000, force=True)
    assert errors == {"q2": "This has 40,000 characters; 3,000 fit."}
    assert at.state(2) == ""
    assert at.saves(q2="y" * 3000) == {}
    assert at.text(2) == "y" * 3000
    assert office.parked() == []


def from_before_there_was_a_bound(at: Answering, number: int, words: str) -> None:
    at.ana(f"{number}. {words[:100]}")
    made = sql("UPDATE answer SET text = :words WHERE number = :number")
    at.office.store.transact(lambda s: s.execute(made, {"words": words, "number": number}))


def test_a_long_answer_of_before_is_not_cut_by_saving_the_form(office: Office) -> None:
    at = Answering(office)
    words = "A long story about one invoice. " * 150
    from_before_there_was_a_bound(at, 2, words.strip())
    at.opens_form()
    assert at.saves(q3="Students") == {}
    assert at.text(2) == words.strip()
    assert at.text(3) == "Students"


def test_mending_the_beginning_of_a_long_answer_keeps_its_end(office: Office) -> None:
    at = Answering(office)
    words = "She reads the invoice twice and asks her bookkeeper. " * 100 + "THE END"
    from_before_there_was_a_bound(at, 3, words)
    at.opens_form()
    field = office.ana.modal.fields()["q3"]  # type: ignore[union-attr]
    assert at.saves(q3=field.replace("She reads", "He reads", 1)) == {}
    assert at.text(3) == words.replace("She reads", "He reads", 1)
    at.opens_form()
    errors = at.saves(q3=field.replace("She reads", "Anybody at all reads", 1), force=True)
    assert "3,000 fit" in errors["q3"], "it keeps its length, and grows no more"
    office.ana.close()
    from_before_there_was_a_bound(at, 7, words)
    at.opens_form()
    field = office.ana.modal.fields()["q7"]  # type: ignore[union-attr]
    assert at.saves(q7=field.replace("She reads", "I read", 1), stance="would_leave") == {}
    assert at.text(7) == words.replace("She reads", "I read", 1)


def test_hostile_words_are_kept_as_written_and_harmless_where_they_are_shown(
    office: Office,
) -> None:
    at = Answering(office)
    words = "<!channel> & <@U12345678> `${x}` {{ 7*7 }} ‮evil 🧾 *bold*"
    at.opens_form()
    assert at.saves(q2=words) == {}
    assert at.text(2) == words
    shown = str(office.checklist(at.card).blocks)
    assert "<!channel>" not in shown
    assert "49" not in shown
    at.opens_form()
    assert at.saves(q3="Students") == {}
    assert at.history(2) == [words]
    assert office.parked() == []


def test_only_the_advocate_s_form_counts(office: Office) -> None:
    at = Answering(office)
    at.opens_form()
    office.press(office.lee, at.card, "more", option="Change who sits")
    assert office.lee.submit(to=office.ben.id) == {}
    office.settle()
    at.ears.new()
    at.saves(q2="$39")
    assert office.ana.modal is not None
    assert "Only" in office.ana.modal.text()
    assert at.state(2) == ""
    assert at.ears.new() == []
