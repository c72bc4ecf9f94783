"""Sends events to the bot: in order within a channel, again when not acknowledged, and as badly as
the faults ask. Commands and presses do not come through here: Slack sends each of those once.
"""

import contextlib
import itertools
import json
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from playground.clock import Clock
from playground.delivery.carrier import Answer, Carrier, Parcel
from playground.durations import Durations
from playground.faults import Faults
from playground.state.records import Json

_FAULTS = frozenset({"duplicate", "late", "reorder"})
REASONS = {
    "timeout": "http_timeout",
    "http_error": "http_error",
    "connection_failed": "connection_failed",
}
DEFAULT_WORKERS = 16


@dataclass(frozen=True)
class Waiting:
    due: float
    """On the playground's clock."""
    lane: str
    parcel: Parcel
    held: bool = False


class DeliveryQueue:
    def __init__(
        self,
        *,
        carrier: Carrier,
        clock: Clock,
        durations: Durations,
        faults: Faults,
        kept: Sequence[Waiting] = (),
    ) -> None:
        """`kept`: what `undelivered` said in the life of the process before; see `resume`."""
        self._carrier = carrier
        self._clock = clock
        self._durations = durations
        self._faults = faults
        self._news = threading.Condition()
        self._lanes: dict[str, deque[Parcel]] = {}
        self._busy: dict[str, Parcel] = {}
        """Lane -> what is on its way."""
        self._later: list[Waiting] = []
        self._kept = list(kept)
        self._loose = itertools.count()
        self._stopped = False
        self._pool = ThreadPoolExecutor(DEFAULT_WORKERS, thread_name_prefix="playground-delivery")
        self._thread = threading.Thread(target=self._run, name="playground-queue", daemon=True)
        clock.when_moved(self._wake)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._news:
            self._stopped = True
            self._news.notify_all()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def add(self, *, lane: str, name: str, body: Json, channel: str | None, kind: str) -> None:
        """`body` is frozen here: what happens later to a message does not change what was told."""
        parcel = Parcel("event", name, json.loads(json.dumps(body)))
        hits = {f.kind: f for f in self._faults.hitting(_FAULTS, kind, name, channel=channel)}
        with self._news:
            now = self._clock.now()
            if "late" in hits:
                self._later.append(Waiting(now + hits["late"].seconds, self._alone(), parcel))
            elif "reorder" in hits:
                until = now + self._durations.reorder_hold
                self._later.append(Waiting(until, lane, parcel, held=True))
            else:
                self._lanes.setdefault(lane, deque()).append(parcel)
                self._release_held(lane)
            if "duplicate" in hits:
                again = replace(parcel, attempt=1, reason="http_timeout")
                self._later.append(Waiting(now, self._alone(), again))
            self._news.notify_all()

    def settle(self, timeout: float) -> None:
        """Wait until everything due was sent and answered; what is held back goes now."""
        with self._news:
            self._release_held(None)
            self._news.notify_all()
            if not self._news.wait_for(self._is_settled, timeout):
                raise TimeoutError("deliveries did not settle")

    def waiting(self) -> list[tuple[float, str]]:
        """What is still to be sent later: when, and the event's name."""
        with self._news:
            return sorted((item.due, item.parcel.name) for item in self._later)

    def undelivered(self) -> list[Waiting]:
        """Everything that was not acknowledged yet, in the order it would go; what is on its way
        counts too, for nobody knows whether it arrived."""
        with self._news:
            now = self._clock.now()
            underway = [Waiting(now, lane, parcel) for lane, parcel in self._busy.items()]
            lanes = [Waiting(now, lane, p) for lane, ps in self._lanes.items() for p in ps]
            return [*self._kept, *underway, *lanes, *self._later]

    def resume(self) -> None:
        """The bot is there: what was kept from before goes out when it is due."""
        with self._news:
            now = self._clock.now()
            for item in self._kept:
                if item.due <= now and not item.held:
                    self._lanes.setdefault(item.lane, deque()).append(item.parcel)
                else:
                    self._later.append(item)
            self._kept = []
            self._news.notify_all()

    def _is_settled(self) -> bool:
        now = self._clock.now()
        if any(item.held for item in self._later):
            self._release_held(None)
            self._news.notify_all()
            return False
        return (
            not self._busy
            and not any(self._lanes.values())
            and not any(item.due <= now for item in self._later)
        )

    def _release_held(self, lane: str | None) -> None:
        for item in [i for i in self._later if i.held and lane in (None, i.lane)]:
            self._later.remove(item)
            self._lanes.setdefault(item.lane, deque()).append(item.parcel)

    def _alone(self) -> str:
        return f"alone-{next(self._loose)}"

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()

    def _run(self) -> None:
        with self._news:
            while not self._stopped:
                now = self._clock.now()
                for item in sorted((i for i in self._later if i.due <= now), key=lambda i: i.due):
                    self._later.remove(item)
                    self._lanes.setdefault(item.lane, deque()).append(item.parcel)
                for lane in [name for name, parcels in self._lanes.items() if parcels]:
                    if lane not in self._busy:
                        parcel = self._busy[lane] = self._lanes[lane].popleft()
                        self._pool.submit(self._send, lane, parcel)
                self._forget_empty_lanes()
                next_due = min((item.due for item in self._later), default=None)
                pause = None if next_due is None else self._clock.seconds_until(next_due)
                self._news.wait(pause)

    def _forget_empty_lanes(self) -> None:
        for lane in [
            n for n, parcels in self._lanes.items() if not parcels and n not in self._busy
        ]:
            del self._lanes[lane]

    def _send(self, lane: str, parcel: Parcel) -> None:
        answer = Answer(None, trouble="connection_failed")
        try:
            with contextlib.suppress(RuntimeError):  # shutting down
                answer = self._carrier.carry(parcel)
        finally:
            with self._news:
                self._busy.pop(lane, None)
                if not answer.ok and not answer.no_retry:
                    self._send_again(parcel, answer)
                self._news.notify_all()

    def _send_again(self, parcel: Parcel, answer: Answer) -> None:
        tries = self._durations.retry_after
        if parcel.attempt >= len(tries):
            return
        again = replace(
            parcel,
            attempt=parcel.attempt + 1,
            reason=REASONS.get(answer.trouble or "", "unknown_error"),
        )
        due = self._clock.now() + tries[parcel.attempt]
        self._later.append(Waiting(due, self._alone(), again))
