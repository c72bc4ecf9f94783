"""How somebody came to sit in a review's seat: kept as data, told in words by "why me?"."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from seat.rotation import Choice, LeftOut, Reason


class Way(StrEnum):
    """The ways into the seat."""

    CHOSEN = "chosen"
    """By turn, when the review opened."""
    AFTER_DECLINE = "after_decline"
    """By turn, when `by` passed on it."""
    AFTER_SILENCE = "after_silence"
    """By turn, when `by` could not be reached."""
    AFTER_LEAVING = "after_leaving"
    """By turn, when `by` had left or could sit there no more."""
    HANDED_OVER = "handed_over"
    """By `by`, who sat there before."""
    GIVEN = "given"
    """By `by`, a keeper."""
    VOLUNTEERED = "volunteered"
    """The seat was empty."""
    TOOK_OVER = "took_over"
    """The stand-in, offered the seat when `by` was silent."""


BY_TURN = (Way.CHOSEN, Way.AFTER_DECLINE, Way.AFTER_SILENCE, Way.AFTER_LEAVING)


@dataclass(frozen=True, slots=True)
class Seating:
    """`turns`, `instead_of`, `relaxed`: as the choice counted them; only where it went by turn."""

    user: str
    way: Way
    by: str = ""
    turns: int = 0
    instead_of: tuple[LeftOut, ...] = ()
    relaxed: bool = False
    reason: str = ""
    """Why `by` passed on it, in their own words; for `user` alone."""


def seating_by_turn(
    choice: Choice, way: Way = Way.CHOSEN, by: str = "", reason: str = ""
) -> Seating:
    """The seating that `choice`, which found somebody, leads to."""
    assert choice.advocate is not None
    return Seating(
        choice.advocate,
        way,
        by,
        choice.why.turns,
        choice.why.instead_of,
        choice.why.relaxed,
        reason,
    )


def to_data(seating: Seating) -> dict[str, Any]:
    """As JSON; `from_data` reads it."""
    return {
        "user": seating.user,
        "way": seating.way,
        "by": seating.by,
        "turns": seating.turns,
        "instead_of": [list(left) for left in seating.instead_of],
        "relaxed": seating.relaxed,
        "reason": seating.reason,
    }


def from_data(data: Mapping[str, Any], user: str | None) -> Seating | None:
    """How `user` came to sit there; None where that was not kept, or was kept of somebody else.

    A version before this one moves the seat without writing it, a newer one may know more ways:
    of both nothing is said rather than something untrue.
    """
    if not user or data.get("user") != user or data.get("way") not in set(Way):
        return None
    return Seating(
        user,
        Way(data["way"]),
        str(data.get("by") or ""),
        int(data.get("turns") or 0),
        tuple(
            LeftOut(str(left), Reason(reason))
            for left, reason in data.get("instead_of") or ()
            if reason in set(Reason)
        ),
        bool(data.get("relaxed")),
        str(data.get("reason") or ""),
    )
