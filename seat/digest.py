"""The weekly digest of one seat: what waits and on whom, what was decided, and what went ahead.

Groups and orders only; the words stand in templates/, the sending elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from seat.facts import Mark, Review, State, Verdict
from seat.listing import LISTED, Listing
from seat.waiting import Awaited, Wait, is_overdue, whose_move
from seat.zones import read_zone

SHOWN = 5
"""At most so many a group; the rest is a number."""

WEEK = timedelta(days=7)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    review: Review
    wait: Wait | None = None
    """None: it no longer waits."""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed to the customer, or a look back, with its day."""

    review: Review
    what: str
    owner: str
    due_on: date
    overdue: bool = False
    """Set by the digest."""


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    shown: tuple[T, ...] = ()
    more: int = 0

    @property
    def total(self) -> int:
        return len(self.shown) + self.more


@dataclass(frozen=True, slots=True)
class Digest:
    """The groups in the order they are read."""

    unseated: Group[Entry]
    to_decide: Group[Entry]
    to_answer: Group[Entry]
    promised: Group[Promise]
    decided: Group[Entry]
    went_ahead: Group[Entry]
    next_up: str | None = None
    """Who sits next; None where nobody can, or it was not asked."""

    @property
    def waiting(self) -> int:
        return self.unseated.total + self.to_decide.total + self.to_answer.total

    @property
    def is_empty(self) -> bool:
        """Nothing to say: silence, or one line, as the seat chose."""
        said = self.promised.total + self.decided.total + self.went_ahead.total
        return self.waiting + said == 0


def digest(
    reviews: Sequence[Review],
    now: datetime,
    *,
    seat_id: int,
    zone: str = "UTC",
    since: datetime | None = None,
    promises: Iterable[Promise] = (),
) -> Digest:
    """What the seat's channel is told. Other seats' reviews are left out, whoever passed them.

    `since`: when the last digest was; a week ago unless given. `zone`: the seat's, for days.
    """
    own = [r for r in reviews if r.seat_id == seat_id]
    start, today = since or now - WEEK, now.astimezone(read_zone(zone)).date()
    waiting = sorted(
        (Entry(r, wait, is_overdue(r, now)) for r in own if (wait := whose_move(r))), key=_urgency
    )
    lately = [r for r in own if r.state is State.OPEN or _decided_since(r, start, now)]
    ahead = _by_decision(r for r in lately if went_ahead_without_her(r, today))
    decided = [r for r in _by_decision(lately) if r.state is not State.OPEN and r not in ahead]
    return Digest(
        unseated=_for(waiting, Awaited.SOMEONE_TO_SIT),
        to_decide=_for(waiting, Awaited.DECISION),
        to_answer=_for(waiting, Awaited.ANSWERS, Awaited.CONFIRMATION),
        promised=_cut(_due(promises, seat_id, today)),
        decided=_cut([Entry(r) for r in decided]),
        went_ahead=_cut([Entry(r, whose_move(r), is_overdue(r, now)) for r in ahead]),
    )


def went_ahead_without_her(review: Review, today: date) -> bool:
    """Live while she is still to be heard, or decided so that it went ahead unheard.

    An overruled review is not one: she was heard, and it says who overruled her and why.
    """
    if review.state is State.OPEN:
        return review.live_since is not None and review.live_since <= today
    if review.state not in LISTED[Listing.DECIDED] or review.decision is None:
        return False
    unheard = {Mark.NOBODY_IN_THE_SEAT, Mark.UNANSWERED} & set(review.decision.marks)
    goes = review.decision.verdict in (Verdict.GO, Verdict.GO_WITH_CHANGES)
    return Mark.LIVE_BEFORE_HEARD in review.decision.marks or bool(goes and unheard)


def _decided_since(review: Review, start: datetime, now: datetime) -> bool:
    decision = review.decision
    settled = review.state in LISTED[Listing.DECIDED]
    return settled and decision is not None and start < decision.at <= now


def _by_decision(reviews: Iterable[Review]) -> list[Review]:
    return sorted(reviews, key=lambda r: (r.decision.at if r.decision else r.opened_at, r.number))


def _due(promises: Iterable[Promise], seat_id: int, today: date) -> list[Promise]:
    """Due before the next digest, and what is overdue still."""
    due = [p for p in promises if p.review.seat_id == seat_id and p.due_on < today + WEEK]
    due = [replace(p, overdue=p.due_on < today) for p in due]
    return sorted(due, key=lambda p: (p.due_on, p.review.number, p.what))


def _urgency(entry: Entry) -> tuple[bool, bool, datetime, datetime, int]:
    """Overdue first, then what is due first, then the oldest."""
    due_at = entry.wait.due_at if entry.wait else None
    opened_at = entry.review.opened_at
    return not entry.overdue, due_at is None, due_at or opened_at, opened_at, entry.review.number


def _for(entries: Sequence[Entry], *awaited: Awaited) -> Group[Entry]:
    return _cut([e for e in entries if e.wait and e.wait.awaited in awaited])


def _cut(items: Sequence[T]) -> Group[T]:
    return Group(tuple(items[:SHOWN]), max(0, len(items) - SHOWN))
