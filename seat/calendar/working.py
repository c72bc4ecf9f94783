"""Working time as arithmetic: add to it, measure it, find its next moment.

The unit is the working day: half a day is half of that day's hours, whatever they are (8 as they
come). A span that uses a day up ends when that day closes, not when the next one opens.
"""

from datetime import datetime, timedelta
from fractions import Fraction

from seat.calendar.hours import (
    ONE_DAY,
    WorkingHours,
    in_utc,
    local_day,
    window_from,
    window_on,
)

_FINEST = 1_000_000
_MICROSECOND = timedelta(microseconds=1)


def is_working(now: datetime, hours: WorkingHours) -> bool:
    """Inside the hours; the closing moment itself still counts, as things fall due then."""
    window = window_on(local_day(now, hours), hours)
    return window is not None and window.opens <= in_utc(now) <= window.closes


def next_working_moment(now: datetime, hours: WorkingHours) -> datetime:
    """`now` if it is working time, else when the next working day opens."""
    now, day = in_utc(now), local_day(now, hours)
    window = window_from(day, hours)
    if now > window.closes:
        window = window_from(window.day + ONE_DAY, hours)
    return max(now, window.opens)


def add_working_days(start: datetime, days: float, hours: WorkingHours) -> datetime:
    """The moment when so many working days have passed since `start` (or since the next working
    moment, outside the hours). ValueError for a negative or endless number."""
    if not 0 <= days < float("inf"):
        raise ValueError(f"working days to add must be zero or more: {days}")
    moment = next_working_moment(start, hours)
    left = Fraction(days).limit_denominator(_FINEST)
    if not left:
        return moment
    window = window_from(local_day(moment, hours), hours)
    left += Fraction((moment - window.opens) // _MICROSECOND, window.length // _MICROSECOND)
    while left > 1:
        window, left = window_from(window.day + ONE_DAY, hours), left - 1
    return window.opens + round(left * (window.length // _MICROSECOND)) * _MICROSECOND


def working_days_between(a: datetime, b: datetime, hours: WorkingHours) -> float:
    """Working days from `a` to `b`, as `add_working_days` counts; negative if `b` comes first."""
    if in_utc(b) < in_utc(a):
        return -working_days_between(b, a, hours)
    day, last, passed = local_day(a, hours), local_day(b, hours), Fraction(0)
    while day <= last:
        if window := window_on(day, hours):
            opens, closes = max(in_utc(a), window.opens), min(in_utc(b), window.closes)
            if closes > opens:
                passed += Fraction((closes - opens) // _MICROSECOND, window.length // _MICROSECOND)
        day += ONE_DAY
    return float(passed)
