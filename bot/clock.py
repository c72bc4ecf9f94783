"""The two clocks. Nothing else in the project reads the time of day.

*Business* time says what is due; a demo may move it forward. *Machine* time says what is late on
the wire (leases, retries, throttles) and how old what we know of people is; it is never moved.
"""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Business time, aware, in UTC."""
        ...

    def machine(self) -> datetime:
        """Machine time, aware, in UTC."""
        ...


class SystemClock:
    """Both clocks are the machine's: what serves people runs on this one."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def machine(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """Business time that stands where it was moved to, and runs on from there. Only for a demo."""

    def __init__(self, machine: Clock, *, begins: datetime | None = None) -> None:
        """`begins`: business time now (aware), also before the machine's: it stood still while
        nothing ran."""
        self._machine = machine
        self._lock = threading.Lock()
        self._ahead = begins - machine.machine() if begins is not None else timedelta()

    def now(self) -> datetime:
        with self._lock:
            return self._machine.machine() + self._ahead

    def machine(self) -> datetime:
        return self._machine.machine()

    def move_to(self, when: datetime) -> None:
        """Raises ValueError when `when` is naive or lies before now."""
        if when.tzinfo is None:
            raise ValueError("a moment needs its zone")
        with self._lock:
            ahead = when - self._machine.machine()
            if ahead < self._ahead:
                raise ValueError("the clock only moves forward")
            self._ahead = ahead
