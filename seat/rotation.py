"""Whose turn it is to speak for the customer: fair, by rule, never by chance (DESIGN §4).

Every step that leaves somebody out keeps its reason, so that "why me?" has an answer.
How turns are counted stands in seat/turns.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from seat.turns import WINDOW, Away, Ending, Member, Turn, is_behind_everyone, loads, turns_counted

__all__ = [
    "Away",
    "Choice",
    "Ending",
    "LeftOut",
    "Member",
    "ProposalFacts",
    "Reason",
    "Turn",
    "Why",
    "choose_advocate",
]

NOTABLE = 2
"""How many of those passed over the "why you" line names."""


class Reason(StrEnum):
    """Why somebody was left out; of several, the one that stands first here is kept."""

    PROPOSER = "proposer"
    DECIDER = "decider"
    DEACTIVATED = "deactivated"
    EXTERNAL = "external"
    GUEST = "guest"
    NOT_IN_CHANNEL = "not_in_channel"
    DECLINED = "declined"
    SILENT = "silent"
    AWAY = "away"
    AT_LIMIT = "at_limit"


class LeftOut(NamedTuple):
    user: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What a choice needs of the review. `declined`, `silent`: who was so in this very review."""

    proposer: str
    decider: str
    declined: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Why:
    """For "Why you: 1 turn in 90 days; Ben is away"."""

    turns: int
    days: int = WINDOW.days
    instead_of: tuple[LeftOut, ...] = ()
    """Whose turn would have come before, had they not been left out; soonest first."""
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """`advocate` None: the review is unseated. `relaxed`: everyone left was at their limit."""

    advocate: str | None = None
    stand_in: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    relaxed: bool = False
    why: Why = field(default_factory=lambda: Why(turns=0))


def choose_advocate(
    roster: Sequence[Member], turns: Sequence[Turn], proposal: ProposalFacts, now: datetime
) -> Choice:
    """The advocate and the stand-in for one review.

    `turns`: every turn of this seat in the last 90 days at least; older ones only refine "longest
    since they sat". The answer does not depend on the order of either sequence.
    """
    order = _in_turn(roster, turns, now)
    reasons = {m.user: _reason(m, proposal, now) for m in order}
    free = [m.user for m in order if reasons[m.user] is None]
    relaxed = False
    if not free:
        free = [m.user for m in order if reasons[m.user] is Reason.AT_LIMIT]
        relaxed = bool(free)
    passed = [
        LeftOut(m.user, reason)
        for m in order
        if (reason := reasons[m.user]) is not None and m.user not in free
    ]
    position = {m.user: (m.position, m.user) for m in roster}
    left_out = tuple(sorted(passed, key=lambda left: position[left.user]))
    if not free:
        return Choice(left_out=left_out)
    before = {m.user for m in takewhile(lambda m: m.user != free[0], order)}
    why = Why(
        turns=turns_counted(free[0], turns, now),
        instead_of=tuple(left for left in passed if left.user in before)[:NOTABLE],
        relaxed=relaxed,
    )
    return Choice(free[0], free[1] if len(free) > 1 else None, left_out, relaxed, why)


def _reason(member: Member, proposal: ProposalFacts, now: datetime) -> Reason | None:
    holds = {
        Reason.PROPOSER: member.user == proposal.proposer,
        Reason.DECIDER: member.user == proposal.decider,
        Reason.DEACTIVATED: member.deactivated,
        Reason.EXTERNAL: member.external,
        Reason.GUEST: member.guest,
        Reason.NOT_IN_CHANNEL: not member.in_channel,
        Reason.DECLINED: member.user in proposal.declined,
        Reason.SILENT: member.user in proposal.silent,
        Reason.AWAY: member.is_away(now),
        Reason.AT_LIMIT: member.open_reviews >= member.limit,
    }
    return next((reason for reason in Reason if holds[reason]), None)


def _in_turn(roster: Sequence[Member], turns: Sequence[Turn], now: datetime) -> list[Member]:
    load = loads(roster, turns, now)
    never = datetime.min.replace(tzinfo=UTC)
    kept = [t for t in turns if not t.given_back]

    def key(m: Member) -> tuple[bool, Fraction, datetime, int, str]:
        last_sat = max((t.seated_at for t in kept if t.user == m.user), default=never)
        return is_behind_everyone(m.user, turns), load[m.user], last_sat, m.position, m.user

    return sorted(roster, key=key)
