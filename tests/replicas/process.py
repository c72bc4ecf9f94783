"""One real bot process: `customer-seat serve` with another clock and pace, and a chosen end.

Everything is put around the program from outside, here: production code knows of no test. The end
is SIGKILL, which the process sends itself at the boundary that was asked for: nothing runs after
it, no `finally`, no `atexit`, no flush.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from sqlmodel import Session

from bot import app, serving
from bot.catching_up import CatchingUp, Pace
from bot.clock import SystemClock
from bot.deadline import STOP_SECONDS, Deadline
from bot.delivery.durations import Durations
from bot.delivery.throttles import Throttles
from bot.settings import Settings
from bot.slack.connections import Connections
from bot.slack.socket_mode import SocketDurations, SocketRunner
from db.store import Store
from tests.replicas import release
from tests.replicas.clock import BotClock, Shift

T = TypeVar("T")
BOUNDARIES = (
    "before commit",
    "after commit",
    "leased",
    "before sending",
    "sent",
    "stored",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to be; plain values, for it goes to another process as JSON."""

    env: dict[str, str]
    log: str
    shift: str
    """The file with the clock that all share."""
    boundary: str = ""
    """Where it ends; "" for nowhere."""
    skip: int = 0
    """So many times it comes through there first, once armed."""
    armed: bool = False
    """Already while it starts; otherwise from SIGUSR1 on."""
    fast: bool = False
    """Leases, looks and retries of a few seconds, and no pace of our own: for a test's patience."""
    stop: float = STOP_SECONDS
    """How long it may take to stop, before it closes its files."""
    next_release: str = ""
    """The folder of its migrations: with another table, column and kind of message (release.py)."""
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


FAST = Durations(
    poll=0.5,
    request=3,
    lease=4.0,
    first_look=5.0,
    next_look=1.0,
    longest_retry=4.0,
    unknown_kind=1.0,
    sweep=1.0,
)
FAST_PACE = Pace(request=3, lease=5.0, retry=1.0, poll=1.0)
FAST_SOCKETS = SocketDurations(stagger=0.5, watch=0.2, retire=3.0, longest_retry=2.0)


class End:
    """Counts how often a boundary is passed, and is the end of the process at the chosen one."""

    def __init__(self, order: Order) -> None:
        self._boundary, self._skip, self.armed = order.boundary, order.skip, order.armed
        self._lock = threading.Lock()
        self.here = threading.local()

    def passes(self, boundary: str) -> None:
        if not self.armed or boundary != self._boundary:
            return
        with self._lock:
            self._skip -= 1
            if self._skip < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    # Calls to Slack

    def around(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **how: Any) -> Any:
            self.passes("before sending")
            answer = send(*given, **how)
            self.here.has_sent = True
            self.passes("sent")
            return answer

        return call


class MortalStore(Store):
    """The database, as a process sees it that may end around any commit."""

    end: End

    def transact(self, deed: Callable[[Session], T]) -> T:
        def watched(session: Session) -> T:
            result = deed(session)
            session.flush()
            self.end.passes("before commit")
            return result

        result = super().transact(watched)
        self.end.passes("after commit")
        if getattr(deed, "__name__", "") == "_claim" and result is not None:
            self.end.passes("leased")
        if getattr(self.end.here, "has_sent", False):
            self.end.here.has_sent = False
            self.end.passes("stored")
        return result


def live(order: Order) -> None:
    """Serve until SIGTERM, or until its end."""
    end = End(order)
    signal.signal(signal.SIGUSR1, lambda *_: setattr(end, "armed", True))
    os.environ.clear()
    os.environ.update(order.env)
    with _put_around(order, end):
        serving.run(Settings(_env_file=None))


@contextmanager
def _put_around(order: Order, end: End) -> Iterator[None]:
    clock = BotClock(Shift(Path(order.shift)))
    store = type("EndingStore", (MortalStore,), {"end": end})
    changes: list[tuple[object, str, Any]] = [
        (serving, "Deadline", lambda: Deadline(order.stop)),
        (serving, "Store", store),
        (serving, "SystemClock", lambda: clock),
        # Slack signs by the machine's clock, and so do we read it there.
        (serving, "build_web", lambda a, **k: _build_web(a, **{**k, "clock": SystemClock()})),
        (Connections, "send", end.around(Connections.send)),
    ]
    if order.fast:
        changes += [
            (serving, "build_app", partial(serving.build_app, durations=FAST)),
            (serving, "SocketRunner", partial(SocketRunner, durations=FAST_SOCKETS)),
            (app, "CatchingUp", partial(CatchingUp, pace=FAST_PACE)),
            (app, "Throttles", Throttles.none),
        ]
    if order.next_release:
        changes += release.changes(Path(order.next_release))
    with _patched(changes):
        yield


_build_web = serving.build_web


@contextmanager
def _patched(changes: list[tuple[object, str, Any]]) -> Iterator[None]:
    if not changes:
        yield
        return
    place, name, value = changes[0]
    with patch.object(place, name, value), _patched(changes[1:]):
        yield
