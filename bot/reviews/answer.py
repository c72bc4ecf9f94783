"""Answering without typing in the thread: a tap, *don't know*, and the form with all questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import FieldErrors, Refusal
from bot.reviews.answers import find_answer, save_answer, set_aside
from bot.reviews.deed import Case
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from seat.facts import Answer, AnswerState, Evidence, Question, Stance
from seat.review import is_settled

LONGEST = 3000
"""Characters of one answer: what one Slack section can show."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One question's fields as they were sent. `text`: beside a choice, its words."""

    text: str = ""
    option: str = ""
    evidence: Evidence | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.text or self.option or self.evidence is Evidence.NOT_KNOWN)


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
    case: Case,
    fields: Mapping[int, Filled],
    stance: Stance | None,
    *,
    drawn_version: int,
    still_true: frozenset[int] = frozenset(),
) -> None:
    """Save every field that was filled and changed; half a form is welcome.

    `drawn_version`: the review's version the form was drawn with. A field that changed since,
    differently, is not overwritten: FieldErrors, beside it, and nothing saved. `still_true`:
    stale answers that hold for the new revision as they are.
    """
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    changes: list[tuple[Question, Filled]] = []
    facts = case.facts
    for number, filled in fields.items():
        question, row = _question(case, number), find_answer(case, number)
        if filled == _shown(question, facts.answers.get(number), filled):
            continue
        if len(filled.text) > LONGEST:
            errors[f"q{number}"] = ("too_long", {"limit": LONGEST, "length": len(filled.text)})
        elif row is not None and row.version > drawn_version:
            errors[f"q{number}"] = ("changed_meanwhile", {"now": row.text})
        else:
            changes.append((question, filled))
    if errors:
        raise FieldErrors(**errors)
    for question, filled in changes:
        _save(case, question, filled)
    changed = {question.number for question, _ in changes}
    for number in still_true - changed:
        _keep(case, number)
    if stance is not None:
        set_stance(case, stance)
    if changes:
        _nothing_to_continue(case)
    settle(case)


def _shown(question: Question, answer: Answer | None, filled: Filled) -> Filled:
    """What the form showed for this question, so that only what was changed is written."""
    if answer is None or answer.state is AnswerState.RETRACTED:
        return Filled(evidence=filled.evidence if not filled.says_something else None)
    label = next((o.label for o in question.options if o.value == answer.option), None)
    given = answer.state is AnswerState.GIVEN
    return Filled(
        text=answer.text if given and answer.text != label else "",
        option=answer.option,
        evidence=answer.evidence if filled.evidence is not None else None,
    )


def _save(case: Case, question: Question, filled: Filled) -> None:
    option = next((o for o in question.options if o.value == filled.option), None)
    text = filled.text.strip() or (option.label if option else "")
    state = AnswerState.GIVEN if text else AnswerState.RETRACTED
    if not text and filled.evidence is Evidence.NOT_KNOWN:
        state = AnswerState.NOT_KNOWN
    set_aside(case, question.number)
    save_answer(
        case,
        question.number,
        state=state,
        text=text,
        option=option.value if option else "",
        evidence=filled.evidence,
        source="form",
    )


def _keep(case: Case, number: int) -> None:
    """The answer as it is, given for this revision."""
    row = find_answer(case, number)
    if row is None or not row.stale:
        return
    save_answer(
        case,
        number,
        state=AnswerState(row.state),
        text=row.text,
        option=row.option,
        evidence=Evidence(row.evidence),
        why=row.why,
        source="form",
        message_ts=tuple(row.message_ts),
    )


def _question(case: Case, number: int) -> Question:
    question = case.facts.question(number)
    if question is None:
        raise Refusal("no_such_question")
    return question


def _nothing_to_continue(case: Case) -> None:
    case.row.last_taken_number = case.row.last_taken_at = None
    case.deed.session.add(case.row)
