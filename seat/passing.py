"""Passing the seat on, and taking it back: for an hour, while nobody has answered since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from seat.seating import Way

TIME = timedelta(hours=1)
"""How long it can be taken back. Not working time: who passes on by a slip sees it at once."""


class Passing(StrEnum):
    """What the history calls the moves from seat to seat."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    SEATED = "seated"
    UNSEATED = "unseated"
    TAKEN_BACK = "taken_back"


GIVEN_BY_SOMEBODY = (Way.HANDED_OVER, Way.GIVEN)
"""The ways into the seat that somebody has chosen, which a second thought does not undo."""


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of a review's history. `seated`, `way`: who was seated, and how; only of that."""

    who: str
    what: str
    at: datetime
    seated: str = ""
    way: str = ""


def take_back_until(history: Sequence[Done], user: str, now: datetime) -> datetime | None:
    """Until when `user`, who passed the seat on, can have it back; None: not, or not any more.

    `history`: the review's, oldest first. Passed on again since, it can still be taken back: the
    next one has not answered either.
    """
    passed = [
        place
        for place, done in enumerate(history)
        if done.what == Passing.DECLINED and done.who == user
    ]
    if not passed:
        return None
    until = history[passed[-1]].at + TIME
    since = history[passed[-1] + 1 :]
    seated = {done.seated for done in since if done.what == Passing.SEATED}
    answered = any(done.who in seated and done.what not in set(Passing) for done in since)
    given = any(done.way in set(GIVEN_BY_SOMEBODY) for done in since)
    came_back = any(done.what == Passing.TAKEN_BACK and done.who == user for done in since)
    if now >= until or answered or given or came_back or user in seated:
        return None
    return until
