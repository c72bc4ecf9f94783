"""How long a stop may take: one deadline, given to everything that is told to stop."""

import time

STOP_SECONDS = 9
"""From being told to stop: the process is to be gone within ten, and has to close its files."""


class Deadline:
    def __init__(self, seconds: float = STOP_SECONDS) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, at least 0."""
        return max(0.0, self._at - time.monotonic())
