"""The recorded traffic between the stand-in and the bot, in order. Nothing is decided here."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

Direction = Literal["to_bot", "from_bot"]


@dataclass(frozen=True)
class Exchange:
    number: int
    at: float
    """On the playground's clock, when the answer was known."""
    direction: Direction
    kind: str
    """event, command, interaction, api, response_url, socket"""
    name: str
    """The event's type, the command, the interaction's type, the method."""
    request: Any
    status: int | None
    answer: Any
    seconds: float
    attempt: int = 0
    by: str = ""
    """http, or the number of the socket connection; or which fault answered."""
    trouble: str | None = None


class Wire:
    """Reads like a list of exchanges."""

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Exchange], None]] = []

    def record(self, **facts: Any) -> Exchange:
        with self._lock:
            exchange = Exchange(number=len(self._exchanges) + 1, **facts)
            self._exchanges.append(exchange)
        for listener in self._listeners:
            listener(exchange)
        return exchange

    def listen(self, listener: Callable[[Exchange], None]) -> None:
        self._listeners.append(listener)

    def __iter__(self) -> Iterator[Exchange]:
        with self._lock:
            return iter(list(self._exchanges))

    def __len__(self) -> int:
        return len(self._exchanges)

    def __getitem__(self, index: int) -> Exchange:
        return self._exchanges[index]

    def calls(self, method: str | None = None) -> list[Exchange]:
        """What the bot called, in order."""
        return [x for x in self if x.kind == "api" and method in (None, x.name)]

    def sent(self, kind: str | None = None, name: str | None = None) -> list[Exchange]:
        """What was sent to the bot, in order."""
        return [
            x
            for x in self
            if x.direction == "to_bot" and kind in (None, x.kind) and name in (None, x.name)
        ]

    def since(self, number: int) -> list[dict[str, Any]]:
        return [asdict(x) for x in self if x.number > number]
