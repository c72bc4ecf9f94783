"""Sends events to the bot: in order within a channel, again when not acknowledged, and as badly as
the faults ask. Commands and presses do not come through here: Slack sends each of those once.
"""

import contextlib
import itertools
import json
import threading
from collections import deque
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
class _Waiting:
    due: float
    lane: str
    parcel: Parcel
    held: bool = False


class DeliveryQueue:
    def __init__(
        self, *, carrier: Carrier, clock: Clock, durations: Durations, faults: Faults
    ) -> None:
        self._carrier = carrier
        self._clock = clock
        self._durations = durations
        self._faults = faults
        self._news = threading.Condition()
        self._lanes: dict[str, deque[Parcel]] = {}
        self._busy: set[str] = set()
        self._later: list[_Waiting] = []
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
                self._later.append(_Waiting(now + hits["late"].seconds, self._alone(), parcel))
            elif "reorder" in hits:
                until = now + self._durations.reorder_hold
                self._later.append(_Waiting(until, lane, parcel, held=True))
            else:
                self._lanes.setdefault(lane, deque()).append(parcel)
                self._release_held(lane)
            if "duplicate" in hits:
                again = replace(parcel, attempt=1, reason="http_timeout")
                self._later.append(_Waiting(now, self._alone(), again))
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
                        self._busy.add(lane)
                        self._pool.submit(self._send, lane, self._lanes[lane].popleft())
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
                self._busy.discard(lane)
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
        self._later.append(_Waiting(due, self._alone(), again))
