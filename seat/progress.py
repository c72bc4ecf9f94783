"""How far the customer's answers are, and what each stands on."""

from dataclasses import dataclass

from seat.facts import Answer, AnswerState, Evidence, Question, Review
from seat.review import is_settled

GROUNDS = ("known", "assumed", "not_known", "skipped")


@dataclass(frozen=True, slots=True)
class Progress:
    answered: int
    questions: int
    known: tuple[int, ...]
    assumed: tuple[int, ...]
    not_known: tuple[int, ...]
    skipped: tuple[int, ...]


def count_progress(review: Review) -> Progress:
    """Her statement is not counted among what it stands on."""
    settled = {
        q.number: a for q in review.questions if is_settled(a := review.answers.get(q.number)) and a
    }
    grounds: dict[str, list[int]] = {name: [] for name in GROUNDS}
    for question in review.questions:
        answer = settled.get(question.number)
        if answer is not None and not question.closing:
            grounds[ground_of(question, answer)].append(question.number)
    return Progress(
        len(settled), len(review.questions), **{name: tuple(n) for name, n in grounds.items()}
    )


def ground_of(question: Question, answer: Answer) -> str:
    """known, assumed, not_known or skipped.

    Where she meets a change is for the advocate to judge, so the moment needs no evidence.
    """
    if answer.state is AnswerState.SKIPPED:
        return "skipped"
    if answer.state is AnswerState.NOT_KNOWN or answer.evidence is Evidence.NOT_KNOWN:
        return "not_known"
    if answer.evidence is Evidence.ASSUMED and not question.moment:
        return "assumed"
    return "known"
