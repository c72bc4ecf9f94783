"""Socket Mode: tickets, up to ten connections, envelopes, acknowledgements, refresh.

The websockets live on the server's event loop; everyone else is on another thread.
"""

import asyncio
import itertools
import json
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from websockets.frames import Frame, Opcode

from playground.delivery.carrier import ENVELOPES, Answer, Parcel
from playground.faults import SOCKET_FAULTS, Faults
from playground.state.records import Json
from playground.wire import Wire

MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    number: int
    websocket: WebSocket
    loop: asyncio.AbstractEventLoop
    waiting: dict[str, "Future[Answer]"] = field(default_factory=dict)
    """envelope_id -> what the bot will have answered"""
    sent: dict[str, Json] = field(default_factory=dict)
    """envelope_id -> payload, as long as it waits"""
    leaving: bool = False


class SocketMode:
    def __init__(
        self,
        *,
        app_id: str,
        wire: Wire,
        faults: Faults,
        lives: float,
        tell: Callable[[], None],
    ) -> None:
        self._app_id = app_id
        self._wire = wire
        self._faults = faults
        self._lives = lives
        self._tell = tell
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self.now: Any = lambda: 0.0

    def new_ticket(self) -> str:
        ticket = uuid.uuid4().hex
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    @property
    def connections(self) -> int:
        return len(self._live())

    def any_connected(self) -> bool:
        return bool(self._live())

    def _live(self) -> list[Connection]:
        with self._lock:
            return [c for c in self._connections if not c.leaving]

    async def serve(self, websocket: WebSocket) -> None:
        ticket = websocket.query_params.get("ticket", "")
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
        if not known:
            await websocket.close(code=1008)
            return
        await websocket.accept()
        connection = Connection(next(self._numbers), websocket, asyncio.get_running_loop())
        if len(self._live()) >= MOST_CONNECTIONS:
            too_many = _disconnect("too_many_websockets") | {
                "num_connections": len(self._live()),
                "connection_info": {"app_id": self._app_id},
            }
            await self._say(connection, too_many)
            await websocket.close(code=1000)
            return
        await self._say(connection, self._hello(len(self._live()) + 1))
        with self._lock:
            self._connections.append(connection)
        self._tell()
        try:
            while True:
                self._heard(connection, await websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            with self._lock:
                self._connections.remove(connection)
            for waiting in list(connection.waiting.values()):
                if not waiting.done():
                    waiting.set_result(Answer(None, trouble="connection_failed"))
            self._tell()

    def send(self, parcel: Parcel, *, within: float) -> tuple[Answer, str]:
        """To any one connection. Slack gives no promise which; here they take turns."""
        live = self._live()
        if not live:
            return Answer(None, trouble="connection_failed"), "nobody"
        connection = live[next(self._turn) % len(live)]
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "payload": parcel.body,
            "type": ENVELOPES[parcel.kind],
            "accepts_response_payload": _takes_answer(parcel),
        }
        if parcel.kind == "event":
            envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
        answer: Future[Answer] = Future()
        connection.waiting[envelope["envelope_id"]] = answer
        connection.sent[envelope["envelope_id"]] = parcel.body
        hits = {f.kind for f in self._faults.hitting(SOCKET_FAULTS, parcel.kind, parcel.name)}
        try:
            self._put(connection, json.dumps(envelope), within, cut="cut_mid_envelope" in hits)
            if "refresh_meanwhile" in hits:
                connection.leaving = True
                self._on_loop(connection, self._say_and_close(connection, "refresh_requested"))
            return answer.result(within), f"socket {connection.number}"
        except TimeoutError:
            return Answer(None, trouble="timeout"), f"socket {connection.number}"
        except Exception:
            return Answer(None, trouble="connection_failed"), f"socket {connection.number}"
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
            connection.sent.pop(envelope["envelope_id"], None)

    def time_out(self, payload: Json) -> None:
        """Slack waits no longer for an answer to this: for those who move the clock by hand, and
        do not want to sit out `within`."""
        for connection in self._live():
            for name, sent in list(connection.sent.items()):
                answer = connection.waiting.get(name)
                if sent == payload and answer is not None and not answer.done():
                    answer.set_result(Answer(None, trouble="timeout"))

    def _put(self, connection: Connection, text: str, within: float, *, cut: bool) -> None:
        """`cut`: the first half of the frame goes out, and then the line is dead."""
        if cut:
            frame = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
            transport = connection.websocket.scope["extensions"]["transport"]
            connection.leaving = True
            connection.loop.call_soon_threadsafe(transport.write, frame[: len(frame) // 2])
            connection.loop.call_soon_threadsafe(transport.close)
            return
        saying = asyncio.run_coroutine_threadsafe(
            connection.websocket.send_text(text), connection.loop
        )
        saying.result(within)

    def refresh(self, reason: str = "refresh_requested") -> int:
        """Ask every connection to be replaced, then close it, as Slack does every few hours."""
        live = self._live()
        for connection in live:
            connection.leaving = True
            self._on_loop(connection, self._say_and_close(connection, reason))
        return len(live)

    def warn(self) -> None:
        for connection in self._live():
            self._on_loop(connection, self._say(connection, _disconnect("warning")))

    def drop(self) -> int:
        """Connections break without a word."""
        live = self._live()
        for connection in live:
            connection.leaving = True
            self._on_loop(connection, connection.websocket.close(code=1011))
        return len(live)

    def _on_loop(self, connection: Connection, coroutine: Any) -> None:
        future = asyncio.run_coroutine_threadsafe(coroutine, connection.loop)
        try:
            future.result(2)
        except Exception:
            # The other side was gone already, which is what was wanted.
            future.cancel()

    async def _say_and_close(self, connection: Connection, reason: str) -> None:
        await self._say(connection, _disconnect(reason))
        if connection.websocket.application_state is WebSocketState.CONNECTED:
            await connection.websocket.close(code=1000)

    async def _say(self, connection: Connection, message: Json) -> None:
        await connection.websocket.send_text(json.dumps(message))
        self._wire.record(
            at=self.now(),
            direction="to_bot",
            kind="socket",
            name=message["type"],
            request=message,
            status=None,
            answer=None,
            seconds=0.0,
            by=f"socket {connection.number}",
        )

    def _heard(self, connection: Connection, text: str) -> None:
        try:
            message = json.loads(text)
            answer = connection.waiting.get(message["envelope_id"])
        except (ValueError, KeyError, TypeError):
            return
        if answer is not None and not answer.done():
            answer.set_result(Answer(200, message.get("payload") or None))

    def _hello(self, number: int) -> Json:
        return {
            "type": "hello",
            "num_connections": number,
            "debug_info": {
                "host": "playground",
                "build_number": 1,
                "approximate_connection_time": int(self._lives),
            },
            "connection_info": {"app_id": self._app_id},
        }


def _takes_answer(parcel: Parcel) -> bool:
    """As in the samples of slackapi/python-slack-sdk: presses, shortcuts are just acknowledged."""
    return parcel.kind == "command" or parcel.name == "view_submission"


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
