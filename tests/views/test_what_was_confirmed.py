"""What she was confirmed to say stays as it was, and says what became of each objection."""

from dataclasses import replace

import pytest

from bot.views.messages import MESSAGES
from seat.facts import ObjectionState, State, Verdict
from seat.her_words import from_data, her_words, to_data
from tests.views.drawings import draw_messages
from tests.views.reading import read
from tests.views.reviews import ANA, BEN, DECIDED, HEARD, LIVE, OBJECTION, WORDING, scene, states

KEPT = {"version": 9, "said": to_data(her_words(HEARD)), "confirmed": ANA}
ENDINGS = {
    ObjectionState.OPEN: " · _Changes her mind:_ old price until her renewal date.",
    ObjectionState.MITIGATED: " · _we do what she asks_",
    ObjectionState.ACCEPTED: " · _she is right, we leave it out_",
    ObjectionState.WITHDRAWN: " · _taken back_",
    ObjectionState.OVERRULED: " · _overruled_: It pays for support.",
    ObjectionState.NOT_PURSUED: " · _not pursued: the change was stopped_",
}


@pytest.mark.parametrize("state", ObjectionState)
@pytest.mark.parametrize("version", [9, 12])
def test_it_says_how_each_objection_ended(state: ObjectionState, version: int) -> None:
    """Also when something was said since (`version` 12)."""
    because = "It pays for support." if state is ObjectionState.OVERRULED else ""
    ended = replace(OBJECTION, state=state, overruled_because=because)
    review = replace(DECIDED, statement_version=version, objections=(ended,))
    text = read(MESSAGES["say_back"](review, scene(**KEPT), WORDING))
    assert text == (
        "Ana Lima spoke for the customer\n"
        "*If the customer were here, what would she say?*\n"
        '> "You said $39. I\'d start looking around." · _would complain_\n'
        f"*Objection 1* Promised until renewal{ENDINGS[state]}\n"
        "*Stands on* 3 known · 2 assumed (questions 3, 5) · 1 not known (question 4)\n"
        ":white_check_mark: Confirmed by Ana Lima."
    )


def test_of_a_change_that_is_live_stopping_undid_it() -> None:
    ended = replace(OBJECTION, state=ObjectionState.NOT_PURSUED)
    review = replace(DECIDED, objections=(ended,), **LIVE)
    assert "the change was undone" in read(MESSAGES["say_back"](review, scene(**KEPT), WORDING))


def test_confirmed_words_stay_whatever_is_said_or_who_sits_there_since() -> None:
    again = replace(
        HEARD, state=State.OPEN, advocate=BEN, statement_version=11, answers={}, stance=None
    )
    text = read(MESSAGES["say_back"](again, scene(**KEPT), WORDING))
    assert "Ana Lima spoke for the customer\n" in text
    assert '"You said $39. I\'d start looking around." · _would complain_' in text
    assert text.endswith("Confirmed by Ana Lima. What came after is said back anew.")


def test_what_nobody_confirmed_is_not_shown_as_hers_once_it_changed() -> None:
    text = read(
        MESSAGES["say_back"](
            states()["changed since said back"], scene(**{**KEPT, "confirmed": ""}), WORDING
        )
    )
    assert text == (
        "_Something has changed since, so this no longer counts. "
        "What stands now is said back anew._"
    )


def test_no_objection_is_only_said_where_there_was_none() -> None:
    """Once an overruled one read as none at all."""
    for state, review in states().items():
        text = read(MESSAGES["say_back"](review, scene(version=review.statement_version), WORDING))
        assert ("No objection." in text) is not bool(review.objections), state


def test_her_words_come_back_as_they_were_kept() -> None:
    for review in states().values():
        words = her_words(review)
        assert from_data(to_data(words)) == words


@pytest.mark.parametrize("kind", ["decision", "decided_for_proposer", "decision_for_advocate"])
def test_a_decision_told_late_is_told_as_it_was(kind: str) -> None:
    """Reopened before it went out: her stance is asked again, the objection open again."""
    overruled = replace(OBJECTION, state=ObjectionState.OVERRULED, overruled_because="It pays.")
    stopped = replace(DECIDED.decisions[0], verdict=Verdict.GO, changes="")
    then = replace(DECIDED, objections=(overruled,), decisions=(stopped,))
    kept = {"number": 1, "said": to_data(her_words(then))}
    now = replace(then, state=State.OPEN, stance=None, objections=(OBJECTION,))
    reader = "" if kind == "decision" else ANA
    told = read(MESSAGES[kind](now, scene(reader, **kept), WORDING))
    assert told == read(MESSAGES[kind](then, scene(reader, **kept), WORDING))
    assert "_would complain_" in told
    assert "Overruled by Lee Park" in told


def test_the_closing_question_stands_whole_above_her_words() -> None:
    question = "*If the customer were here, what would she say?*"
    for kind, state in (
        ("card", "decided"),
        ("checklist", "heard"),
        ("say_back", "complete"),
        ("decision", "decided"),
        ("heard_for_decider", "heard"),
        ("heard_for_proposer", "heard"),
    ):
        text = read(MESSAGES[kind](states()[state], scene(), WORDING))
        assert f'{question}\n> "You said $39.' in text, kind


@pytest.mark.parametrize("state", ["objection overruled", "decided"])
def test_digest_and_list_name_an_overrule(state: str) -> None:
    drawn = draw_messages(states()[state], WORDING)
    for name in ("digest", "list, decided"):
        assert ("1 objection overruled" in read(drawn[name])) is (state != "decided"), name
