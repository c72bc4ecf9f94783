"""The HTTP face: Slack's Web API, Socket Mode's address, response URLs and the control API.

Only loopback. Routes belong here, what they do does not.
"""

import asyncio
import json
import socket
import threading
import urllib.parse
from asyncio import BaseTransport
from collections.abc import Callable
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from playground.delivery.sockets import SocketMode
from playground.state.records import Json
from playground.state.world import World
from playground.web_api import response_urls
from playground.web_api.answers import SlackError
from playground.web_api.desk import Desk, Reply
from playground.wire import Wire


def build_routes(*, desk: Desk, world: World, sockets: SocketMode, wire: Wire) -> list[BaseRoute]:
    return [
        Route("/api/{method}", partial(_api, desk), methods=["GET", "POST"]),
        Route("/actions/{team}/{url_id}", partial(_response_url, world, wire), methods=["POST"]),
        WebSocketRoute("/link/", sockets.serve),
    ]


async def _api(desk: Desk, request: Request) -> Response:
    given: Json = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind == "application/json":
        try:
            parsed = json.loads(body or b"{}")
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        if not isinstance(parsed, dict):
            return JSONResponse({"ok": False, "error": "json_not_object"})
        given |= parsed
    elif kind == "multipart/form-data":
        return JSONResponse({"ok": False, "error": "invalid_form_data"})
    elif body:
        given |= dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    header_token = token if scheme.lower() == "bearer" else None
    reply = await run_in_threadpool(desk.take, request.path_params["method"], header_token, given)
    return await _answer(request, reply)


async def _answer(request: Request, reply: Reply) -> Response:
    if reply.then == "drop":
        request.scope["extensions"]["transport"].abort()
        await asyncio.sleep(0)
    headers = {"content-type": "application/json; charset=utf-8"} | reply.headers
    return Response(reply.body, reply.status or 200, headers)


async def _response_url(world: World, wire: Wire, request: Request) -> Response:
    body = await request.body()
    try:
        given = json.loads(body)
    except ValueError:
        given = None
    trouble: str | None = None
    try:
        await run_in_threadpool(response_urls.take, world, request.path_params["url_id"], given)
        answer: Response = PlainTextResponse("ok")
    except SlackError as error:
        trouble = error.error
        answer = JSONResponse(error.shape(), 404 if trouble.endswith("_url") else 400)
    wire.record(
        at=world.clock.now(),
        direction="from_bot",
        kind="response_url",
        name=request.path_params["url_id"],
        request=given,
        status=answer.status_code,
        answer=bytes(answer.body).decode(),
        seconds=0.0,
        trouble=trouble,
    )
    return answer


def _with_transport(inner: Any, transport: asyncio.Transport) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("extensions", {})["transport"] = transport
        await inner(scope, receive, send)

    return app


class _Protocol(H11Protocol):
    """Lets an answer be a broken connection: gives each request its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app = _with_transport(self.app, transport)
        super().connection_made(transport)


class _SocketProtocol(WebSocketsSansIOProtocol):
    """Lets a websocket break in the middle of a message: gives it its transport too."""

    def connection_made(self, transport: BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.app = _with_transport(self.app, transport)
        super().connection_made(transport)


class _Uvicorn(uvicorn.Server):
    """Stops when told, without uvicorn's ticks and pauses: tests start hundreds of these."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ready = threading.Event()

    def stop(self) -> None:
        self._ready.wait(5)
        self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        self._told = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.sleep(0.005)


def _listen(port: int, rather: int) -> socket.socket:
    """Raises OSError when `port` is in use; `rather` is only a wish."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Each connection inherits it, and asyncio does not set it on these: without it the second half
    # of an answer waits 40 ms for the first to be acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind(("127.0.0.1", port or rather))
        listening.listen(128)
    except OSError:
        listening.close()
        if port or not rather:
            raise
        return _listen(0, 0)
    return listening


class Server:
    """uvicorn in a thread of its own, on a loopback port; 0 picks `rather`, or any that is free."""

    def __init__(self, *, routes: list[BaseRoute], port: int, rather: int = 0) -> None:
        self._socket = _listen(port, rather)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            # A page in someone's browser must not get here by a name that resolves to loopback.
            TrustedHostMiddleware(Starlette(routes=routes), ["127.0.0.1", "localhost"]),
            http=_Protocol,
            ws=_SocketProtocol,
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Uvicorn(config)
        self._thread = threading.Thread(target=self._run, name="playground-server", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, before: Callable[[], None] = lambda: None) -> None:
        before()
        if self._thread.is_alive():
            self._server.stop()
            self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))
