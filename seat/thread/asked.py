"""What a plain reply in the thread means now: one pure judgement, read by everything that asks.

The order is DESIGN §5: the why of a thin answer, what would change her mind, the stance, the
next question, nothing.
"""

from dataclasses import dataclass

from seat.facts import Answer, AnswerState, Question, Review, State
from seat.thread.thin import wants_more


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    number: int


@dataclass(frozen=True, slots=True)
class AskedWhy:
    """The one "why?" of the thin answer just given to question `number`."""

    number: int


@dataclass(frozen=True, slots=True)
class AskedMind:
    """What would change her mind about this objection."""

    objection_number: int


@dataclass(frozen=True, slots=True)
class AskedStance:
    pass


@dataclass(frozen=True, slots=True)
class AskedNothing:
    pass


Asked = AskedQuestion | AskedWhy | AskedMind | AskedStance | AskedNothing


def whats_asked(review: Review) -> Asked:
    """What the advocate's next plain words would answer. Nothing once it is decided or over.

    A why is asked only while its answer is the last thing taken, so it never blocks: whatever else
    she sends makes it lapse (`whats_last_taken`).
    """
    if review.state not in (State.OPEN, State.HEARD):
        return AskedNothing()
    if (number := _waiting_why(review)) is not None:
        return AskedWhy(number)
    minds = [
        o.number for o in review.open_objections if not o.mind_asked and not o.changes_her_mind
    ]
    if minds:
        return AskedMind(max(minds))
    statement = review.statement
    # Her stance to words that a revision made stale would be asked for nothing.
    if statement is not None and not statement.stale and review.stance is None:
        return AskedStance()
    question = next_question(review)
    return AskedQuestion(question.number) if question else AskedNothing()


def next_question(review: Review) -> Question | None:
    """The first question still to be answered, in number order, the closing one last."""
    waiting = [q for q in review.questions if is_waiting(review.answers.get(q.number))]
    return min(waiting, key=lambda q: (q.closing, q.number), default=None)


def is_waiting(answer: Answer | None) -> bool:
    """Never answered, retracted, or made stale by a revision."""
    return answer is None or answer.stale or answer.state is AnswerState.RETRACTED


def _waiting_why(review: Review) -> int | None:
    last = review.last_taken
    answer = review.answers.get(last.number) if last else None
    question = review.question(last.number) if last else None
    if last is None or answer is None or question is None:
        return None
    # An edit that says more has answered it.
    open_why = answer.why_asked and not answer.stale and wants_more(question, answer)
    return last.number if open_why else None
