"""Objections whose message is edited: those that stood in it, and those that were ended since."""

from playground.driver.message import Message
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office
from tests.dialogs.test_objecting_and_revising import answer, object_by_form

BOTH = "object: she was promised this price\nobject: the export is gone"


def objections(at: Answering) -> list[tuple[int, str, str]]:
    rows = at.rows("SELECT number, title, state FROM objection ORDER BY number")
    return [(row["number"], row["title"], row["state"]) for row in rows]


def takes_back(at: Answering, number: int, told: str) -> None:
    """With the button that she gets once the proposer has answered."""
    office = at.office
    answer(office, office.letter(office.sam, told), "Hosting is up.")
    letter = office.letter(office.ana, "answers the objection")
    office.press(office.ana, letter, "withdraw_objection")
    assert objections(at)[number - 1][2] == "withdrawn"


def made_as_she_asks(at: Answering, told: str) -> None:
    office = at.office
    answer(office, office.letter(office.sam, told), "She keeps it.", "mitigated")
    office.press(office.ana, office.letter(office.ana, "answers the objection"), "mitigated")


def test_correcting_what_would_change_her_mind_leaves_an_objection_by_form(
    office: Office,
) -> None:
    at = Answering(office)
    object_by_form(office)
    mind = at.ana("The old price util she renews")
    at.edits(mind, "The old price until she renews")
    (row,) = at.rows("SELECT state, changes_her_mind FROM objection")
    assert row == {"state": "open", "changes_her_mind": "The old price until she renews"}
    at.deletes(mind)
    (row,) = at.rows("SELECT state, changes_her_mind FROM objection")
    assert row == {"state": "open", "changes_her_mind": ""}
    assert "1 objection" in at.card.all_text()


def test_one_that_was_taken_back_stays_so_when_its_message_is_edited(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("1. On the June invoice\nobject: she was promised this price")
    takes_back(at, 1, "promised this price")
    at.ears.new()
    at.edits(reply, "1. On the July invoice\nobject: she was promised this price")
    assert objections(at) == [(1, "she was promised this price", "withdrawn")]
    assert at.ears.new() == []
    at.edits(reply, "1. On the July invoice")
    at.edits(reply, "1. On the July invoice\nobject: she was promised this price")
    assert [o[2] for o in objections(at)] == ["withdrawn", "open"], "written anew it is meant anew"


def test_of_two_in_one_message_each_keeps_its_own_end(office: Office) -> None:
    at = Answering(office)
    reply = at.ana(BOTH)
    assert [o[2] for o in objections(at)] == ["open", "open"]
    made_as_she_asks(at, "promised this price")
    at.edits(reply, "object: the export is gone")
    assert objections(at) == [
        (1, "she was promised this price", "mitigated"),
        (2, "the export is gone", "open"),
    ]


def test_the_words_of_one_that_was_taken_back_go_to_no_other(office: Office) -> None:
    at = Answering(office)
    reply = at.ana(BOTH)
    takes_back(at, 1, "promised this price")
    at.edits(reply, BOTH + " for good")
    assert objections(at) == [
        (1, "she was promised this price", "withdrawn"),
        (2, "the export is gone for good", "open"),
    ]


def test_one_less_is_withdrawn_and_one_more_is_raised(office: Office) -> None:
    at = Answering(office)
    reply: Message = at.ana(BOTH)
    at.edits(reply, "object: the export is gone\nobject: nobody told her")
    assert objections(at) == [
        (1, "nobody told her", "open"),
        (2, "the export is gone", "open"),
    ]
    at.edits(reply, "object: the export is gone")
    assert [o[2] for o in objections(at)] == ["withdrawn", "open"]
    at.edits(reply, "object: the export is gone\nobject: it was in her contract")
    assert objections(at)[2] == (3, "it was in her contract", "open")


def test_an_answer_by_form_takes_no_place_of_an_objection_with_its_number(office: Office) -> None:
    """Both are the first: questions and objections are counted apart."""
    at = Answering(office)
    reply = at.ana("1. On the June invoice\nobject: she was promised this price")
    at.opens_form()
    assert at.saves(q1="renewing", q1_words="In July") == {}
    at.edits(reply, "object: she was promised this price in May")
    assert objections(at) == [(1, "she was promised this price in May", "open")]
    at.deletes(reply)
    assert objections(at)[0][2] == "withdrawn"
