"""How long the reviews of a seat are kept, where it chose a period. By default: for good."""

from calendar import monthrange
from datetime import datetime, timedelta

from seat.facts import State

PERIODS = (12, 24, 36, 60, 84, 120)
"""Months that can be chosen."""

FOR_GOOD = "0"
"""As a form says that nothing is taken away."""

TOLD_AHEAD = timedelta(days=30)
"""Before a review goes, those who look after its seat have been told for so long."""

OVER = (State.DECIDED, State.CLOSED, State.WITHDRAWN)


def read_period(text: str) -> int | None:
    """None: for good. Raises ValueError for what is no choice."""
    if text == FOR_GOOD:
        return None
    if text not in {str(months) for months in PERIODS}:
        raise ValueError(text)
    return int(text)


def ends_at(changed_at: datetime, months: int) -> datetime:
    """When a period that began with the last that happened is over: the same day of a later month,
    or its last."""
    years, month = divmod(changed_at.month - 1 + months, 12)
    year, month = changed_at.year + years, month + 1
    return changed_at.replace(
        year=year, month=month, day=min(changed_at.day, monthrange(year, month)[1])
    )


def may_go(state: State, *, deferred: bool, owes: int) -> bool:
    """`deferred`: it comes back on a day. `owes`: how many promises, follow-ups, links and other
    things of it are still to come."""
    return state in OVER and not deferred and owes == 0


def is_to_be_told(changed_at: datetime, months: int, now: datetime) -> bool:
    """Its period is over by the time that its keepers have been told long enough."""
    return ends_at(changed_at, months) <= now + TOLD_AHEAD
