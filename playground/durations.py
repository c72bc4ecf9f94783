"""Every duration that Slack's behaviour hangs on, in seconds, so that a test can shorten one.

Sources: docs.slack.dev on the Events API (3 s, three retries), interactivity (3 s triggers,
response URLs of 30 minutes and 5 uses).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Durations:
    answer_within: float = 3.0
    """How long a bot has to acknowledge; read from the machine's clock."""
    trigger_lives: float = 3.0
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    """When an event that was not acknowledged is sent again, counted from the failure before."""
    response_url_lives: float = 1800.0
    response_url_uses: int = 5
    reorder_hold: float = 1.0
    """A delivery held back to come after the next one goes out after this long if none comes."""
    connection_lives: float = 3600.0
    """What Socket Mode's hello promises; nothing closes by itself."""
