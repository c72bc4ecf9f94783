"""Slack's time in the demo: the business clock's, so that what people read on Monday says Monday.

The machine's clock is left alone: leases, rate limits and signatures run in real time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from seat.zones import read_zone

OPENS_AT = 10
ZONE = read_zone("Europe/Madrid")
WEDNESDAY, THURSDAY, MONDAY = 2, 3, 0


class SlackTime:
    """The playground's clock, for `playground.clock.Clock`."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        return self._clock.now().timestamp()

    def seconds_until(self, moment: float) -> float | None:
        return max(0.0, moment - self.now())

    def when_moved(self, tell: Callable[[], None]) -> None:
        self._listeners.append(tell)

    def was_moved(self) -> None:
        for tell in self._listeners:
            tell()


def first_morning(now: datetime) -> datetime:
    """When a fresh workspace begins: on a Wednesday, so that the week's digest is not far."""
    return next_weekday(now, WEDNESDAY, OPENS_AT, ZONE)


def next_weekday(after: datetime, weekday: int, hour: int, zone: ZoneInfo) -> datetime:
    """The first `weekday` (0: Monday) at `hour`:00 in `zone` that lies after `after`."""
    local = after.astimezone(zone)
    day = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    day += timedelta(days=(weekday - local.weekday()) % 7)
    return day if day > local else day + timedelta(days=7)
