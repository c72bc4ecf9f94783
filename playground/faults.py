"""Faults that can be switched on: which call or delivery one hits; its effect is elsewhere.

Seeded, so that a run with the same calls has the same faults.
"""

import random
import threading
from dataclasses import dataclass, field
from typing import Any

CALL_FAULTS = frozenset(
    [
        "ratelimited",
        "http_500",
        "http_503",
        "drop_before",
        "drop_after",
        "slow",
        "truncated_json",
        "error",
        "drop_ephemeral",
    ]
)
DELIVERY_FAULTS = frozenset(["duplicate", "late", "reorder", "link_preview", "tombstone"])
SOCKET_FAULTS = frozenset(["cut_mid_envelope", "refresh_meanwhile"])
"""The websocket breaks halfway through an envelope; it is refreshed while one is answered."""


@dataclass
class Fault:
    kind: str
    method: str | None = None
    """Of the Web API; for a delivery: the event's type or type.subtype; for a socket's fault: what
    the envelope carries (event, command, interaction), or its name."""
    channel: str | None = None
    count: int | None = None
    """How often it hits; None: until cleared."""
    skip: int = 0
    """How many matching ones go by first."""
    probability: float = 1.0
    seed: int = 0
    seconds: float = 1.0
    retry_after: int | None = 1
    """None: a 429 without the header."""
    error: str = "fatal_error"
    hits: int = 0
    dice: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        if self.kind.startswith("error:"):
            self.kind, _, self.error = self.kind.partition(":")
        if self.kind not in CALL_FAULTS | DELIVERY_FAULTS | SOCKET_FAULTS:
            raise ValueError(f"no fault is called {self.kind}")
        self.dice = random.Random(self.seed)

    def shape(self) -> dict[str, Any]:
        names = "kind method channel count skip probability seed seconds retry_after error hits"
        return {name: getattr(self, name) for name in names.split()}


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, **matcher: Any) -> Fault:
        fault = Fault(kind=kind, **matcher)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def remove(self, fault: Fault) -> None:
        with self._lock:
            self._faults.remove(fault)

    def shapes(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.shape() for fault in self._faults]

    def hitting(
        self, kinds: frozenset[str], *names: str, channel: str | None = None
    ) -> list[Fault]:
        """The faults that hit this call or delivery; each is used up by one."""
        found = []
        with self._lock:
            for fault in self._faults:
                if fault.kind not in kinds or fault.count == 0:
                    continue
                if fault.method not in (None, *names) or fault.channel not in (None, channel):
                    continue
                if fault.dice.random() >= fault.probability:
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.count is not None:
                    fault.count -= 1
                fault.hits += 1
                found.append(fault)
        return found
