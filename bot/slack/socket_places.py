"""The places that connections are kept in, and how long each may take over what."""

import time
from dataclasses import dataclass, field

from bot.slack.patience import Patience
from bot.slack.socket_line import Line


@dataclass(frozen=True, slots=True)
class SocketDurations:
    """In seconds."""

    stagger: float = 20.0
    """Between the first connection and the second: Slack refreshes them as far apart."""
    watch: float = 1.0
    ping: float = 3.0
    silent: float = 12.0
    """Without an answer to a ping for this long a connection is dead, whatever the socket says."""
    retire: float = 30.0
    """How long a replaced connection is kept if Slack does not close it; it warns 10 s ahead."""
    greeting: float = 5.0
    """For Slack's first word on a new connection, which says whether there is room for it."""
    first_retry: float = 1.0
    longest_retry: float = 30.0
    first_crowded: float = 5.0
    longest_crowded: float = 120.0
    """Where an app has all the connections that Slack gives, until another one ends."""
    answer: float = 10.0
    """For what came in on a connection that Slack closed."""


@dataclass(slots=True)
class Place:
    """One of the connections that are kept, whichever it is now."""

    took: SocketDurations
    next_try: float
    retry: Patience = field(init=False)
    crowded: Patience = field(init=False)
    lost: Line | None = None
    """The connection that Slack took back."""
    settled_at: float = 0.0

    def __post_init__(self) -> None:
        self.retry = Patience(self.took.first_retry, self.took.longest_retry)
        self.crowded = Patience(self.took.first_crowded, self.took.longest_crowded)

    def is_connected(self) -> None:
        self.retry.calm()
        # Taken back at once, it was no sign that there is room.
        self.settled_at = time.monotonic() + self.took.longest_crowded

    def is_fine(self, now: float) -> None:
        if now > self.settled_at:
            self.crowded.calm()
