from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import MovableClock, SystemClock

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Standing:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def machine(self) -> datetime:
        return self.at


def test_both_system_clocks_are_aware_and_in_utc() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() == clock.machine().utcoffset() == timedelta(0)


def test_moving_moves_business_time_and_leaves_the_machines() -> None:
    machine = Standing()
    clock = MovableClock(machine)
    clock.move_to(START + 5 * HOUR)
    assert (clock.now(), clock.machine()) == (START + 5 * HOUR, START)
    machine.at += HOUR
    assert clock.now() == START + 6 * HOUR


def test_it_does_not_go_back_and_takes_no_time_without_a_zone() -> None:
    clock = MovableClock(Standing())
    clock.move_to(START + HOUR)
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(START)
    with pytest.raises(ValueError, match="zone"):
        clock.move_to(datetime(2026, 3, 3))  # noqa: DTZ001
