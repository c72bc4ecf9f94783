"""When things fall due, and when the digest goes out. 2026-11-16 is a Monday, in week 47."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from seat.calendar import (
    WorkingHours,
    answer_span,
    due_after_rung,
    due_another_decider,
    due_answers,
    due_confirm,
    due_decision,
    due_keepers,
    due_lapse,
    due_nudge,
    due_quiet,
    due_reseat,
    due_stand_in,
    is_lapsed,
    is_quiet,
    is_still_that_week,
    iso_week,
    next_digest_at,
)
from seat.facts import Size

UTC_HOURS = WorkingHours("UTC")
FULL, QUICK = Size.FULL, Size.QUICK


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MONDAY = at("2026-11-16 10:00")


def test_answers_are_due_in_two_working_days_and_quick_ones_in_one() -> None:
    assert due_answers(MONDAY, FULL, 2, UTC_HOURS) == at("2026-11-18 10:00")
    assert due_answers(MONDAY, QUICK, 2, UTC_HOURS) == at("2026-11-17 10:00")
    assert due_answers(at("2026-11-20 19:00"), FULL, 2, UTC_HOURS) == at("2026-11-24 17:00")


def test_a_seat_may_give_more_days_or_fewer_and_quick_is_never_longer() -> None:
    assert answer_span(FULL, 5) == 5
    assert answer_span(QUICK, 5) == 1
    assert answer_span(QUICK, 0.5) == 0.5


def test_the_ladder_stands_at_half_one_one_and_a_half_and_two_spans() -> None:
    assert due_nudge(MONDAY, FULL, 2, UTC_HOURS) == at("2026-11-17 10:00")
    assert due_stand_in(MONDAY, FULL, 2, UTC_HOURS) == at("2026-11-18 10:00")
    assert due_reseat(MONDAY, FULL, 2, UTC_HOURS) == at("2026-11-19 10:00")
    assert due_keepers(MONDAY, FULL, 2, UTC_HOURS) == at("2026-11-20 10:00")
    assert due_nudge(MONDAY, QUICK, 2, UTC_HOURS) == at("2026-11-16 14:00")
    assert due_reseat(MONDAY, QUICK, 2, UTC_HOURS) == at("2026-11-17 14:00")


def test_a_silent_decider_has_a_working_day_after_the_reminder() -> None:
    assert due_another_decider(MONDAY, UTC_HOURS) == at("2026-11-17 10:00")
    assert due_another_decider(at("2026-11-20 15:00"), UTC_HOURS) == at("2026-11-23 15:00")


@pytest.mark.parametrize(
    ("due", "sent_before", "sent"),
    [
        ("2026-11-18 10:00", None, "2026-11-18 10:00"),
        ("2026-11-18 10:00", "2026-11-17 10:00", "2026-11-18 10:00"),
        ("2026-11-18 10:00", "2026-11-18 09:00", "2026-11-18 13:00"),
        ("2026-11-18 10:00", "2026-11-18 16:00", "2026-11-19 12:00"),
        ("2026-11-18 22:00", None, "2026-11-19 09:00"),
        ("2026-11-21 10:00", None, "2026-11-23 09:00"),
    ],
)
def test_a_rung_waits_for_the_one_before_and_for_working_hours(
    due: str, sent_before: str | None, sent: str
) -> None:
    before = at(sent_before) if sent_before else None
    assert due_after_rung(at(due), before, UTC_HOURS) == at(sent)


@pytest.mark.parametrize(
    ("decide_by", "due"),
    [
        (None, "2026-11-19 10:00"),
        (date(2026, 11, 20), "2026-11-20 17:00"),
        (date(2026, 11, 16), "2026-11-16 17:00"),
        (date(2026, 11, 22), "2026-11-20 17:00"),
        (date(2026, 11, 13), "2026-11-16 10:00"),
    ],
)
def test_the_decision_is_due_at_the_close_of_its_day_or_in_three(
    decide_by: date | None, due: str
) -> None:
    assert due_decision(MONDAY, decide_by, UTC_HOURS) == at(due)


def test_decide_by_is_a_day_in_the_deciders_zone() -> None:
    auckland = WorkingHours("Pacific/Auckland")
    assert due_decision(MONDAY, date(2026, 11, 20), auckland) == at("2026-11-20 04:00")


def test_a_say_back_waits_one_working_day() -> None:
    assert due_confirm(at("2026-11-20 12:00"), UTC_HOURS) == at("2026-11-23 12:00")


def test_a_review_is_quiet_after_twenty_working_days_and_lapses_five_later() -> None:
    asked = due_quiet(MONDAY, UTC_HOURS)
    assert asked == at("2026-12-14 10:00")
    assert is_quiet(MONDAY, asked, UTC_HOURS)
    assert not is_quiet(MONDAY, asked - timedelta(seconds=1), UTC_HOURS)
    lapse = due_lapse(asked, UTC_HOURS)
    assert lapse == at("2026-12-21 10:00")
    assert is_lapsed(asked, lapse, UTC_HOURS)
    assert not is_lapsed(asked, lapse - timedelta(seconds=1), UTC_HOURS)


@pytest.mark.parametrize(
    ("after", "zone", "day", "clock", "moment"),
    [
        ("2026-11-16 08:59", "UTC", "mon", time(9), "2026-11-16 09:00"),
        ("2026-11-16 09:00", "UTC", "mon", time(9), "2026-11-23 09:00"),
        ("2026-11-16 10:00", "UTC", "tue", time(9), "2026-11-17 09:00"),
        ("2026-11-16 10:00", "UTC", "sun", time(9), "2026-11-22 09:00"),
        ("2026-11-16 10:00", "America/New_York", "mon", time(9), "2026-11-16 14:00"),
        ("2026-11-15 19:00", "Pacific/Auckland", "mon", time(9), "2026-11-15 20:00"),
        # Through a change of the clocks it stays at the same local time.
        ("2026-10-19 12:00", "Europe/Berlin", "mon", time(9), "2026-10-26 08:00"),
        # 02:30 is skipped in Berlin on 29 March 2026, and comes twice on 25 October.
        ("2026-03-28 12:00", "Europe/Berlin", "sun", time(2, 30), "2026-03-29 01:30"),
        ("2026-03-29 01:30", "Europe/Berlin", "sun", time(2, 30), "2026-04-05 00:30"),
        ("2026-10-24 12:00", "Europe/Berlin", "sun", time(2, 30), "2026-10-25 00:30"),
        ("2026-10-25 00:30", "Europe/Berlin", "sun", time(2, 30), "2026-11-01 01:30"),
        ("2026-10-25 01:00", "Europe/Berlin", "sun", time(2, 30), "2026-11-01 01:30"),
    ],
)
def test_the_digest_comes_once_a_week_at_its_local_time(
    after: str, zone: str, day: str, clock: time, moment: str
) -> None:
    assert next_digest_at(at(after), zone, day, clock) == at(moment)


def test_an_unknown_day_or_zone_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match="unknown day: 'monday'"):
        next_digest_at(MONDAY, "UTC", "monday", time(9))
    with pytest.raises(ValueError, match="unknown time zone: 'Mars/Olympus'"):
        next_digest_at(MONDAY, "Mars/Olympus", "mon", time(9))
    with pytest.raises(ValueError, match="Mars/Olympus"):
        iso_week(MONDAY, "Mars/Olympus")


@pytest.mark.parametrize(
    ("moment", "zone", "week"),
    [
        ("2026-11-16 10:00", "UTC", "2026-W47"),
        ("2026-11-15 23:59", "UTC", "2026-W46"),
        ("2026-11-15 23:59", "Europe/Berlin", "2026-W47"),
        ("2026-11-16 04:59", "America/New_York", "2026-W46"),
        ("2026-12-31 12:00", "UTC", "2026-W53"),
        ("2027-01-03 12:00", "UTC", "2026-W53"),
        ("2027-01-04 12:00", "UTC", "2027-W01"),
    ],
)
def test_the_week_is_the_iso_week_there(moment: str, zone: str, week: str) -> None:
    assert iso_week(at(moment), zone) == week


def test_a_missed_digest_is_sent_while_it_is_still_that_week() -> None:
    due = at("2026-11-16 09:00")
    assert is_still_that_week(due, at("2026-11-22 23:59"), "UTC")
    assert not is_still_that_week(due, at("2026-11-23 00:00"), "UTC")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Etc/GMT+12", "UTC", "Pacific/Kiritimati"])
@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_a_day_at_the_end_of_the_calendar_is_as_good_as_one_near_it(zone: str, day: date) -> None:
    """ "31 December 9999" is how some write *whenever*; west of Greenwich it ends in year 10000."""
    due = due_decision(MONDAY, day, WorkingHours(zone))
    assert due.year == 9999 if day.year == 9999 else MONDAY <= due <= MONDAY + timedelta(days=3)
