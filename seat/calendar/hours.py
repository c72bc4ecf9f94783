"""Working hours of one person or seat, and the moments they are made of.

Every datetime in and out is aware and in UTC; a day is a date in the hours' own zone. Zones come
from seat/zones.py.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from seat.zones import read_zone

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(1, 3, 1), date(9999, 11, 1)
"""Days around which there are others in every zone. "31 December 9999" is how some say *never*."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When someone works: local `start` to `end` on `weekdays` (Monday is 0), except `holidays`.

    ValueError for an unknown zone, an end that is not after the start, or no weekdays at all.
    """

    zone: str
    start: time = time(9)
    end: time = time(17)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = field(default=frozenset())

    def __post_init__(self) -> None:
        read_zone(self.zone)
        if self.start.tzinfo or self.end.tzinfo or self.end <= self.start:
            raise ValueError(f"hours must end after they start: {self.start} to {self.end}")
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError(f"weekdays are 0 to 6, at least one: {sorted(self.weekdays)}")


@dataclass(frozen=True, slots=True)
class Window:
    """One working day's hours, both ends in UTC and both still working time."""

    day: date
    opens: datetime
    closes: datetime

    @property
    def length(self) -> timedelta:
        return self.closes - self.opens


def local_day(at: datetime, hours: WorkingHours) -> date:
    """The date where these hours are kept."""
    return in_utc(at).astimezone(read_zone(hours.zone)).date()


def window_on(day: date, hours: WorkingHours) -> Window | None:
    """The hours worked on that day; None on a day off, or one that the zone skipped altogether.

    Clocks that go forward move a start in the gap to after it; when they go back, the day lasts
    from the first start to the second end.
    """
    if day.weekday() not in hours.weekdays or day in hours.holidays:
        return None
    zone = read_zone(hours.zone)
    opens = datetime.combine(day, hours.start, zone).astimezone(UTC)
    closes = datetime.combine(day, hours.end.replace(fold=1), zone).astimezone(UTC)
    # Fold 1 before a gap names an earlier moment; the plain reading names the one after it.
    closes = max(closes, datetime.combine(day, hours.end, zone).astimezone(UTC))
    skipped = opens.astimezone(zone).date() != day or closes.astimezone(zone).date() != day
    return None if skipped or closes <= opens else Window(day, opens, closes)


def window_from(day: date, hours: WorkingHours) -> Window:
    """The first working window on that day or after it."""
    while (window := window_on(day, hours)) is None:
        day += ONE_DAY
    return window


def window_until(day: date, hours: WorkingHours) -> Window:
    """The last working window on that day or before it; between FIRST and LAST."""
    day = min(max(day, FIRST), LAST)
    while (window := window_on(day, hours)) is None:
        day -= ONE_DAY
    return window


def in_utc(at: datetime) -> datetime:
    """The moment in UTC. ValueError for a naive one: the machine's zone must not decide."""
    if at.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {at!r}")
    return at.astimezone(UTC)
