"""A bot at the end of Socket Mode that answers everything, and durations a test can wait for."""

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltResponse

from bot.slack.socket_mode import SocketDurations

QUICK = SocketDurations(
    stagger=0.0,
    watch=0.02,
    ping=0.05,
    silent=5.0,
    retire=30.0,
    first_retry=0.02,
    longest_retry=0.1,
    first_crowded=0.1,
    longest_crowded=0.4,
    answer=5.0,
)
BOTH = 2


class Bot:
    """Answers every payload with its text, or as a test says."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], BoltResponse] = lambda body: BoltResponse(
            status=200, body=f"heard {body.get('text', '')}"
        )

    def dispatch(self, body: dict[str, Any], headers: dict[str, Any]) -> BoltResponse:
        self.seen.append(body)
        self.headers.append(headers)
        return self.answer(body)
