"""Slack's stand-in without sockets: calls and deliveries are function calls, on one thread.

So a run is the same each time, and takes no time but the bot's own. The faults of the network are
made here, as a connection and Slack's retries show them; everything else is the playground's.
"""

import http.client
import json
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.slack.connections import NotConnected
from playground import HandClock, Playground
from playground.delivery.carrier import Answer, Parcel
from playground.delivery.queue import Waiting
from playground.state.records import Json
from playground.web_api.desk import Reply
from tests.faults.spells import Spells
from tests.faults.troubles import CALLS, LATE, Fate

RETRIES = (0.0, 60.0, 300.0)
HELD = 1.0
NAMES_GONE = 60.0
TIME_LIMIT = 10.0
CONNECT = "apps.connections.open"


class QuietSlack(Playground):
    """A playground that listens nowhere."""

    def __init__(self, clock: HandClock, fate: Fate, **facts: Any) -> None:
        super().__init__(clock=clock, **facts)
        self.hand, self.fate = clock, fate
        self.post = Post(clock, fate, lambda parcel: self.carrier.carry(parcel))
        self._queue = self.post  # type: ignore[assignment]
        self.world.url = "http://slack.invalid"
        self.spells = Spells(clock, fate, self.team)
        self.names_gone_until = 0.0
        self.told_in = ""
        """The channel in which Slack has just told something for us; "" where it refused."""
        self._late: list[tuple[float, Callable[[], Reply]]] = []
        clock.when_moved(self._carry_out_late)
        self.on_call: Callable[[str, bool], None] = lambda method, was_done: None
        """Told before a call is carried out, and after."""

    def __exit__(self, *exception: object) -> None:
        self._desk.stopping.set()
        self._server._socket.close()

    def __enter__(self) -> "QuietSlack":
        return self

    @property
    def api_url(self) -> str:
        return "http://slack.invalid/api/"

    def send(self, request: urllib.request.Request, **_: Any) -> Json:
        """In the place of `Connections.send`."""
        method = urllib.parse.urlsplit(request.full_url).path.rpartition("/")[2]
        if method == CONNECT:  # on a thread of its own: fate is dealt out on one
            return _answered(self._desk.take(method, _token(request), _arguments(request)))
        arguments = _arguments(request)
        if (refusal := self.spells.answer(method, arguments)) is not None:
            return _answered(refusal)
        trouble = self.fate.hits(*CALLS, LATE, method=method)
        kind = trouble.kind if trouble else ""
        if kind.startswith("name"):
            self.names_gone_until = self.hand.now() + NAMES_GONE
        if self.hand.now() < self.names_gone_until:
            raise NotConnected(-3, "Temporary failure in name resolution")
        if kind == "connection dropped before":
            raise http.client.RemoteDisconnected("Remote end closed connection without response")
        if trouble is not None and kind.startswith("429"):
            after = {"retry-after": str(int(trouble.seconds))}
            headers = after if kind == "429 with Retry-After" else {}
            return _answered(Reply(429, b'{"ok": false, "error": "ratelimited"}', headers))
        if kind in ("500", "503"):
            return _answered(Reply(int(kind), b"Internal Server Error", {}))
        self.on_call(method, False)
        carry_out = partial(self._desk.take, method, _token(request), arguments)
        if trouble is not None and kind == LATE:
            self._late.append((self.hand.now() + trouble.seconds, carry_out))
            raise http.client.RemoteDisconnected("Remote end closed connection without response")
        reply = carry_out()
        is_done = json.loads(reply.body).get("ok") is True
        self.told_in = str(arguments.get("channel") or "") if is_done else ""
        if not is_done:
            self.spells.note_refused(method)
        self.on_call(method, True)
        if kind == "connection dropped after":
            raise http.client.RemoteDisconnected("Remote end closed connection without response")
        if kind == "answer after the time limit":
            self.hand.advance(TIME_LIMIT)
            raise TimeoutError("The read operation timed out")
        if kind == "truncated JSON":
            reply = replace(reply, body=reply.body[: len(reply.body) // 2])
        return _answered(reply)

    def _carry_out_late(self) -> None:
        now = self.hand.now()
        due = [call for call in self._late if call[0] <= now]
        self._late = [call for call in self._late if call[0] > now]
        for _, carry_out in due:
            carry_out()


def _answered(reply: Reply) -> Json:
    headers = {"content-type": "application/json; charset=utf-8", **reply.headers}
    return {"status": reply.status, "headers": headers, "body": reply.body.decode()}


def _token(request: urllib.request.Request) -> str | None:
    return (request.get_header("Authorization") or "").removeprefix("Bearer ") or None


def _arguments(request: urllib.request.Request) -> Json:
    query = urllib.parse.urlsplit(request.full_url).query
    given: Json = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
    data = request.data
    if not isinstance(data, bytes) or not data:
        return given
    if (request.get_header("Content-type") or "").startswith("application/json"):
        return given | json.loads(data)
    return given | dict(urllib.parse.parse_qsl(data.decode(), keep_blank_values=True))


def _is_ours(body: Json) -> bool:
    """Whether an event tells of what the bot itself did."""
    event = body["event"]
    message = event.get("message") or event
    us = [authorization["user_id"] for authorization in body["authorizations"]]
    return message.get("bot_id") is not None or event.get("user") in us


@dataclass(frozen=True)
class _Later:
    due: float
    lane: str
    parcel: Parcel
    is_held: bool = False


class Post:
    """Events on their way to the bot, in order; the playground's queue, moved by hand."""

    def __init__(self, clock: HandClock, fate: Fate, carry: Callable[[Parcel], Answer]) -> None:
        self._clock, self._fate, self._carry = clock, fate, carry
        self._ready: deque[Parcel] = deque()
        self._later: list[_Later] = []
        self.hold_next = 0.0
        """Seconds by which the next thing that somebody does is told late."""
        self.given_up: list[Json] = []
        """Events that Slack dropped: three more tries failed."""

    def add(self, *, lane: str, name: str, body: Json, channel: str | None, kind: str) -> None:
        parcel = Parcel("event", name, json.loads(json.dumps(body)))
        now = self._clock.now()
        counts = not _is_ours(body)  # our own echoes say nothing when faulted
        late = self._fate.hits("late delivery") if counts else None
        if counts and self.hold_next:
            self._later.append(_Later(now + self.hold_next, lane, parcel))
            self.hold_next = 0.0
        elif late is not None:
            self._later.append(_Later(now + late.seconds, lane, parcel))
        elif counts and self._fate.hits("reordered delivery"):
            self._later.append(_Later(now + HELD, lane, parcel, is_held=True))
        else:
            self._ready.append(parcel)
            self._release(lane)
        if counts and self._fate.hits("duplicate delivery"):
            again = replace(parcel, attempt=1, reason="http_timeout")
            self._later.append(_Later(now, lane, again))

    def settle(self, timeout: float = 0) -> None:
        """Everything that is due is sent, and what comes of it."""
        self._release(None)
        while parcel := self._next():
            answer = self._carry(parcel)
            if not answer.ok and not answer.no_retry:
                self._send_again(parcel)

    @property
    def is_ready(self) -> bool:
        """Whether something that a person did could be delivered now."""
        return any(not _is_ours(parcel.body) for parcel in self._ready)

    def undelivered(self) -> list[Waiting]:
        """To be kept: only a workspace in which all is told is."""
        assert not [*self._ready, *self._later]
        return []

    def waiting(self) -> list[tuple[float, str]]:
        return sorted((item.due, item.parcel.name) for item in self._later)

    def _next(self) -> Parcel | None:
        if self._ready:
            return self._ready.popleft()
        now = self._clock.now()
        due = [item for item in self._later if item.due <= now]
        if not due:
            return None
        self._later.remove(first := min(due, key=lambda item: item.due))
        return first.parcel

    def _release(self, lane: str | None) -> None:
        for item in [i for i in self._later if i.is_held and lane in (None, i.lane)]:
            self._later.remove(item)
            self._ready.append(item.parcel)

    def _send_again(self, parcel: Parcel) -> None:
        if parcel.attempt >= len(RETRIES):
            self.given_up.append(parcel.body)
            return
        due = self._clock.now() + RETRIES[parcel.attempt]
        again = replace(parcel, attempt=parcel.attempt + 1, reason="http_error")
        self._later.append(_Later(due, "", again))
