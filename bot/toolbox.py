"""What every handler and job is given: made once in app.py, handed around, never imported."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any

import structlog
from sqlmodel import Session

from bot.checklists import Checklists
from bot.clock import Clock
from bot.metrics import Metrics
from bot.reviews.deed import Deed, redraw_changed
from bot.slack.client import Clients
from bot.slack.directory import Directory
from bot.slack.links import Links
from bot.wording import Wording
from db.inbox import AlreadyDone, answered, take_in
from db.store import Store
from seat.bounds import PRESSES, PRESSES_AT_ONCE, PRIVATE_ANSWERS

log = structlog.get_logger("deeds")

Response = dict[str, Any]
"""What Slack is told in the acknowledgement; {} is a bare one."""


class Unheard:
    """Where an event could not be stored. Slack may give it up before we can, so it is read there.

    In memory: whoever starts reads everything.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: set[tuple[str, str]] = set()
        self._doubted: set[str] = set()

    def note(self, workspace_id: str, channel_id: str = "") -> None:
        """`channel_id` "": it may be any of the workspace's."""
        with self._lock:
            self._places.add((workspace_id, channel_id))

    def take(self) -> set[tuple[str, str]]:
        """Each (workspace, channel) once: whoever takes them has them read, or notes them again."""
        with self._lock:
            places, self._places = self._places, set()
        return places

    def doubt(self, workspace_id: str) -> None:
        """What changed about its people or channels was told us, and could not be stored."""
        with self._lock:
            self._doubted.add(workspace_id)

    def take_doubted(self) -> set[str]:
        with self._lock:
            doubted, self._doubted = self._doubted, set()
        return doubted


class Pace:
    """How often each person did something within the last `seconds`, here: another process counts
    for itself."""

    def __init__(self, most: int, seconds: float = 60) -> None:
        self.most, self._span = most, timedelta(seconds=seconds)
        self._lock = Lock()
        self._times: dict[tuple[str, str], deque[datetime]] = {}

    def take(self, workspace_id: str, user: str, now: datetime) -> bool:
        """Whether once more is within it; then it counts."""
        since = now - self._span
        with self._lock:
            if len(self._times) > _MANY_PEOPLE:
                self._times = {who: t for who, t in self._times.items() if t[-1] > since}
            times = self._times.setdefault((workspace_id, user), deque())
            while times and times[0] <= since:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True


_MANY_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class Toolbox:
    store: Store
    clock: Clock
    checklists: Checklists
    wording: Wording
    clients: Clients
    directory: Directory
    links: Links
    unheard: Unheard = field(default_factory=Unheard)
    metrics: Metrics = field(default_factory=Metrics)
    presses: Pace = field(default_factory=lambda: Pace(PRESSES))
    bursts: Pace = field(default_factory=lambda: Pace(PRESSES_AT_ONCE, seconds=5))
    too_fast: Pace = field(default_factory=lambda: Pace(1))
    """That somebody presses too fast is said once a minute."""
    private_answers: Pace = field(default_factory=lambda: Pace(PRIVATE_ANSWERS))
    stopping: Event = field(default_factory=Event)
    """Set: no job begins anything more."""

    def carry_out(
        self, key: str, workspace_id: str, user: str, deed: Callable[[Deed], Response | None]
    ) -> Response:
        """Do `deed` once for the delivery `key`, in one transaction with its inbox entry.

        A repeat gets the answer that was given then, so nobody's words are in it. Raises what
        `deed` raises, nothing saved.
        """

        def once(session: Session) -> Response:
            now = self.clock.now()
            take_in(session, key, now=self.clock.machine())
            act = Deed(session, now, workspace_id, user)
            response = deed(act) or {}
            redraw_changed(act)
            answered(session, key, response)
            return response

        try:
            response = self.store.transact(once)
            log.info("deed.done", workspace=workspace_id, deed=key.partition(":")[0])
            return response
        except AlreadyDone as done:
            return done.response

    def look(self, workspace_id: str, user: str, look: Callable[[Deed], Any]) -> Any:
        """Read for someone; nothing is changed."""
        return self.store.read(
            lambda session: look(Deed(session, self.clock.now(), workspace_id, user))
        )
