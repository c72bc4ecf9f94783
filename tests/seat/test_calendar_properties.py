"""What holds for every zone, every week and every span of working time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seat.calendar import (
    DAYS,
    WorkingHours,
    add_working_days,
    is_working,
    iso_week,
    next_digest_at,
    next_working_moment,
    working_days_between,
)

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "Asia/Kolkata",
        "Asia/Tehran",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
    ]
)
MOMENTS = st.datetimes(
    min_value=datetime(2011, 12, 1),  # noqa: DTZ001
    max_value=datetime(2029, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SPANS = st.floats(0, 12).map(lambda days: round(days, 4))


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    start, end = draw(st.sampled_from([(9, 17), (0, 3), (1, 2), (2, 23), (13, 22)]))
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    off = draw(st.frozensets(st.dates(date(2011, 12, 1), date(2029, 1, 1)), max_size=5))
    return WorkingHours(draw(ZONES), time(start, 30), time(end, 45), weekdays, off)


@given(MOMENTS, SPANS, working_hours())
def test_the_result_is_working_time_and_never_before_the_start(
    start: datetime, days: float, hours: WorkingHours
) -> None:
    moment = add_working_days(start, days, hours)
    assert is_working(moment, hours)
    assert moment >= next_working_moment(start, hours) >= start


@given(MOMENTS, SPANS, working_hours())
def test_adding_and_then_measuring_gives_the_same_span(
    start: datetime, days: float, hours: WorkingHours
) -> None:
    moment = add_working_days(start, days, hours)
    assert working_days_between(start, moment, hours) == pytest.approx(days, abs=1e-6)
    assert working_days_between(moment, start, hours) == pytest.approx(-days, abs=1e-6)


@given(MOMENTS, SPANS, SPANS, working_hours())
def test_more_days_are_never_sooner(
    start: datetime, days: float, more: float, hours: WorkingHours
) -> None:
    assert add_working_days(start, days, hours) <= add_working_days(start, days + more, hours)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)), SPANS, working_hours())
def test_a_later_start_is_never_sooner(
    start: datetime, wait: timedelta, days: float, hours: WorkingHours
) -> None:
    later = add_working_days(start + wait, days, hours)
    assert add_working_days(start, days, hours) <= later


@given(MOMENTS, working_hours())
def test_the_next_working_moment_is_its_own_next(now: datetime, hours: WorkingHours) -> None:
    moment = next_working_moment(now, hours)
    assert next_working_moment(moment, hours) == moment
    assert (moment == now) == is_working(now, hours)


@given(MOMENTS, ZONES, st.sampled_from(DAYS), st.times())
def test_digests_follow_one_another_once_in_each_week(
    after: datetime, zone: str, day: str, clock: time
) -> None:
    first = next_digest_at(after, zone, day, clock)
    # Samoa had no Friday on 30 December 2011: it fell on the day after, once.
    assume([*DAYS][first.astimezone(ZoneInfo(zone)).weekday()] == day)
    second = next_digest_at(first, zone, day, clock)
    assert after < first <= after + timedelta(days=7, hours=25)
    assert next_digest_at(first - timedelta(microseconds=1), zone, day, clock) == first
    assert iso_week(first, zone) != iso_week(second, zone)
    gap = second - first
    assert timedelta(days=5, hours=22) <= gap <= timedelta(days=7, hours=2)
