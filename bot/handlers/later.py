"""Work that Slack waits three seconds for, and that may take longer: begun beside, waited for a
moment, and gone on with when the answer is given."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """`work` runs on a thread of its own from now on; it ends with the process."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._done = threading.Event()
        self._found: list[T] = []
        self._trouble: BaseException | None = None
        threading.Thread(target=self._run, args=[work], name="later", daemon=True).start()

    def is_done(self, within: float) -> bool:
        """In seconds."""
        return self._done.wait(within)

    def result(self) -> T:
        """Waits for it, and raises what it raised."""
        self._done.wait()
        if self._trouble is not None:
            raise self._trouble
        return self._found[0]

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._found.append(work())
        except BaseException as trouble:
            self._trouble = trouble
        finally:
            self._done.set()
