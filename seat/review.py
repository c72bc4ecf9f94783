"""The life of a review: which moves there are, when she counts as heard, what a decision leaves.

Overdue, unseated and blocked are derived elsewhere from facts and the clock (seat/waiting.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from seat.facts import (
    Answer,
    AnswerState,
    Confirmation,
    Decision,
    Mark,
    Objection,
    ObjectionState,
    Question,
    Review,
    State,
    Verdict,
)
from seat.thread.asked import AskedNothing, whats_asked


class Move(StrEnum):
    HEAR = "hear"
    UNHEAR = "unhear"
    DECIDE = "decide"
    STOP = "stop"
    RETURN = "return"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State
    when: str
    """For docs/life-cycle.md, which is made from this table."""


_UNDECIDED = frozenset({State.OPEN, State.HEARD})

MOVES: Mapping[Move, Transition] = {
    Move.HEAR: Transition(
        frozenset({State.OPEN}),
        State.HEARD,
        "the required questions are answered or skipped, the statement is given, and what was "
        "said back is confirmed, or had no reply for one working day; it is said back once "
        "nothing is asked any more, or the advocate says that this is all, or says nothing for a "
        "working hour",
    ),
    Move.UNHEAR: Transition(
        frozenset({State.HEARD}),
        State.OPEN,
        "a revision made a required answer stale, an answer was retracted, or an objection came",
    ),
    Move.DECIDE: Transition(
        _UNDECIDED, State.DECIDED, "the decider says go, go with changes, or defer until"
    ),
    Move.STOP: Transition(
        _UNDECIDED,
        State.CLOSED,
        "the decider says stop; open objections end as not pursued, or as accepted where the "
        "decider says so",
    ),
    Move.RETURN: Transition(
        frozenset({State.DECIDED}), State.OPEN, "a deferred review's date has come"
    ),
    Move.REOPEN: Transition(
        frozenset({State.DECIDED, State.CLOSED, State.WITHDRAWN}),
        State.OPEN,
        "the decider or a keeper reopens it; earlier decisions and marks stay",
    ),
    Move.WITHDRAW: Transition(_UNDECIDED, State.WITHDRAWN, "the proposer or a keeper withdraws it"),
    Move.CLOSE: Transition(frozenset({State.DECIDED}), State.CLOSED, "the follow-up is recorded"),
}


class NotPossible(Exception):
    """The review is not in a state from which this move leads."""

    def __init__(self, move: Move, state: State) -> None:
        super().__init__(f"{move} is not possible from {state}")
        self.move, self.state = move, state


def state_after(state: State, move: Move) -> State:
    """The state `move` leads to. Raises NotPossible."""
    transition = MOVES[move]
    if state not in transition.sources:
        raise NotPossible(move, state)
    return transition.target


def is_settled(answer: Answer | None) -> bool:
    """An answer that counts: given, not known, or skipped with a reason; not stale or retracted."""
    return answer is not None and not answer.stale and answer.state is not AnswerState.RETRACTED


def stale_answers(review: Review) -> tuple[Answer, ...]:
    """What was answered, and only has to be called still true."""
    stands = (a for a in review.answers.values() if a.state is not AnswerState.RETRACTED)
    return tuple(a for a in stands if a.stale)


def missing(review: Review) -> tuple[Question, ...]:
    """The required questions still without an answer that counts."""
    return tuple(
        q for q in review.questions if q.required and not is_settled(review.answers.get(q.number))
    )


def is_complete(review: Review) -> bool:
    """Everything the customer has to say is there: answers, statement and its stance.

    *Not known* counts for the statement as for any answer, and has no stance.
    """
    closing = review.closing
    if review.advocate is None or closing is None or missing(review):
        return False
    answer = review.answers[closing.number]
    return answer.state is AnswerState.NOT_KNOWN or review.stance is not None


def could_be_said_back(review: Review) -> bool:
    """Complete, and what would be said back differs from what was said back last."""
    return (
        review.state in _UNDECIDED
        and is_complete(review)
        and review.said_back_version != review.statement_version
    )


def wants_saying_back(review: Review) -> bool:
    """It could be, and nothing is asked any more: said back earlier, the next answer undoes it.

    What need not be answered holds nothing up: the advocate may say that this is all, and a
    working hour without a word says the same (`due_say_back`).
    """
    return could_be_said_back(review) and isinstance(whats_asked(review), AskedNothing)


def is_said_back(review: Review) -> bool:
    """What she says now was said back: it waits for the advocate's word on it, or has it."""
    return is_complete(review) and review.said_back_version == review.statement_version


def is_heard(review: Review) -> bool:
    return is_said_back(review) and review.confirmation is not Confirmation.WAITING


def next_move(review: Review) -> Move | None:
    """The move the facts themselves ask for, if any."""
    heard = is_heard(review)
    if review.state is State.OPEN and heard:
        return Move.HEAR
    if review.state is State.HEARD and not heard:
        return Move.UNHEAR
    return None


def marks_left(review: Review, verdict: Verdict) -> tuple[Mark, ...]:
    """What deciding now leaves on the record for good."""
    marks = []
    if review.advocate is None:
        marks.append(Mark.NOBODY_IN_THE_SEAT)
    if not is_complete(review):
        marks.append(Mark.UNANSWERED)
    elif not (
        review.confirmation is Confirmation.CONFIRMED
        and review.said_back_version == review.statement_version
    ):
        marks.append(Mark.NOT_CONFIRMED)
    if overruled_by(review, verdict):
        marks.append(Mark.OVERRULED)
    if review.live_since is not None:
        marks.append(Mark.LIVE_BEFORE_HEARD)
    return tuple(marks)


def overruled_by(review: Review, verdict: Verdict) -> tuple[Objection, ...]:
    """The open objections that going ahead would overrule: each needs a reason."""
    goes_ahead = verdict in (Verdict.GO, Verdict.GO_WITH_CHANGES)
    return review.open_objections if goes_ahead else ()


def move_of(verdict: Verdict) -> Move:
    return Move.STOP if verdict is Verdict.STOP else Move.DECIDE


def objection_after_decision(
    objection: Objection, verdict: Verdict, *, accepted: bool = False
) -> ObjectionState:
    """Going ahead overrules what is open, defer leaves it standing, stop ends it undecided.

    `accepted`: the decider, stopping, says that she is right.
    """
    if objection.state is not ObjectionState.OPEN or verdict is Verdict.DEFER:
        return objection.state
    if verdict is not Verdict.STOP:
        return ObjectionState.OVERRULED
    return ObjectionState.ACCEPTED if accepted else ObjectionState.NOT_PURSUED


def all_marks(decisions: tuple[Decision, ...]) -> tuple[Mark, ...]:
    """Every mark any decision left, each once, in the order they came."""
    return tuple(dict.fromkeys(mark for decision in decisions for mark in decision.marks))
