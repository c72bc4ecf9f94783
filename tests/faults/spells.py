"""What Slack refuses for a while: telling something in one channel, or everything without a token.

One at a time of each kind. But for the rate limit somebody has to end it (`Company`).
"""

import json
import math
from collections import Counter
from dataclasses import dataclass

from playground import HandClock
from playground.driver.team import Team
from playground.state.records import Json
from playground.web_api.desk import Reply
from tests.faults.troubles import FORBIDDEN, ONE_CHANNEL, POST, REVOKED, TAKEN_OUT, Fate

TOLD_BY = (POST, "chat.update", "chat.postEphemeral", "reactions.add", "reactions.remove")
BY_ITSELF = (*TOLD_BY, "conversations.open", "conversations.replies", "conversations.history")
PUBLIC = "C"
"""What the ids of public channels begin with."""


@dataclass(frozen=True, slots=True)
class Spell:
    until: float
    channel: str = ""


class Spells:
    def __init__(self, hand: HandClock, fate: Fate, team: Team) -> None:
        self._hand, self._fate, self._team = hand, fate, team
        self.throttled: Spell | None = None
        self.forbidden: Spell | None = None
        self.taken_out: Spell | None = None
        self.revoked: Spell | None = None
        self.asked_without_token: Counter[str] = Counter()
        """What the bot does by itself, since the token is revoked."""
        self.refused: Counter[str] = Counter()
        """Posts into the forbidden channel, by the key that each carries."""

    def answer(self, method: str, arguments: Json) -> Reply | None:
        """None: Slack carries it out, as far as this goes."""
        channel = str(arguments.get("channel") or "")
        self._begin(method, channel)
        now = self._hand.now()
        if method in TOLD_BY and channel and channel == self.throttles_now():
            assert self.throttled is not None
            rest = {"retry-after": str(math.ceil(self.throttled.until - now))}
            return Reply(429, b'{"ok": false, "error": "ratelimited"}', rest)
        if method == POST and self.forbidden is not None and self.forbidden.channel == channel:
            key = metadata_key(arguments)
            self.refused[key] += 1
            return Reply(200, b'{"ok": false, "error": "restricted_action"}', {})
        return None

    def _begin(self, method: str, channel: str) -> None:
        in_a_channel, now = method in TOLD_BY and channel.startswith(PUBLIC), self._hand.now()
        if in_a_channel and not self.throttles_now() and (hit := self._fate.hits(ONE_CHANNEL)):
            self.throttled = Spell(now + hit.seconds, channel)
        may = self.forbidden is None and method == POST and in_a_channel
        if may and (hit := self._fate.hits(FORBIDDEN)):
            self.forbidden = Spell(now + hit.seconds, channel)
        if self.taken_out is None and in_a_channel and (hit := self._fate.hits(TAKEN_OUT)):
            self.taken_out = Spell(now + hit.seconds, channel)
            next(c for c in self._team.channels if c.id == channel).remove_bot()
        if self.revoked is None and (hit := self._fate.hits(REVOKED)):
            self.revoked = Spell(now + hit.seconds)
            self._team.record.token_trouble = "token_revoked"

    def note_refused(self, method: str) -> None:
        """Slack has said so, to a call that carries a token it does not take."""
        if self.revoked is not None and method in BY_ITSELF:
            self.asked_without_token[method] += 1

    def renew_token(self) -> None:
        self.revoked = self._team.record.token_trouble = None
        self.asked_without_token.clear()

    def throttles_now(self) -> str:
        """The channel that is rate-limited; "" for none."""
        spell = self.throttled
        return spell.channel if spell is not None and self._hand.now() < spell.until else ""

    def ends(self) -> list[float]:
        """When somebody will end what does not end by itself."""
        return [s.until for s in (self.forbidden, self.taken_out, self.revoked) if s is not None]

    @property
    def are_deaf(self) -> bool:
        """Whether Slack tells the bot nothing of what happens, at least in one channel."""
        return self.taken_out is not None or self.revoked is not None


def metadata_key(arguments: Json) -> str:
    """Of a post: what tells it from every other of ours."""
    metadata = arguments.get("metadata") or {}
    if isinstance(metadata, str):
        metadata = json.loads(metadata)
    return str(metadata["event_payload"]["key"])
