"""What goes wrong in a run, drawn from its seed: when, where and how often.

`TROUBLES` is the table that the campaign counts by. Slack's side is done to the wire (wire.py),
ours to the process and its database (life.py).
"""

import random
from dataclasses import dataclass, field

CALLS = (
    "429 with Retry-After",
    "429 without Retry-After",
    "500",
    "503",
    "connection dropped before",
    "connection dropped after",
    "answer after the time limit",
    "truncated JSON",
    "name resolution gone for a minute",
)
DELIVERIES = (
    "duplicate delivery",
    "late delivery",
    "reordered delivery",
    "cut before it was handled",
    "cut before the acknowledgement",
)
POST = "chat.postMessage"
DEATHS = (
    "killed before commit",
    "killed after commit",
    "killed leased",
    "killed before sending",
    "killed sent",
    "killed stored",
    "gone for a quarter of an hour",
)
OURS = (
    "database restarted",
    "database lost in the commit",
    "disk full",
    "clock back an hour",
    "clock ahead, put right",
)
MEANWHILE = ("deed while sending", "overslept its lease")
"""What another thread or replica does between a call and the storing of its answer."""
TROUBLES = (*CALLS, *DELIVERIES, *DEATHS, *OURS, *MEANWHILE)
CUT, REFRESHED = "websocket cut mid-envelope", "refresh during a command"
ON_WEBSOCKETS = (CUT, REFRESHED)
"""In a run on Socket Mode, beside the others."""

LATE, ONE_CHANNEL = "post carried out late", "one channel rate-limited"
FORBIDDEN, REVOKED = "one channel forbidden", "token revoked"
TAKEN_OUT = "taken out of a channel"
STOPPED, AWAY_IN_DOUBT = "told to stop", "gone with a post in doubt"
AT_ONCE, AFTER_ITS_CROSS = "reply before its card is stored", "edit told after its cross"
AWAY_FROM_CHANGES = "gone while a reply is changed"
IN_A_TICK = "killed while something falls due"
FOR_A_WHILE = (ONE_CHANNEL, FORBIDDEN, TAKEN_OUT, REVOKED)
_FIRST_MORE = (LATE, *FOR_A_WHILE, STOPPED, AWAY_IN_DOUBT, AT_ONCE, AFTER_ITS_CROSS)
_LATER_MORE = (AWAY_FROM_CHANGES, IN_A_TICK)
MORE = (*_FIRST_MORE, *_LATER_MORE)
"""In one run of two, beside the others."""

MOST_AT_ONCE = 3
EVERY = 4
"""One run in so many is on websockets."""


@dataclass(slots=True)
class Trouble:
    """`skip` chances go by, then it hits `count` times. Posts are hit more often than their share:
    they are what cannot simply be repeated."""

    kind: str
    skip: int
    count: int = 1
    seconds: float = 0.0
    method: str = ""
    """Only calls of this method; "" for any."""
    hits: int = 0

    def is_due(self) -> bool:
        """One chance to hit; whether it does."""
        if self.count <= 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.count -= 1
        self.hits += 1
        return True


@dataclass(slots=True)
class Fate:
    """All troubles of one run."""

    troubles: list[Trouble] = field(default_factory=list)
    is_armed: bool = False
    """Not while the stage is set, nor when what is left is told to the end."""

    def hits(self, *kinds: str, method: str = "") -> Trouble | None:
        """The first of these that hits here; each chance counts for every one of them."""
        if not self.is_armed:
            return None
        found = None
        for trouble in self.troubles:
            fits = trouble.kind in kinds and trouble.method in ("", method)
            if fits and trouble.is_due() and found is None:
                found = trouble
        return found

    def waits_for(self, kind: str) -> bool:
        """Whether such a trouble is still to hit."""
        return self.is_armed and any(t.kind == kind and t.count > 0 for t in self.troubles)

    @property
    def kinds(self) -> list[str]:
        return sorted({trouble.kind for trouble in self.troubles})


def draw_fate(dice: random.Random, kinds: tuple[str, ...] = TROUBLES) -> Fate:
    """One to three troubles."""
    return Fate([_draw(dice, dice.choice(kinds)) for _ in range(dice.randint(1, MOST_AT_ONCE))])


def draw_websockets(dice: random.Random) -> list[Trouble]:
    """What befalls the connections of a run; [] for one by HTTP, as most are: these take longer."""
    if dice.random() > 1 / EVERY:
        return []
    return [
        Trouble(dice.choice(ON_WEBSOCKETS), _soon_or_later(dice, 3), dice.choice((1, 1, 2)))
        for _ in range(dice.choice((1, 2)))
    ]


def draw_more(dice: random.Random) -> list[Trouble]:
    """One of `MORE`, or none; what was written later is drawn where there was none, so that the
    runs of before are what they were."""
    if dice.random() < 0.5:
        return [_draw(dice, dice.choice(_FIRST_MORE))]
    return [_draw(dice, dice.choice(_LATER_MORE))] if dice.random() < 0.2 else []


def _draw(dice: random.Random, kind: str) -> Trouble:
    if kind in MORE:
        return _draw_more(dice, kind)
    if kind in CALLS:
        method = dice.choice(("", "", "chat.postMessage", "chat.postMessage", "chat.update"))
        most = 3 if method else 12
        count = dice.choice((1, 1, 2, 4))
        return Trouble(kind, _soon_or_later(dice, most), count, dice.choice((1, 5, 30)), method)
    if kind in DELIVERIES:
        # Slack gives up after three more tries: what it drops itself is not ours to keep.
        seconds = float(dice.choice((5, 40, 90, 400)))
        # Few chances: a run has a handful of deeds that Slack tells of.
        return Trouble(kind, _soon_or_later(dice, 2), dice.randint(1, 3), seconds)
    if kind in DEATHS:
        return Trouble(kind, _soon_or_later(dice, 15), dice.choice((1, 1, 2)))
    if kind in MEANWHILE:
        most = 2 if kind == "deed while sending" else 8  # few calls have a deed beside them
        return Trouble(kind, dice.randint(0, most), dice.choice((1, 1, 3)))
    if kind.startswith("clock"):
        return Trouble(kind, dice.randint(0, 60), 1, 3600.0)
    # 900 s: longer than Slack tries, so that it gives events up.
    return Trouble(kind, dice.randint(0, 60), 1, dice.choice((3.0, 20.0, 70.0, 900.0)))


def _draw_more(dice: random.Random, kind: str) -> Trouble:
    if kind == LATE:
        # Most between the two looks; none later than the second, 90 s after the call.
        seconds = float(dice.choice((5, 40, 62, 70, 85)))
        return Trouble(kind, _soon_or_later(dice, 3), dice.choice((1, 1, 2)), seconds, POST)
    if kind in FOR_A_WHILE:
        most = 12 if kind == REVOKED else 4
        return Trouble(kind, _soon_or_later(dice, most), 1, float(dice.choice((30, 300, 1500))))
    if kind == STOPPED:
        return Trouble(kind, _soon_or_later(dice, 15), dice.choice((1, 2, 3)))
    if kind in (AFTER_ITS_CROSS, AWAY_FROM_CHANGES):
        return Trouble(kind, 0, dice.choice((1, 2)), 90.0)
    method = POST if kind == AWAY_IN_DOUBT else ""
    return Trouble(kind, dice.choice((0, 0, 1, 2)), dice.choice((1, 1, 2)), 0.0, method)


def _soon_or_later(dice: random.Random, most: int) -> int:
    """Chances that go by: mostly few, so that it hits at all; at times many, for a late one."""
    return dice.randint(0, dice.choice((most, most, 5 * most)))
