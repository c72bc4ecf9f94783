"""Whose move it is: unseated, overdue and waited-for, all derived from facts and the clock.

Nothing of this is stored (DESIGN §3); when somebody is reminded of it stands elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from seat.facts import Objection, Review, State
from seat.review import is_said_back


class Awaited(StrEnum):
    """What a review waits for."""

    SOMEONE_TO_SIT = "someone_to_sit"
    ANSWERS = "answers"
    CONFIRMATION = "confirmation"
    DECISION = "decision"
    REPLY = "reply"
    """The proposer's, to an objection."""
    AGREEMENT = "agreement"
    """The advocate's, to what the proposer offered for an objection."""


@dataclass(frozen=True, slots=True)
class Wait:
    """`user` None: anyone on the roster. `due_at` None: nothing falls due for it."""

    awaited: Awaited
    user: str | None
    since: datetime
    due_at: datetime | None = None


def whose_move(review: Review) -> Wait | None:
    """The one wait that holds the review up; None when decided, closed or withdrawn."""
    if review.state is State.HEARD:
        since = review.heard_at or review.opened_at
        return Wait(Awaited.DECISION, review.decider, since, review.decision_due_at)
    if review.state is not State.OPEN:
        return None
    if review.advocate is None:
        return Wait(Awaited.SOMEONE_TO_SIT, None, review.opened_at)
    seated = review.seated_at or review.opened_at
    if is_said_back(review):
        return Wait(Awaited.CONFIRMATION, review.advocate, seated, review.confirm_by)
    return Wait(Awaited.ANSWERS, review.advocate, seated, review.answers_due_at)


def waits(review: Review) -> tuple[Wait, ...]:
    """Everything somebody could do now, what holds the review up first."""
    move = whose_move(review)
    if move is None:
        return ()
    along = [wait for o in review.open_objections if (wait := _of_objection(o, review)) is not None]
    return (move, *dict.fromkeys(along))


def is_waiting_on(review: Review, user: str) -> bool:
    return any(wait.user == user for wait in waits(review))


def is_overdue(review: Review, now: datetime) -> bool:
    """Past what was due; not at the very moment of it."""
    move = whose_move(review)
    return move is not None and move.due_at is not None and move.due_at < now


def _of_objection(objection: Objection, review: Review) -> Wait | None:
    if objection.offered is not None and review.advocate is not None:
        return Wait(Awaited.AGREEMENT, review.advocate, review.opened_at)
    if objection.offered is None and not objection.reply:
        return Wait(Awaited.REPLY, review.proposer, review.opened_at)
    return None
