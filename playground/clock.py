"""The playground's clock: message times, triggers, retries and rate limits read it.

Signatures and waiting for an answer do not: those are the machine's time, as a bot reads it too.
"""

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float: ...

    def seconds_until(self, moment: float) -> float | None:
        """How long to wait for a moment; None: until somebody moves the clock."""
        ...

    def when_moved(self, tell: Callable[[], None]) -> None: ...


class SystemClock:
    def now(self) -> float:
        return time.time()

    def seconds_until(self, moment: float) -> float | None:
        return max(0.0, moment - self.now())

    def when_moved(self, tell: Callable[[], None]) -> None:
        """It moves by itself."""


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, start: float = 1_763_795_403.0) -> None:
        self._now = start
        self._tell: list[Callable[[], None]] = []

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("a clock does not go back")
        self._now += seconds
        for tell in self._tell:
            tell()

    def seconds_until(self, moment: float) -> float | None:
        return 0.0 if moment <= self._now else None

    def when_moved(self, tell: Callable[[], None]) -> None:
        self._tell.append(tell)
