"""Connections that say nothing cost nobody a place: deadlines for a head, and a limit on their
number. uvicorn keeps a deadline only between two requests of one connection.
"""

import asyncio
from typing import Any

import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

log = structlog.get_logger("web")

HEAD_SECONDS = 10.0
"""For a whole request head, counted from the connection or from the end of its last request's
keep-alive. Slack sends one at once."""
MOST_CONNECTIONS = 256
"""Slack needs a few dozen. Well below the 1,024 files that a process may have open by default."""
_LOG_SECONDS = 60.0


class Connection(H11Protocol):
    """uvicorn's, closed when it takes its time, or when another needs the place.

    Leans on `connections`, `cycle` and `data_received` of uvicorn's class (pyproject.toml has an
    upper bound for it).
    """

    head_seconds = HEAD_SECONDS
    most = MOST_CONNECTIONS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head_deadline: asyncio.TimerHandle | None = None
        self._heard_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a request is being read or answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._heard_at = self.loop.time()
        self._expect_head()
        if len(self.connections) > self.most:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._heard_at = self.loop.time()
        super().data_received(data)
        if self.is_busy:
            self._head_is_here()
        elif self._head_deadline is None:
            self._expect_head()

    def _expect_head(self) -> None:
        self._head_deadline = self.loop.call_later(self.head_seconds, self._too_slow)

    def _head_is_here(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None

    def _too_slow(self) -> None:
        self._head_deadline = None
        if not self.is_busy:
            self.transport.abort()

    def _make_room(self) -> None:
        """The one that has been silent longest gives its place to this one; else this one goes."""
        others = [c for c in self.connections if isinstance(c, Connection) and not c.is_busy]
        waiting = [c for c in others if not c.transport.is_closing()]
        if waiting:
            min(waiting, key=lambda c: c._heard_at).transport.abort()


def quiet_when_files_run_out(loop: asyncio.AbstractEventLoop) -> None:
    """asyncio tries to accept once a second, and logs a traceback each time: one line a minute."""
    last = -_LOG_SECONDS

    def handle(loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        nonlocal last
        error = told.get("exception")
        if not isinstance(error, OSError) or "accept" not in str(told.get("message")):
            loop.default_exception_handler(told)
        elif loop.time() - last >= _LOG_SECONDS:
            last = loop.time()
            log.error("web.no_more_connections", error=error.strerror or type(error).__name__)

    loop.set_exception_handler(handle)
