"""Answering without typing in the thread: a tap, *don't know*, and the form with all questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import FieldErrors, Refusal
from bot.reviews.answers import find_answer, save_answer, set_aside
from bot.reviews.deed import Case
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from seat.facts import AnswerState, Evidence, Question, Stance
from seat.review import is_settled

LONGEST = 3000
"""Characters of one answer: what one Slack section can show."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One question's field: what it showed when the form was opened, and what it says now."""

    text: str | None = None
    option: str | None = None
    evidence: Evidence | None = None


def tap_answer(case: Case, number: int, option: str) -> None:
    """Raises Refusal when the question has no such option."""
    question = _question(case, number)
    answer = case.facts.answers.get(number)
    if answer is not None and answer.option == option and is_settled(answer):
        return
    chosen = next((o for o in question.options if o.value == option), None)
    if chosen is None:
        raise Refusal("no_such_option")
    set_aside(case, number)
    save_answer(
        case, number, state=AnswerState.GIVEN, text=chosen.label, option=option, source="tap"
    )
    _nothing_to_continue(case)
    settle(case)


def tap_stance(case: Case, stance: str) -> None:
    if stance not in set(Stance):
        raise Refusal("no_such_option")
    set_stance(case, Stance(stance))
    settle(case)


def dont_know(case: Case, number: int) -> None:
    _question(case, number)
    set_aside(case, number)
    save_answer(case, number, state=AnswerState.NOT_KNOWN, source="tap")
    _nothing_to_continue(case)
    settle(case)


def fill_in(
    case: Case, fields: Mapping[int, Filled], stance: Stance | None, drawn_version: int
) -> None:
    """Save every field that was filled and changed; half a form is welcome.

    `drawn_version`: the review's version the form was drawn with. A field that changed since,
    differently, is not overwritten: FieldErrors, beside it, and nothing saved.
    """
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    changes: list[tuple[Question, Filled]] = []
    for number, filled in fields.items():
        question, row = _question(case, number), find_answer(case, number)
        if not _changes(
            filled,
            row.text if row else "",
            row.option if row else "",
            row.evidence if row else Evidence.ASSUMED,
        ):
            continue
        if len(filled.text or "") > LONGEST:
            errors[f"q{number}"] = (
                "too_long",
                {"limit": LONGEST, "length": len(filled.text or "")},
            )
        elif row is not None and row.version > drawn_version:
            errors[f"q{number}"] = ("changed_meanwhile", {"now": row.text if row else ""})
        else:
            changes.append((question, filled))
    if errors:
        raise FieldErrors(**errors)
    for question, filled in changes:
        option = next((o for o in question.options if o.value == filled.option), None)
        text = (filled.text or "").strip() or (option.label if option else "")
        set_aside(case, question.number)
        save_answer(
            case,
            question.number,
            state=AnswerState.GIVEN if text else AnswerState.RETRACTED,
            text=text,
            option=option.value if option else "",
            evidence=filled.evidence,
            source="form",
        )
    if stance is not None:
        set_stance(case, stance)
    if changes:
        _nothing_to_continue(case)
    settle(case)


def _changes(filled: Filled, text: str, option: str, evidence: str) -> bool:
    if filled.text is not None and filled.text.strip() != text:
        return bool(filled.text.strip() or text)
    if filled.option is not None and filled.option != option:
        return True
    return filled.evidence is not None and bool(text) and filled.evidence != evidence


def _question(case: Case, number: int) -> Question:
    question = case.facts.question(number)
    if question is None:
        raise Refusal("no_such_question")
    return question


def _nothing_to_continue(case: Case) -> None:
    case.row.last_taken_number = case.row.last_taken_at = None
    case.deed.session.add(case.row)
