"""How long the dispatcher waits for what, in seconds on the machine clock; tests inject others.

Request limit < lease < first look: a call is over before its lane can be someone else's, and who
takes the lane then does not look before the message had time to appear.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Durations:
    poll: float = 1.0
    """Between looks at the database when nobody wakes the dispatcher."""
    request: int = 10
    lease: float = 30.0
    first_look: float = 60.0
    """From the doubtful call to the first look for its message."""
    next_look: float = 30.0
    """From one look to the next, and to another try when looking failed."""
    looks: int = 2
    """Not found this often: it did not arrive, and is sent again."""
    clock_skew: float = 7200.0
    """How far from our clock a message's time is searched: a machine may be an hour wrong. Over
    Socket Mode nothing else would notice; over HTTP signatures fail at five minutes."""
    first_retry: float = 1.0
    longest_retry: float = 300.0
    uninvited: float = 3600.0
    """Until a lane is tried again whose channel we are not in; being invited opens it at once."""
    unknown_kind: float = 30.0
    """From one try to the next of a message only a newer version can draw; it is left to that
    version for an hour (db/newer.py)."""
    sweep: float = 600.0
    """Between looks for what a newer version left, or an older one."""

    def __post_init__(self) -> None:
        if not self.request < self.lease < self.first_look:
            raise ValueError("request limit < lease < first look")

    def retry_after(self, attempts: int) -> timedelta:
        """Doubling from `first_retry`, for `attempts` from 1."""
        seconds = self.first_retry * 2.0 ** min(max(attempts - 1, 0), 30)
        return timedelta(seconds=min(seconds, self.longest_retry))
