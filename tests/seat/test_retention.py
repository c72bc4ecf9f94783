"""How long reviews are kept: for good, or until their time is over and nothing is to come."""

from datetime import UTC, datetime, timedelta

import pytest

from seat.facts import State
from seat.retention import FOR_GOOD, PERIODS, ends_at, is_to_be_told, may_go, read_period

THEN = datetime(2026, 3, 31, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed_at", "months", "ends"),
    [
        (THEN, 12, datetime(2027, 3, 31, 9, tzinfo=UTC)),
        (THEN, 24, datetime(2028, 3, 31, 9, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 12, datetime(2025, 2, 28, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 48, datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), 1, datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_period_ends_on_the_same_day(changed_at: datetime, months: int, ends: datetime) -> None:
    assert ends_at(changed_at, months) == ends


def test_it_is_told_of_thirty_days_ahead_and_not_before() -> None:
    ends = ends_at(THEN, 12)
    assert is_to_be_told(THEN, 12, ends - timedelta(days=30))
    assert not is_to_be_told(THEN, 12, ends - timedelta(days=30, seconds=1))


@pytest.mark.parametrize(
    ("state", "deferred", "owes", "goes"),
    [
        (State.CLOSED, False, 0, True),
        (State.WITHDRAWN, False, 0, True),
        (State.DECIDED, False, 0, True),
        (State.DECIDED, True, 0, False),
        (State.DECIDED, False, 1, False),
        (State.CLOSED, False, 2, False),
        (State.OPEN, False, 0, False),
        (State.HEARD, False, 0, False),
    ],
)
def test_what_may_go(state: State, deferred: bool, owes: int, goes: bool) -> None:
    assert may_go(state, deferred=deferred, owes=owes) is goes


def test_what_a_form_says() -> None:
    assert read_period(FOR_GOOD) is None
    assert [read_period(str(months)) for months in PERIODS] == [*PERIODS]
    for wrong in ("x", "1", "-12", "twelve", "120000"):
        with pytest.raises(ValueError, match=wrong):
            read_period(wrong)
