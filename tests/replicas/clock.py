"""One clock for Slack, people and every process: the machine's, moved on by what a file says.

So each story begins on the same Monday, and a week passes in every process at the same instant.
"""

import mmap
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

_NUMBER = struct.Struct("d")


class Shift:
    """Seconds between the machine's clock and ours, in a file that all processes share."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_NUMBER.pack(0.0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _NUMBER.size)

    def now(self) -> float:
        ahead: float = _NUMBER.unpack_from(self._shared)[0]
        return time.time() + ahead

    def begin_at(self, moment: datetime) -> None:
        _NUMBER.pack_into(self._shared, 0, moment.timestamp() - time.time())


class BotClock:
    """Business and machine time of a bot."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._shift.now(), UTC)

    machine = now


class SlackClock:
    """The playground's; it moves by itself, and further when told."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._tell: list[Callable[[], None]] = []

    def now(self) -> float:
        return self._shift.now()

    def seconds_until(self, moment: float) -> float | None:
        return max(0.0, moment - self.now())

    def when_moved(self, tell: Callable[[], None]) -> None:
        self._tell.append(tell)

    def move_to(self, moment: datetime) -> None:
        self._shift.begin_at(moment)
        for tell in self._tell:
            tell()
