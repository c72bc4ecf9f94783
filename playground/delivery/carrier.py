"""Carries one thing to the bot and brings the answer back: by websocket if one is connected, else
by signed HTTP. When to send again is not decided here.
"""

import http.client
import itertools
import json
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from playground.delivery.signature import sign
from playground.state.records import Json
from playground.wire import Wire

Kind = Literal["event", "command", "interaction"]
ENVELOPES: dict[Kind, str] = {
    "event": "events_api",
    "command": "slash_commands",
    "interaction": "interactive",
}


@dataclass(frozen=True)
class Answer:
    status: int | None
    payload: Any = None
    """What the bot answered: parsed JSON, or text, or None."""
    trouble: str | None = None
    """None, timeout, connection_failed or http_error."""
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.trouble is None


@dataclass(frozen=True)
class Parcel:
    kind: Kind
    name: str
    body: Json
    attempt: int = 0
    reason: str = ""


class Sockets(Protocol):
    def any_connected(self) -> bool: ...

    def send(self, parcel: Parcel, *, within: float) -> tuple[Answer, str]: ...


class Carrier:
    def __init__(self, *, sockets: Sockets, signing_secret: str, within: float, wire: Wire) -> None:
        self._sockets = sockets
        self._secret = signing_secret
        self.within = within
        self._wire = wire
        self._turn = itertools.count()
        self.addresses: list[str] = []
        self.now: Any = time.time
        self.before: Callable[[], None] = lambda: None
        """Called before anything is sent."""

    def carry(self, parcel: Parcel) -> Answer:
        self.before()
        start = time.monotonic()
        if self._sockets.any_connected():
            answer, by = self._sockets.send(parcel, within=self.within)
        elif self.addresses:
            answer, by = self._post(parcel), "http"
        else:
            answer, by = Answer(None, trouble="connection_failed"), "nobody"
        self._wire.record(
            at=self.now(),
            direction="to_bot",
            kind=parcel.kind,
            name=parcel.name,
            request=parcel.body,
            status=answer.status,
            answer=answer.payload,
            seconds=time.monotonic() - start,
            attempt=parcel.attempt,
            by=by,
            trouble=answer.trouble,
        )
        return answer

    def _post(self, parcel: Parcel) -> Answer:
        address = self.addresses[next(self._turn) % len(self.addresses)]
        url = urllib.parse.urlsplit(address)
        body, content_type = _encoded(parcel)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (stand-in)"}
        headers |= sign(self._secret, body, int(time.time()))
        if parcel.attempt:
            headers |= {
                "X-Slack-Retry-Num": str(parcel.attempt),
                "X-Slack-Retry-Reason": parcel.reason,
            }
        connection = http.client.HTTPConnection(
            url.hostname or "127.0.0.1", url.port or 80, timeout=self.within
        )
        try:
            connection.request("POST", url.path or "/", body.encode(), headers)
            response = connection.getresponse()
            content = response.read()
            no_retry = response.getheader("x-slack-no-retry") == "1"
        except TimeoutError:
            return Answer(None, trouble="timeout")
        except (OSError, http.client.HTTPException):
            return Answer(None, trouble="connection_failed")
        finally:
            connection.close()
        payload = _decoded(content, response.getheader("content-type") or "")
        trouble = None if 200 <= response.status < 300 else "http_error"
        return Answer(response.status, payload, trouble, no_retry)


def _encoded(parcel: Parcel) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if parcel.kind == "event":
        return json.dumps(parcel.body), "application/json"
    if parcel.kind == "command":
        return urllib.parse.urlencode(parcel.body), form
    return urllib.parse.urlencode({"payload": json.dumps(parcel.body)}), form


def _decoded(content: bytes, content_type: str) -> Any:
    if not content:
        return None
    text = content.decode("utf-8", "replace")
    if content_type.startswith("application/json"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
