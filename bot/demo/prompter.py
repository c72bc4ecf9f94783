"""Lets a story that is told in one go be played step by step: it waits where each step begins."""

import threading
from collections.abc import Callable, Sequence

from playground import Step


class Prompter:
    """`tell` calls `begin` with each step's name, and runs in a thread of its own."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._at_rest = threading.Event()
        self._go = threading.Semaphore(0)
        self._thread: threading.Thread | None = None
        self.failure: BaseException | None = None
        """What ended the telling before its end, if anything did."""

    def steps(self, names: Sequence[str]) -> list[Step]:
        return [Step(name, self._play_on) for name in names]

    def begin(self, name: str) -> None:
        """To be called by the story: the step before is over, the next one waits for its turn."""
        self._at_rest.set()
        self._go.acquire()

    def _play_on(self) -> None:
        """From where the story waits to where the next step begins, or to the end."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="demo-story", daemon=True)
            self._thread.start()
            self._at_rest.wait()
        if self.failure is None:
            self._at_rest.clear()
            self._go.release()
            self._at_rest.wait()
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            self._tell()
        except Exception as error:
            self.failure = error
        finally:
            self._at_rest.set()
