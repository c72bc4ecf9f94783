"""Who may come in: Slack's signature, the size and the shape of a request. Judges, logs nothing.

Done here and not by Bolt, which answers 500 to a timestamp that is no number, logs the whole body
when a signature is wrong, and reads a command whose text holds the word "payload" as empty.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock

MOST_BYTES = 1_000_000
"""Slack's largest deliveries (a view's state) stay far below."""
MOST_SSL_CHECK = 1_000
"""What is read of a request that nobody signed: Slack's look at our certificate is a short form."""
SIGNED_SECONDS = 300
"""How old a signature may be, by Slack's docs (and slack_sdk's verifier)."""
_MOST_DIGITS = 12
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Turned(Exception):
    """Not let in; `status` is all that is answered."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _MachineTime:
    """Our clock as the verifier wants one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.machine().timestamp()


class FrontDoor:
    def __init__(self, signing_secret: str, clock: Clock) -> None:
        """Raises ValueError for an empty secret."""
        self._clock = clock
        time = _MachineTime(clock)
        self._verifier = SignatureVerifier(signing_secret, clock=time)  # type: ignore[arg-type]

    def looks_signed(self, headers: Mapping[str, str]) -> bool:
        """By its headers alone, before a body is read: a signature, and one of just now."""
        timestamp = headers.get("x-slack-request-timestamp", "")
        if not _is_time(timestamp) or not _SIGNATURE.fullmatch(
            headers.get("x-slack-signature", "")
        ):
            return False
        return abs(self._clock.machine().timestamp() - int(timestamp)) <= SIGNED_SECONDS

    def let_in(self, raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """The body of a request that Slack signed. Raises Turned: 401, or 400 for no such body."""
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (_is_time(timestamp) and signature.isascii()):
            raise Turned(401)
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Turned(400) from None
        if not self._verifier.is_valid(body, timestamp, signature):
            raise Turned(401)
        return read_body(body, headers.get("content-type", ""))


def read_body(body: str, content_type: str) -> dict[str, Any]:
    """JSON, a form, or a form whose field `payload` is JSON. Raises Turned(400)."""
    is_json = content_type.partition(";")[0].strip().lower() == "application/json"
    if is_json or body.startswith("{"):
        return _read_json(body)
    try:
        form: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Turned(400) from None
    if not form:
        raise Turned(400)
    return _read_json(form["payload"]) if "payload" in form else form


def _is_time(timestamp: str) -> bool:
    return timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _MOST_DIGITS


def is_ssl_check(raw: bytes) -> bool:
    """Slack looks at our certificate; unsigned, and nothing is done."""
    return len(raw) <= MOST_SSL_CHECK and b"ssl_check=1" in raw.split(b"&")


def _read_json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Turned(400) from None
    if not isinstance(found, dict):
        raise Turned(400)
    return found
