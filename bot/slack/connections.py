"""Connections to Slack, kept open between calls, and one TLS context for all of them.

The SDK makes a context and a connection for each call: 27 ms of processor time over TLS, most of it
for reading the machine's certificates (docs/benchmarks.md). What is sent over a connection, and
what an answer means, is for others.
"""

import selectors
import ssl
import threading
import time
import weakref
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import Request, proxy_bypass

from slack_sdk.errors import SlackRequestError

IDLE_SECONDS = 20.0
"""How long an unused connection is kept. Shorter than the patience of most servers and of what
stands between: one that is just being closed can take a call with it."""
MOST_IDLE = 16
"""To one place; more were in use at once than ever should be."""


class NotConnected(OSError):
    """No connection came about, so nothing of the call can have reached anybody."""


@cache
def tls() -> ssl.SSLContext:
    """The machine's trusted certificates, or those of SSL_CERT_FILE, read once a process."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection leads: connections to the same place stand for one another."""

    scheme: str
    host: str
    port: int | None
    proxy: str = ""


@dataclass(slots=True)
class Kept:
    connection: HTTPConnection
    since: float


@dataclass(slots=True)
class Shelf:
    """What is idle, newest last. Apart from Connections, whose end closes it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    idle: dict[Place, list[Kept]] = field(default_factory=dict)

    def clear(self) -> None:
        with self.lock:
            kept = [each for those in self.idle.values() for each in those]
            self.idle.clear()
        for each in kept:
            each.connection.close()


class Connections:
    """For any number of threads. Nothing is sent twice: whoever called decides what a failure
    means, and whether to call again.

    A connection that the other side closed while it was idle is noticed before anything is written
    and replaced. One that dies after that may have carried the call.
    """

    def __init__(self, *, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self._shelf = Shelf()
        weakref.finalize(self, self._shelf.clear)

    def close(self) -> None:
        """What is idle is closed. Calls that run now go on, and later ones connect anew."""
        self._shelf.clear()

    def send(self, request: Request, *, proxy: str | None, timeout: float) -> dict[str, Any]:
        """Status, headers and body of the answer, whatever its status; redirects are not followed.

        `timeout`: in seconds, for connecting and for each wait after that.
        Raises NotConnected when nothing was sent; OSError and HTTPException when it may have been.
        """
        place = _place_of(request, proxy)
        connection = self._take(place, timeout) or self._connect(place, timeout)
        try:
            connection.request(
                request.get_method(),
                request.full_url if _is_forwarded(place) else request.selector,
                body=request.data,
                headers=dict(request.header_items()) | _forwarding(place),
            )
            answer = connection.getresponse()
            body = answer.read()
        except BaseException:
            connection.close()
            raise
        if answer.will_close:
            connection.close()
        else:
            self._keep(place, connection)
        charset = answer.headers.get_content_charset() or "utf-8"
        return {"status": answer.status, "headers": answer.headers, "body": body.decode(charset)}

    def _take(self, place: Place, timeout: float) -> HTTPConnection | None:
        """An idle connection that is still there, the last used first."""
        now = time.monotonic()
        while True:
            with self._shelf.lock:
                idle = self._shelf.idle.get(place)
                kept = idle.pop() if idle else None
            if kept is None:
                return None
            sock = kept.connection.sock
            if sock is None or now - kept.since > IDLE_SECONDS or _was_closed(sock):
                kept.connection.close()
                continue
            sock.settimeout(timeout)
            return kept.connection

    def _keep(self, place: Place, connection: HTTPConnection) -> None:
        now = time.monotonic()
        with self._shelf.lock:
            here = self._shelf.idle.setdefault(place, [])
            here.append(Kept(connection, now))
            done = here[:-MOST_IDLE]
            del here[:-MOST_IDLE]
            for those in self._shelf.idle.values():
                old = [kept for kept in those if now - kept.since > IDLE_SECONDS]
                done += old
                those[:] = [kept for kept in those if kept not in old]
        for kept in done:
            kept.connection.close()

    def _connect(self, place: Place, timeout: float) -> HTTPConnection:
        host, port, proxy = place.host, place.port, _split(place.proxy)
        if proxy is not None:
            host, port = proxy.hostname or "", proxy.port or 80
        connection = (
            HTTPSConnection(host, port, timeout=timeout, context=self._context or tls())
            if place.scheme == "https"
            else HTTPConnection(host, port, timeout=timeout)
        )
        if proxy is not None and place.scheme == "https":
            connection.set_tunnel(place.host, place.port, _proxy_headers(proxy))
        try:
            connection.connect()
        except OSError as error:  # also a certificate that is not trusted, and a proxy's refusal
            connection.close()
            raise NotConnected(*error.args) from error
        except BaseException:
            connection.close()
            raise
        return connection


def _place_of(request: Request, proxy: str | None) -> Place:
    url = urlsplit(request.full_url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SlackRequestError("Invalid URL detected: it is neither http:// nor https://")
    bypassed = not proxy or proxy_bypass(url.netloc)
    return Place(url.scheme, url.hostname, url.port, "" if bypassed else str(proxy))


def _was_closed(sock: Any) -> bool:
    """Nothing is awaited on an idle connection: what there is to be read is its end."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))


def _split(proxy: str) -> SplitResult | None:
    if not proxy:
        return None
    return urlsplit(proxy if "://" in proxy else f"http://{proxy}")


def _is_forwarded(place: Place) -> bool:
    """Whether a proxy is asked to make the request, where with TLS it only passes it on."""
    return bool(place.proxy) and place.scheme == "http"


def _forwarding(place: Place) -> dict[str, str]:
    proxy = _split(place.proxy)
    return _proxy_headers(proxy) if proxy is not None and _is_forwarded(place) else {}


def _proxy_headers(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    who = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(who.encode()).decode()}"}
