"""A lock that keeps the order in which it was asked for: SQLite has one writer."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from db.troubles import StoreUnreachable


class FairLock:
    """First come, first served: a plain Lock lets a busy thread overtake those who wait."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._holder: int | None = None

    @contextmanager
    def hold(self, *, timeout: float | None = None) -> Iterator[None]:
        """Raises StoreUnreachable after `timeout` seconds, RuntimeError if we hold it already."""
        me = threading.get_ident()
        turn = threading.Event()
        with self._guard:
            if self._holder == me:
                raise RuntimeError("a transaction was begun inside a transaction")
            if self._holder is None:
                self._holder = me
                turn.set()
            else:
                self._waiting.append(turn)
        try:
            if not turn.wait(timeout):
                raise StoreUnreachable("others have been writing for too long")
        except BaseException:  # also KeyboardInterrupt: whoever stops waiting must leave the line
            with self._guard:
                if turn.is_set():
                    self._pass_on()
                else:
                    self._waiting.remove(turn)
            raise
        self._holder = me
        try:
            yield
        finally:
            with self._guard:
                self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting:
            self._holder = 0  # nobody's own, and not free: it belongs to the one just woken
            self._waiting.popleft().set()
        else:
            self._holder = None
