"""Who takes turns and what they have sat: the values rotation reads, and how a turn is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from seat.zones import read_zone

WINDOW = timedelta(days=90)
OPEN_REVIEWS_LIMIT = 2


class Ending(StrEnum):
    """Why a turn ended before its review did."""

    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    SILENT = "silent"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Away:
    """Days away, both included, in the member's own zone."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Member:
    """One person on a seat's roster. A weight of 2 takes two turns where one of 1 takes one."""

    user: str
    position: int = 0
    weight: float = 1
    limit: int = OPEN_REVIEWS_LIMIT
    in_channel: bool = True
    deactivated: bool = False
    guest: bool = False
    external: bool = False
    away: tuple[Away, ...] = ()
    zone: str = "UTC"
    joined_at: datetime | None = None
    """None: on the roster since before anybody counted."""
    returned_at: datetime | None = None
    """Back after an absence no `away` range tells of; the end of a range need not be repeated."""
    open_reviews: int = 0

    def __post_init__(self) -> None:
        if self.share <= 0:
            raise ValueError(f"weight of {self.user} must be above 0, not {self.weight}")

    @property
    def share(self) -> Fraction:
        """The weight, exact: sums of turns for their weight are compared for being equal."""
        return Fraction(self.weight).limit_denominator(100)

    @property
    def could_sit(self) -> bool:
        return self.in_channel and not (self.deactivated or self.guest or self.external)

    def is_away(self, at: datetime) -> bool:
        day = at.astimezone(read_zone(self.zone)).date()
        return any(away.first <= day <= away.last for away in self.away)

    def is_present(self, at: datetime) -> bool:
        """Was on the roster and could be asked at that moment, as far as is known."""
        since = max((t for t in (self.joined_at, self.returned_at) if t), default=None)
        return self.could_sit and (since is None or since < at) and not self.is_away(at)

    def arrivals(self) -> list[datetime]:
        """When this member joined or came back; some may be yet to come."""
        zone = read_zone(self.zone)
        back = [
            datetime.combine(away.last + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
            for away in self.away
        ]
        return back + [at for at in (self.joined_at, self.returned_at) if at]


@dataclass(frozen=True, slots=True)
class Turn:
    """One seating. `ended_at` and `ending` only when it ended before its review did."""

    user: str
    seated_at: datetime
    given_back: bool = False
    review_id: int = 0
    ended_at: datetime | None = None
    ending: Ending | None = None


def turns_counted(user: str, turns: Iterable[Turn], now: datetime) -> int:
    return sum(t.user == user and counts(t, now) for t in turns)


def counts(turn: Turn, now: datetime) -> bool:
    return not turn.given_back and turn.seated_at > now - WINDOW


def loads(roster: Sequence[Member], turns: Sequence[Turn], now: datetime) -> dict[str, Fraction]:
    """Turns for their weight in the window, played through in order of time.

    Whoever arrives is raised to the lowest load present at that moment, so that nobody gets
    everything on the first day back; what lifted them leaves the window as everybody's turns do.
    People arriving at the same moment don't hold each other down.
    """
    load = {m.user: Fraction(0) for m in roster}
    share = {m.user: m.share for m in roster}
    arrived: dict[datetime, list[Member]] = {}
    for member in roster:
        for at in set(member.arrivals()):
            if now - WINDOW < at <= now:
                arrived.setdefault(at, []).append(member)
    sat = sorted((t for t in turns if counts(t, now) and t.user in load), key=_when)
    for at in sorted(arrived):
        while sat and sat[0].seated_at < at:
            turn = sat.pop(0)
            load[turn.user] += 1 / share[turn.user]
        newcomers = {m.user for m in arrived[at]}
        others = [load[m.user] for m in roster if m.user not in newcomers and m.is_present(at)]
        floor = min(others, default=Fraction(0))
        for user in newcomers:
            load[user] = max(load[user], floor)
    for turn in sat:
        load[turn.user] += 1 / share[turn.user]
    return load


def is_behind_everyone(user: str, turns: Sequence[Turn]) -> bool:
    """Declined, or reseated for silence, and nobody was seated in another review since."""
    ended = [
        (t.ended_at, t.review_id)
        for t in turns
        if t.user == user and t.ended_at and t.ending in (Ending.DECLINED, Ending.SILENT)
    ]
    if not ended:
        return False
    at, review_id = max(ended)
    return not any(t.review_id != review_id and t.seated_at >= at for t in turns)


def _when(turn: Turn) -> datetime:
    return turn.seated_at
