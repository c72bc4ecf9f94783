"""Working time against literal dates: weekends, holidays, zones, and clocks that change.

2026-11-16 is a Monday. Berlin is UTC+1 in winter and +2 in summer, New York -5 and -4.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from seat.calendar import (
    WorkingHours,
    add_working_days,
    is_working,
    next_working_moment,
    working_days_between,
)

LONDON = WorkingHours("Europe/London")
BERLIN = WorkingHours("Europe/Berlin")
NEW_YORK = WorkingHours("America/New_York")
AUCKLAND = WorkingHours("Pacific/Auckland")
KOLKATA = WorkingHours("Asia/Kolkata")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "hours", "moment"),
    [
        ("2026-11-16 10:00", LONDON, "2026-11-16 10:00"),
        ("2026-11-16 06:00", LONDON, "2026-11-16 09:00"),
        ("2026-11-16 17:00", LONDON, "2026-11-16 17:00"),
        ("2026-11-16 17:01", LONDON, "2026-11-17 09:00"),
        ("2026-11-20 18:00", LONDON, "2026-11-23 09:00"),
        ("2026-11-21 12:00", LONDON, "2026-11-23 09:00"),
        ("2026-11-16 10:00", NEW_YORK, "2026-11-16 14:00"),
        ("2026-11-20 23:00", NEW_YORK, "2026-11-23 14:00"),
        ("2026-11-22 19:00", AUCKLAND, "2026-11-22 20:00"),
        ("2026-11-16 03:00", KOLKATA, "2026-11-16 03:30"),
    ],
)
def test_time_starts_with_the_next_working_hour_in_ones_own_zone(
    now: str, hours: WorkingHours, moment: str
) -> None:
    assert next_working_moment(at(now), hours) == at(moment)
    assert is_working(at(now), hours) == (now == moment)


@pytest.mark.parametrize(
    ("start", "days", "hours", "moment"),
    [
        ("2026-11-16 10:00", 0, LONDON, "2026-11-16 10:00"),
        ("2026-11-16 10:00", 1, LONDON, "2026-11-17 10:00"),
        ("2026-11-16 10:00", 2, LONDON, "2026-11-18 10:00"),
        ("2026-11-16 09:00", 0.5, LONDON, "2026-11-16 13:00"),
        ("2026-11-16 15:00", 0.5, LONDON, "2026-11-17 11:00"),
        ("2026-11-16 09:00", 1, LONDON, "2026-11-16 17:00"),
        ("2026-11-16 06:00", 2, LONDON, "2026-11-17 17:00"),
        ("2026-11-16 17:00", 1, LONDON, "2026-11-17 17:00"),
        ("2026-11-16 12:12", 0.6, LONDON, "2026-11-16 17:00"),
        ("2026-11-20 16:00", 1, LONDON, "2026-11-23 16:00"),
        ("2026-11-21 12:00", 1.5, LONDON, "2026-11-24 13:00"),
        ("2026-11-16 10:00", 20, LONDON, "2026-12-14 10:00"),
        # Friday evening in Auckland is still Friday morning in London.
        ("2026-11-20 04:30", 1, AUCKLAND, "2026-11-23 04:00"),
        ("2026-11-20 03:00", 1, AUCKLAND, "2026-11-23 03:00"),
        # Clocks in Berlin go back on 25 October 2026, in New York on 1 November.
        ("2026-10-23 10:00", 1, BERLIN, "2026-10-26 11:00"),
        ("2026-10-30 14:00", 1, NEW_YORK, "2026-11-02 15:00"),
        # And forward on 29 March.
        ("2026-03-27 10:00", 1, BERLIN, "2026-03-30 09:00"),
    ],
)
def test_working_days_are_added_in_hours_worked(
    start: str, days: float, hours: WorkingHours, moment: str
) -> None:
    assert add_working_days(at(start), days, hours) == at(moment)
    if is_working(at(start), hours):
        assert working_days_between(at(start), at(moment), hours) == pytest.approx(days)


def test_holidays_that_begin_mid_span_are_passed_over() -> None:
    hours = WorkingHours("Europe/London", holidays=frozenset({date(2026, 12, 25)}))
    assert add_working_days(at("2026-12-24 12:00"), 1, hours) == at("2026-12-28 12:00")
    assert add_working_days(at("2026-12-25 12:00"), 1, hours) == at("2026-12-28 17:00")
    assert working_days_between(at("2026-12-24 12:00"), at("2026-12-28 12:00"), hours) == 1.0
    assert not is_working(at("2026-12-25 12:00"), hours)


def test_a_holiday_is_a_date_in_the_zone_of_the_hours() -> None:
    hours = WorkingHours("Pacific/Auckland", holidays=frozenset({date(2026, 11, 17)}))
    assert not is_working(at("2026-11-16 21:00"), hours)
    assert is_working(at("2026-11-15 21:00"), hours)


def test_a_week_can_have_other_days_and_hours() -> None:
    hours = WorkingHours("Asia/Dubai", time(8), time(12), frozenset({6, 0, 1, 2, 3}))
    assert next_working_moment(at("2026-11-20 06:00"), hours) == at("2026-11-22 04:00")
    assert add_working_days(at("2026-11-19 06:00"), 1, hours) == at("2026-11-22 06:00")


def test_half_a_day_is_half_of_the_hours_of_that_day_when_clocks_change() -> None:
    night = WorkingHours("Europe/Berlin", time(0), time(4), frozenset(range(7)))
    assert add_working_days(at("2026-10-24 22:00"), 0.5, night) == at("2026-10-25 00:30")
    assert add_working_days(at("2026-03-28 23:00"), 0.5, night) == at("2026-03-29 00:30")


def test_hours_that_touch_a_gap_or_an_overlap_start_after_it_and_end_with_it() -> None:
    every_day = frozenset(range(7))
    gap = WorkingHours("Europe/Berlin", time(2, 30), time(10), every_day)
    assert next_working_moment(at("2026-03-29 00:00"), gap) == at("2026-03-29 01:30")
    overlap = WorkingHours("Europe/Berlin", time(0), time(2, 30), every_day)
    assert is_working(at("2026-10-25 01:29"), overlap)
    assert not is_working(at("2026-10-25 01:31"), overlap)


def test_a_day_that_a_zone_skipped_is_no_working_day() -> None:
    apia = WorkingHours("Pacific/Apia")
    assert next_working_moment(at("2011-12-30 05:00"), apia) == at("2012-01-01 19:00")
    assert working_days_between(at("2011-12-29 19:00"), at("2012-01-02 19:00"), apia) == 2.0


def test_measuring_backwards_is_negative_and_outside_hours_is_nothing() -> None:
    assert working_days_between(at("2026-11-17 09:00"), at("2026-11-16 13:00"), LONDON) == -0.5
    assert working_days_between(at("2026-11-20 17:00"), at("2026-11-23 09:00"), LONDON) == 0.0


def test_moments_in_any_zone_are_read_and_given_back_in_utc() -> None:
    eastern = datetime(2026, 11, 16, 5, 0, tzinfo=timezone(timedelta(hours=-5)))
    moment = add_working_days(eastern, 1, LONDON)
    assert moment == at("2026-11-17 10:00")
    assert moment.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        next_working_moment(datetime(2026, 11, 16, 10), LONDON)  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "America", "x" * 300, "\0"])
def test_an_unknown_zone_is_refused_by_its_name(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone") as refusal:
        WorkingHours(zone)
    assert repr(zone) in str(refusal.value)


def test_hours_that_never_come_are_refused() -> None:
    with pytest.raises(ValueError, match="end after they start"):
        WorkingHours("UTC", time(17), time(9))
    with pytest.raises(ValueError, match="at least one"):
        WorkingHours("UTC", weekdays=frozenset())
    with pytest.raises(ValueError, match="0 to 6"):
        WorkingHours("UTC", weekdays=frozenset({7}))


@pytest.mark.parametrize("days", [-1, -0.001, float("inf"), float("nan")])
def test_a_span_below_nothing_or_without_end_is_refused(days: float) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        add_working_days(at("2026-11-16 10:00"), days, LONDON)
