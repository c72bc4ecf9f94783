"""One Socket Mode connection: the SDK's client, which here never reconnects by itself."""

import contextlib
import errno
import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from ssl import SSLSocket
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

# The SDK writes whole messages at DEBUG; what it has to say we say ourselves.
silent = logging.getLogger("customer_seat.socket_mode_sdk")
silent.setLevel(logging.CRITICAL)


class EndTelling:
    """A socket whose end is an error.

    Slack's end without a close frame is b"" for ever, which the SDK reads as fast as it can, and
    takes the connection to be alive until five pings could not be sent (python-slack-sdk #1246,
    put back by #1269). Nothing comes after b"": what it closed there, it had lost.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def recv(self, size: int) -> bytes:
        received = self._sock.recv(size)
        if not received:
            raise ConnectionResetError(errno.ECONNRESET, "closed without a word")
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


TOO_MANY = "too_many_websockets"


class Line(SocketModeClient):
    """One connection. It tells when it should be replaced, and never reconnects."""

    def __init__(self, *, app_token: str, web_client: WebClient, ping: float) -> None:
        self.refresh_wanted = threading.Event()
        self.on_refresh: Callable[[], None] = lambda: None
        self.unanswered = 0
        self.reason = ""
        """Why Slack disconnects it; "" while it does not."""
        self._spoken_to = threading.Event()
        self._hanging_up = threading.Lock()
        self._pong: float | None = None
        self._heard_at = time.monotonic()
        super().__init__(
            app_token,
            logger=silent,
            web_client=web_client,
            auto_reconnect_enabled=False,
            ping_interval=ping,
            receive_buffer_size=16 * 1024,
            concurrency=1,  # it only passes on; the runner's pool works
        )

    def connect(self) -> None:
        # The SDK's web client keeps to NO_PROXY; its sockets know only the proxy.
        if self.wss_uri is not None and proxy_bypass(urlsplit(self.wss_uri).netloc):
            self.proxy = None
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock = cast(SSLSocket, EndTelling(session.sock))  # it reads and writes as one

    def enqueue_message(self, message: str) -> None:
        """What Slack says of the connection itself is noted before the SDK acts on it."""
        if '"hello"' in message or '"disconnect"' in message:
            said = json.loads(message)
            if said.get("type") == "disconnect":
                self.reason = str(said.get("reason") or "")
            if said.get("type") in ("hello", "disconnect"):
                self._spoken_to.set()
        super().enqueue_message(message)

    def is_taken(self, within: float) -> bool:
        """Whether Slack does not refuse it, as an app's eleventh; waits for its first word."""
        self._spoken_to.wait(within)
        return self.reason != TOO_MANY

    @property
    def is_crowded_out(self) -> bool:
        return self.reason == TOO_MANY

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        """What the SDK calls on Slack's `disconnect`: do not reconnect, ask to be replaced."""
        self.refresh_wanted.set()
        self.on_refresh()

    def is_well(self, silent: float) -> bool:
        """Connected, and a ping was answered within `silent` seconds. Ask again and again."""
        session = self.current_session
        if session is None or not self.is_connected():
            return False
        if session.last_ping_pong_time != self._pong:
            self._pong, self._heard_at = session.last_ping_pong_time, time.monotonic()
        return time.monotonic() - self._heard_at < silent

    def hang_up(self) -> None:
        """Close, once, without waiting for the reader's 3 s receive timeout."""
        if not self._hanging_up.acquire(blocking=False):
            return
        session = self.current_session
        sock = session.sock if session is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        try:
            self.close()
        except AttributeError:
            # The reader saw the end too, and was first: the SDK asks for the socket before it has
            # the lock, and not again. Now there is none, and its threads are still to be ended.
            self.close()
