"""How fast we call Slack: a token bucket for each (workspace, method), and one for posts into each
channel. In memory and per process: with several, Slack's own 429 is the judge.

A 429 that names a channel rests its method for that channel; only when another channel meets one
too, within that time, for the whole workspace: then it was not the channel. What was refused waits
in the database (its row's `not_before`), so that no other process sends it sooner.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

POST = "chat.postMessage"
MANY = 10_000
"""Buckets before those as good as new are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    per_minute: float
    burst: float


def _tier(per_minute: float) -> Rate:
    """Slack's tiers are "20+", "50+", "100+" calls a minute; a tenth of that at once."""
    return Rate(per_minute, per_minute / 10)


# docs.slack.dev/apis/web-api/rate-limits, and the tier on each method's page
POSTS_IN_A_CHANNEL = Rate(60, 3)  # "1 message per second per channel … short bursts"
LIMITS: Mapping[str, Rate] = {
    POST: Rate(200, 20),  # special tier: "several hundred messages per minute" a workspace
    "chat.update": _tier(50),
    "chat.delete": _tier(50),
    "chat.postEphemeral": _tier(100),
    "reactions.add": _tier(50),
    "reactions.remove": _tier(20),
    "conversations.open": _tier(50),
    "conversations.history": _tier(50),
    "conversations.replies": _tier(50),
}
UNLIMITED = Rate(1e9, 1e9)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


@dataclass(slots=True)
class Throttles:
    """Thread-safe. `now` is the machine clock."""

    limits: Mapping[str, Rate] = field(default_factory=lambda: LIMITS)
    in_a_channel: Rate = POSTS_IN_A_CHANNEL
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)
    _rests: dict[tuple[str, str], dict[str, datetime]] = field(default_factory=dict)
    """By (workspace, method): until when each channel rests; "" is the whole workspace."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _sweep_at: int = MANY

    @classmethod
    def none(cls) -> "Throttles":
        """As fast as asked; what Slack says about resting still holds."""
        return cls(limits={}, in_a_channel=UNLIMITED)

    def take(
        self, workspace_id: str, method: str, *, now: datetime, channel: str = ""
    ) -> datetime | None:
        """None: call now. Otherwise when to ask again; nothing was taken."""
        with self._lock:
            needed = [(self._bucket(workspace_id, method, self._rate(method), now))]
            if channel and method == POST:
                needed.append(self._bucket(workspace_id, f"#{channel}", self.in_a_channel, now))
            free_at = [at for bucket, rate in needed if (at := _free_at(bucket, rate, now))]
            rests = self._rests.get((workspace_id, method), {})
            free_at += [at for name in {"", channel} if (at := rests.get(name)) and at > now]
            if free_at:
                return max(free_at)
            for bucket, _ in needed:
                bucket.left -= 1
            return None

    def rest(
        self, workspace_id: str, method: str, *, seconds: float, now: datetime, channel: str = ""
    ) -> None:
        """Slack answered 429. `channel` "": the call told nothing in any, as reading does."""
        with self._lock:
            known = self._rests.get((workspace_id, method), {})
            rests = {name: at for name, at in known.items() if at > now}
            until = now + timedelta(seconds=seconds)
            rests[channel] = max(until, rests.get(channel, until))
            if len(rests) > 1:  # not this channel alone
                rests[""] = max(until, rests.get("", until))
            self._rests[workspace_id, method] = rests

    def _rate(self, method: str) -> Rate:
        return self.limits.get(method, UNLIMITED)

    def _bucket(
        self, workspace_id: str, name: str, rate: Rate, now: datetime
    ) -> tuple[_Bucket, Rate]:
        if len(self._buckets) > self._sweep_at:
            self._forget_full(now)
            self._sweep_at = max(MANY, 2 * len(self._buckets))
        bucket = self._buckets.setdefault((workspace_id, name), _Bucket(rate.burst, now))
        gained = (now - bucket.at).total_seconds() * rate.per_minute / 60
        bucket.left = min(rate.burst, bucket.left + max(gained, 0.0))
        bucket.at = now
        return bucket, rate

    def _forget_full(self, now: datetime) -> None:
        """Buckets nobody drew from for a minute are full: as good as new."""
        old = now - timedelta(minutes=1)
        for key, bucket in list(self._buckets.items()):
            if bucket.at < old:
                del self._buckets[key]


def _free_at(bucket: _Bucket, rate: Rate, now: datetime) -> datetime | None:
    """None: now. A wait that is shorter than a microsecond is none: told to come again at this very
    moment, a lane would be taken up again and again until the clock moves on.
    """
    at = now + timedelta(seconds=(1 - bucket.left) * 60 / rate.per_minute)
    return at if at > now else None
