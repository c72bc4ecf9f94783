"""When the weekly digest goes out and which week it is of: one a seat and ISO week there."""

from datetime import UTC, datetime, time

from seat.calendar.hours import ONE_DAY, in_utc
from seat.zones import read_zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Written out everywhere: numbered weekdays start on different days in different tools."""


def next_digest_at(after: datetime, zone: str, day: str, at: time) -> datetime:
    """The first digest moment strictly after `after`, in UTC.

    A time that the clocks skip comes when they have moved on (02:30 becomes 03:30); one that they
    repeat comes once, the first time. ValueError for an unknown zone or day.
    """
    tz = read_zone(zone)
    if day not in DAYS:
        raise ValueError(f"unknown day: {day!r}; one of {', '.join(DAYS)}")
    local = in_utc(after).astimezone(tz).date()
    local += ONE_DAY * ((DAYS.index(day) - local.weekday()) % 7)
    while (moment := datetime.combine(local, at.replace(fold=0), tz).astimezone(UTC)) <= in_utc(
        after
    ):
        local += ONE_DAY * 7
    return moment


def iso_week(at: datetime, zone: str) -> str:
    """The ISO week there, as "2026-W47": weeks start on Monday, week 1 holds 4 January."""
    year, week, _ = in_utc(at).astimezone(read_zone(zone)).isocalendar()
    return f"{year:04}-W{week:02}"


def is_still_that_week(due: datetime, now: datetime, zone: str) -> bool:
    """A digest that was missed is sent as long as its week lasts."""
    return iso_week(due, zone) == iso_week(now, zone)
