"""Answering without typing in the thread: a tap, *don't know*, and the form with all questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.errors import FieldErrors, Refusal, Stale
from bot.reviews.answers import find_answer, give_evidence, save_answer, set_aside, want_why
from bot.reviews.deed import Case
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from db.tables import AnswerRow
from seat.bounds import ANSWER
from seat.facts import AnswerState, Evidence, Question, Stance
from seat.review import is_settled, stale_answers
from seat.thread import unquote


@dataclass(frozen=True, slots=True)
class Filled:
    """What was changed of one question's fields; None: left as it was shown.

    `text`: beside a choice, its words. `rest`: what its field could not hold, which stays.
    """

    text: str | None = None
    rest: str = ""
    option: str | None = None
    evidence: Evidence | None = None


def tap_answer(case: Case, number: int, option: str) -> None:
    """Raises Refusal when the question has no such option, Stale when it has another answer.

    The tap was drawn for a question without an answer: one that came meanwhile is not replaced.
    """
    question = _question(case, number)
    answer = case.facts.answers.get(number)
    if answer is not None and is_settled(answer):
        if answer.option == option:
            return
        raise Stale
    chosen = next((o for o in question.options if o.value == option), None)
    if chosen is None:
        raise Refusal("no_such_option")
    set_aside(case, number)
    save_answer(
        case, number, state=AnswerState.GIVEN, text=chosen.label, option=option, source="tap"
    )
    _nothing_to_continue(case)
    if want_why(case, number):  # "only if" is half an answer: the letter asks for the other half
        case.row.last_taken_number, case.row.last_taken_at = number, case.deed.now
    settle(case)


def tap_stance(case: Case, stance: str) -> None:
    """Raises Refusal for what is no stance, Stale when there is another one, or no statement."""
    if stance not in set(Stance):
        raise Refusal("no_such_option")
    facts = case.facts
    if facts.stance == stance:
        return
    if facts.stance is not None or facts.statement is None:
        raise Stale
    set_stance(case, Stance(stance))
    settle(case)


def dont_know(case: Case, number: int) -> None:
    """Raises Stale when the question was answered meanwhile.

    Of the closing question, once her words are there: what she would do is not known.
    """
    question, facts = _question(case, number), case.facts
    answer = facts.answers.get(number)
    if question.closing and facts.statement is not None and facts.stance is None:
        tap_stance(case, Stance.NOT_KNOWN)
        return
    if answer is not None and is_settled(answer):
        if answer.state is AnswerState.NOT_KNOWN:
            return
        raise Stale
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
    """Save every field that was changed; half a form is welcome.

    `drawn_version`: the review's version the form was drawn with. A field changed here and, since,
    elsewhere is not overwritten: FieldErrors, beside it, and nothing saved. `still_true`: stale
    answers that hold for the new revision as they are.
    """
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    changes: list[tuple[Question, Filled]] = []
    for number, filled in fields.items():
        question, row = _question(case, number), find_answer(case, number)
        typed, stands = len(filled.text or ""), len(_words(question, row))
        if filled.text is not None and filled.rest:
            filled = replace(filled, text=(filled.text.strip() + filled.rest).strip())
        if not _differs(question, row, filled):
            continue
        field = f"q{number}_words" if question.options and filled.text else f"q{number}"
        # One of before there was a bound keeps its length, and grows no more.
        if typed > ANSWER or len(filled.text or "") > max(ANSWER, stands):
            length = max(typed, len(filled.text or ""))
            errors[field] = ("too_long", {"limit": ANSWER, "length": length})
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


def affirm_all(case: Case) -> None:
    """All that was answered holds as it is: her statement too, with its stance."""
    for answer in stale_answers(case.facts):
        _keep(case, answer.number)
    _nothing_to_continue(case)
    settle(case)


def _words(question: Question, row: AnswerRow | None) -> str:
    """What the form shows as words: a chosen option's own label is in the choice already."""
    if row is None or row.state != AnswerState.GIVEN:
        return ""
    label = next((o.label for o in question.options if o.value == row.option), None)
    return "" if row.text == label else row.text


def _option(row: AnswerRow | None) -> str:
    return row.option if row is not None and row.state == AnswerState.GIVEN else ""


def _differs(question: Question, row: AnswerRow | None, filled: Filled) -> bool:
    """Whether this changes anything. How it is known, of nothing, is nothing."""
    if filled.text is not None and filled.text != _words(question, row):
        return True
    if filled.option is not None and filled.option != _option(row):
        return True
    if filled.evidence is None:
        return False
    given = row is not None and row.state == AnswerState.GIVEN
    if filled.evidence is Evidence.NOT_KNOWN:
        return row is None or row.evidence != Evidence.NOT_KNOWN
    return given and row is not None and row.evidence != filled.evidence


def _save(case: Case, question: Question, filled: Filled) -> None:
    number, row = question.number, find_answer(case, question.number)
    words, value = _words(question, row), _option(row)
    if filled.text in (None, words) and filled.option in (None, value) and (words or value):
        assert row is not None
        assert filled.evidence is not None
        give_evidence(case, number, filled.evidence)
        _keep(case, number, filled.evidence)
        return
    words = words if filled.text is None else filled.text.strip()
    value = value if filled.option is None else filled.option
    option = next((o for o in question.options if o.value == value), None)
    text = (unquote(words) if question.closing else words) or (option.label if option else "")
    state = AnswerState.GIVEN if text else AnswerState.RETRACTED
    if not text and filled.evidence is Evidence.NOT_KNOWN:
        state = AnswerState.NOT_KNOWN
    set_aside(case, number)
    save_answer(
        case,
        number,
        state=state,
        text=text,
        option=option.value if option else "",
        evidence=filled.evidence,
        source="form",
    )


def _keep(case: Case, number: int, evidence: Evidence | None = None) -> None:
    """The answer as it is, given for this revision."""
    row = find_answer(case, number)
    if row is None or not (row.stale or evidence):
        return
    save_answer(
        case,
        number,
        state=AnswerState(row.state),
        text=row.text,
        option=row.option,
        evidence=evidence or Evidence(row.evidence),
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
