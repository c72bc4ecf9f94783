"""Slack's rate limits, on the playground's clock: tiers a minute for each method and workspace, and
about one post a second for each channel with a burst allowed.

Numbers: docs.slack.dev, "Rate limits". Slack says it allows bursts and not how large; `leniency`
multiplies the tiers.
"""

import math
import threading
from collections import deque
from dataclasses import dataclass

from playground.clock import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
POSTS = frozenset({"chat.postMessage"})
COMMERCIAL = {"conversations.history": 1, "conversations.replies": 1}
# Not in a tier: Slack speaks of hundreds a minute for auth.test and names no number for the others.
SPECIAL = {
    "auth.test": 600,
    "api.test": 600,
    "apps.connections.open": 30,
    "blocks.validate": 600,
}
METHOD_TIERS = {
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.getPermalink": 4,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.join": 3,
    "conversations.members": 4,
    "conversations.list": 2,
    "conversations.history": 3,
    "conversations.replies": 3,
    "users.info": 4,
    "users.list": 2,
    "users.conversations": 3,
    "reactions.add": 3,
    "reactions.remove": 2,
    "reactions.get": 3,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "team.info": 3,
    "oauth.v2.access": 4,
}


@dataclass
class _Bucket:
    left: float
    at: float


class Limiter:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[tuple[str, str], deque[float]] = {}
        self._posts: dict[tuple[str, str], _Bucket] = {}
        self.enabled = True
        self.leniency = 2.0
        self.post_burst = 30
        self.commercial = False
        """Whether this is an app distributed outside the Marketplace: 1 history call a minute."""

    def seconds_to_wait(self, *, team: str, method: str, channel: str | None) -> int | None:
        """None: go ahead, and it counts; else what Retry-After says."""
        if not self.enabled:
            return None
        with self._lock:
            if method in POSTS:
                return self._post(team, channel or "")
            return self._tier(team, method)

    def _tier(self, team: str, method: str) -> int | None:
        most = TIERS[METHOD_TIERS.get(method, 4)] * self.leniency
        most = SPECIAL.get(method, most)
        if self.commercial and method in COMMERCIAL:
            most = COMMERCIAL[method]
        now = self._clock.now()
        calls = self._calls.setdefault((team, method), deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + 60 - now))
        calls.append(now)
        return None

    def _post(self, team: str, channel: str) -> int | None:
        now = self._clock.now()
        bucket = self._posts.setdefault((team, channel), _Bucket(self.post_burst, now))
        bucket.left = min(self.post_burst, bucket.left + (now - bucket.at))
        bucket.at = now
        if bucket.left < 1:
            return max(1, math.ceil(1 - bucket.left))
        bucket.left -= 1
        return None
