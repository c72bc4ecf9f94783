"""Socket Mode that is never deaf: two connections, and each replaced before it is closed.

The SDK's client, when Slack refreshes its connection, starts to read the new one about 3 s late,
and a command that came meanwhile has failed by then. So a client here never reconnects: asked to
refresh, a new one is connected, and the old one serves until Slack closes it.
"""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.deadline import Deadline
from bot.slack.client import make_client
from bot.slack.connections import Connections
from bot.slack.socket_line import Line
from bot.slack.socket_places import Place, SocketDurations

log = structlog.get_logger("socket_mode")

Dispatch = Callable[[dict[str, Any], dict[str, Any]], BoltResponse]
"""A payload and its headers to Bolt's answer."""


class _Crowded(Exception):
    """Slack gives this app no further connection."""


class SocketRunner:
    """Keeps `connections` open and answers what comes in on any of them."""

    def __init__(
        self,
        dispatch: Dispatch,
        *,
        app_token: str,
        base_url: str,
        connections: int = 2,
        workers: int = 16,
        durations: SocketDurations | None = None,
        on_back: Callable[[], None] = lambda: None,
        on_crowded: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_back` is called once connected, and again after a connection that died was replaced:
        meanwhile Slack may not have reached us. From the watchman's thread: it returns at once.
        `on_crowded`: Slack refused a connection, as the app has ten; from there too, and it must
        not raise.
        """
        self._dispatch = dispatch
        self._app_token = app_token
        self._connections = Connections()
        self._web = make_client("", base_url, self._connections)
        self._durations = durations or SocketDurations()
        self._on_back, self._on_crowded = on_back, on_crowded
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="socket-mode")
        self._lines: list[Line | None] = [None] * connections
        self._retired: set[Line] = set()
        self._changed = threading.Condition()
        self._rung = False
        self._stopping = False
        self._watchman = threading.Thread(target=self._watch, name="socket-watch", daemon=True)

    def start(self) -> None:
        """Connects in the background; `is_connected` tells when."""
        self._watchman.start()

    def is_connected(self) -> bool:
        return any(line is not None and line.is_connected() for line in self._lines)

    @property
    def connected(self) -> int:
        return sum(line is not None and line.is_connected() for line in self._lines)

    def tell_to_stop(self) -> None:
        """Nothing is taken from here on. Returns at once."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def stop(self, deadline: Deadline | None = None) -> None:
        """Take nothing more, answer what was taken, close."""
        self.tell_to_stop()
        deadline = deadline or Deadline()
        with self._changed:
            lines = {line for line in self._lines if line is not None} | self._retired
            self._changed.wait_for(
                lambda: not any(line.unanswered for line in lines), deadline.left()
            )
        closing = [threading.Thread(target=line.hang_up, daemon=True) for line in lines]
        for thread in closing:
            thread.start()
        # One that is just connecting is closed by the watchman.
        for thread in (*closing, self._watchman):
            thread.join(deadline.left())
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._connections.close()

    # Keeping connected

    def _watch(self) -> None:
        took, begun = self._durations, time.monotonic()
        places = [Place(took, begun + took.stagger * n) for n in range(len(self._lines))]
        connected_once = False
        while not self._stopping:
            for n, place in enumerate(places):
                line, now = self._lines[n], time.monotonic()
                if self._is_fine(line):
                    place.is_fine(now)
                    continue
                if self._stopping or now < place.next_try:
                    continue
                if line is not None and line.is_crowded_out and place.lost is not line:
                    place.lost = line  # once: it is tried anew after a while
                    self._crowded_out(place)
                    continue
                was_well = line is not None and line.is_well(took.silent)
                try:
                    fresh = self._connect()
                except _Crowded:
                    self._crowded_out(place)
                    continue
                if fresh is None:
                    place.next_try = time.monotonic() + place.retry.next()
                    continue
                with self._changed:
                    if not self._stopping:
                        self._lines[n] = fresh
                if self._lines[n] is not fresh:
                    fresh.hang_up()
                    return
                place.is_connected()
                if line is not None:
                    self._retire(line)
                if not (was_well or (line is None and connected_once)):
                    self._on_back()
                connected_once = True
            self._wait()

    def _crowded_out(self, place: Place) -> None:
        """Slack would refuse whoever insists, and what is left of its patience is for others."""
        seconds = place.crowded.next()
        log.warning("socket.too_many_connections", next_try_in=round(seconds, 1))
        place.next_try = time.monotonic() + seconds
        self._on_crowded()

    def _wait(self) -> None:
        with self._changed:
            if not self._rung and not self._stopping:
                self._changed.wait(self._durations.watch)
            self._rung = False

    def _ring(self) -> None:
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def _is_fine(self, line: Line | None) -> bool:
        if line is None or line.refresh_wanted.is_set():
            return False
        return line.is_well(self._durations.silent)

    def _connect(self) -> Line | None:
        """None: it did not come about. Raises _Crowded."""
        line: Line | None = None
        try:
            answer = self._web.apps_connections_open(app_token=self._app_token)
            line = Line(app_token=self._app_token, web_client=self._web, ping=self._durations.ping)
            line.on_refresh = self._ring
            line.socket_mode_request_listeners.append(self._take)
            line.wss_uri = str(answer["url"])
            if not self._stopping:
                line.connect()
            if line.is_connected():
                if not line.is_taken(self._durations.greeting):
                    line.hang_up()
                    raise _Crowded
                log.info("socket.connected")
                return line
        except (OSError, SlackClientError, ValueError, KeyError) as error:
            log.warning("socket.could_not_connect", error=type(error).__name__)
        if line is not None:
            line.hang_up()
        return None

    def _retire(self, line: Line) -> None:
        """Hear and answer what Slack still sends on it until Slack closes it; in the background.

        Closed by us at once, it could take a command with it that is on its way.
        """
        self._retired.add(line)

        def work() -> None:
            until = time.monotonic() + self._durations.retire
            with self._changed:
                while line.is_connected() and time.monotonic() < until and not self._stopping:
                    self._changed.wait(self._durations.watch)
                self._changed.wait_for(lambda: line.unanswered == 0, self._durations.answer)
                self._retired.discard(line)
            line.hang_up()

        threading.Thread(target=work, name="socket-retire", daemon=True).start()

    # Answering

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        assert isinstance(client, Line)
        with self._changed:
            if self._stopping:
                return  # not acknowledged: Slack gives it to another process, or again
            client.unanswered += 1
        try:
            self._pool.submit(self._answer, client, request)
        except RuntimeError:  # the pool was shut down meanwhile
            self._answered(client)

    def _answer(self, line: Line, request: SocketModeRequest) -> None:
        try:
            response = self._dispatch(request.payload, _headers(request))
            if response.status == 200:
                self._acknowledge(line, SocketModeResponse(request.envelope_id, _payload(response)))
            else:
                log.warning("socket.not_acknowledged", status=response.status, kind=request.type)
        except Exception as error:
            log.error("socket.not_answered", error=type(error).__name__, kind=request.type)
        finally:
            self._answered(line)

    def _answered(self, line: Line) -> None:
        with self._changed:
            line.unanswered -= 1
            self._changed.notify_all()

    def _acknowledge(self, line: Line, response: SocketModeResponse) -> None:
        """On the connection it came by; if that is gone, on another of ours."""
        others = [other for other in self._lines if other is not None and other is not line]
        message = json.dumps(response.to_dict())
        for each in (line, *others):
            session = each.current_session
            if session is None or not each.is_connected():
                continue
            try:
                session.send(message)
                return
            except SlackClientError:
                continue
        log.warning("socket.acknowledgement_lost")


def _headers(request: SocketModeRequest) -> dict[str, str]:
    """A repeat looks as it does over HTTP; the first delivery says 0 here, and nothing there."""
    if not request.retry_attempt:
        return {}
    return {
        "x-slack-retry-num": str(request.retry_attempt),
        "x-slack-retry-reason": request.retry_reason or "",
    }


def _payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    kind = response.headers.get("content-type", [""])[0]
    if kind.startswith("application/json"):
        found = json.loads(response.body)
        return found if isinstance(found, dict) else None
    return {"text": response.body}
