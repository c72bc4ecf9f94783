"""How long to wait before something is tried again. Who waits, and for what, is for others."""

import random


class Patience:
    """Twice as long each time, up to a limit, and never quite in step with other processes."""

    def __init__(self, first: float, longest: float) -> None:
        """In seconds."""
        self._first, self._longest = first, longest
        self._next = first

    def next(self) -> float:
        """Seconds from now: between half of its time and all of it."""
        now, self._next = self._next, min(self._next * 2, self._longest)
        return now * random.uniform(0.5, 1.0)

    def calm(self) -> None:
        """It went well: the next wait is a first one."""
        self._next = self._first
