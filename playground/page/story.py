"""A story played step by step from the page, and which traffic belongs to which step."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from playground.state.records import Json
from playground.wire import Wire

State = Literal["waiting", "playing", "played", "failed"]


@dataclass(frozen=True)
class Step:
    title: str
    play: Callable[[], object]
    """Returns when what has to come of it has come; what it raises is shown as its words."""


@dataclass
class _Told:
    step: Step
    state: State = "waiting"
    since: int = 0
    """The number of the last exchange on the wire before this step."""
    until: int | None = None
    seconds: float = 0.0
    trouble: str = ""


class Story:
    """One step at a time, in order. A step that failed can be played again."""

    def __init__(self, wire: Wire, tell: Callable[[], None]) -> None:
        self._wire = wire
        self._tell = tell
        self._told: list[_Told] = []
        self._one_at_a_time = threading.Lock()

    def set_steps(self, steps: Sequence[Step]) -> None:
        self._told = [_Told(step) for step in steps]
        self._tell()

    def play_next(self) -> bool:
        """False when there was nothing left to play, or another step is playing."""
        if not self._one_at_a_time.acquire(blocking=False):
            return False
        try:
            told = next((t for t in self._told if t.state in ("waiting", "failed")), None)
            if told is None:
                return False
            self._play(told)
            return told.state == "played"
        finally:
            self._one_at_a_time.release()
            self._tell()

    def play_all(self) -> None:
        """To the end, or to the first step that fails."""
        while self.play_next():
            pass

    def _play(self, told: _Told) -> None:
        told.state, told.trouble = "playing", ""
        told.since, told.until = len(self._wire), None
        self._tell()
        start = time.monotonic()
        try:
            told.step.play()
            told.state = "played"
        except Exception as error:  # whatever a step raises is what went wrong in the story
            told.state, told.trouble = "failed", str(error) or type(error).__name__
        told.seconds = time.monotonic() - start
        told.until = len(self._wire)

    def shape(self) -> list[Json]:
        return [
            {
                "title": told.step.title,
                "state": told.state,
                "since": told.since,
                "until": told.until,
                "seconds": told.seconds,
                "trouble": told.trouble,
            }
            for told in self._told
        ]
