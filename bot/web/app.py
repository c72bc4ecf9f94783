"""Slack's requests and health over HTTP. Bolt runs on threads of its own, not on the event loop."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from structlog.contextvars import bound_contextvars

from bot.clock import Clock
from bot.metrics import Metrics, kind_of
from bot.web.connections import quiet_when_files_run_out
from bot.web.front_door import MOST_BYTES, MOST_SSL_CHECK, FrontDoor, Turned, is_ssl_check
from bot.web.metrics import make_metrics
from db.cause import because_of

log = structlog.get_logger("web")

WORKERS = 32
BACKLOG = 64
"""Requests that may wait for a worker; more could not be answered within Slack's 3 s anyway."""
BODY_SECONDS = 3.0
"""For the whole of a body: later, Slack does not wait for the answer any more."""
_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")

Checks = Callable[[], dict[str, bool]]


def build_web(
    app: App | None,
    *,
    signing_secret: str,
    clock: Clock,
    checks: Checks,
    workers: int = WORKERS,
    backlog: int = BACKLOG,
    body_seconds: float = BODY_SECONDS,
    metrics: Metrics | None = None,
) -> Starlette:
    """`app` None: health only, for a process that hears Slack by Socket Mode.

    `checks` tells what this process needs, by name, and whether it is there. `metrics`: what
    `/metrics` shows, and what is counted here; none, and there is no such address.
    """
    routes = [Route("/healthz", _healthz), Route("/readyz", _make_readyz(checks))]
    if metrics is not None:
        routes.append(Route("/metrics", make_metrics(metrics.registry)))
    entrance = None
    if app is not None:
        door = FrontDoor(signing_secret, clock)
        entrance = _Entrance(
            app, door, workers, workers + backlog, body_seconds, metrics or Metrics()
        )
        routes.append(Route("/slack/events", entrance.take, methods=["POST"]))

    @asynccontextmanager
    async def lifespan(_web: Starlette) -> AsyncIterator[None]:
        quiet_when_files_run_out(asyncio.get_running_loop())
        yield
        if entrance is not None:
            entrance.close()

    web = Starlette(routes=routes, lifespan=lifespan)
    # A redirect to a path without its slash would name whatever host the request did.
    web.router.redirect_slashes = False
    return web


class _Entrance:
    """Takes a request, has Bolt answer it on one of our threads."""

    def __init__(
        self,
        app: App,
        door: FrontDoor,
        workers: int,
        most: int,
        body_seconds: float,
        metrics: Metrics,
    ) -> None:
        self._metrics = metrics
        self._body_seconds = body_seconds
        self._app = app
        self._door = door
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="slack-request")
        self._most = most
        self._inside = 0
        self._lock = threading.Lock()

    async def take(self, request: Request) -> Response:
        try:
            is_signed = self._door.looks_signed(request.headers)
            most = MOST_BYTES if is_signed else MOST_SSL_CHECK
            raw = await asyncio.wait_for(_read(request, most), self._body_seconds)
            if is_ssl_check(raw):
                return Response(status_code=200)
            body = self._door.let_in(raw, request.headers)
        except Turned as turned:
            status = 401 if turned.status == 413 and not is_signed else turned.status
            return self._turn_away(status)
        except TimeoutError:
            return self._turn_away(408)
        except ClientDisconnect:
            return Response(status_code=400)
        if body.get("type") == "url_verification":
            return JSONResponse({"challenge": str(body.get("challenge") or "")})
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        return await self._answer(body, headers)

    async def _answer(self, body: dict[str, Any], headers: dict[str, str]) -> Response:
        with self._lock:
            if self._inside >= self._most:
                log.warning("web.too_busy", inside=self._inside)
                self._metrics.turned_away.labels("503").inc()
                return Response(status_code=503)
            self._inside += 1
        work = self._pool.submit(self._dispatch, body, headers)
        # Counted until the work is over: Bolt goes on also when nobody waits for its answer.
        work.add_done_callback(self._left)
        answer = await asyncio.wrap_future(work)
        return Response(
            answer.body,
            status_code=answer.status,
            headers=answer.first_headers_without_set_cookie(),
        )

    def _left(self, _work: object) -> None:
        with self._lock:
            self._inside -= 1

    def _dispatch(self, body: dict[str, Any], headers: dict[str, str]) -> BoltResponse:
        return dispatch(self._app, body, headers, self._metrics)

    def _turn_away(self, status: int) -> Response:
        """Closed as well: what is left of its body is not read."""
        log.info("web.turned_away", status=status)
        self._metrics.turned_away.labels(str(status)).inc()
        return Response(status_code=status, headers={"connection": "close"})

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def dispatch(
    app: App, body: dict[str, Any], headers: dict[str, Any], metrics: Metrics | None = None
) -> BoltResponse:
    """Bolt's answer to a body that was read and let in; 500 for what nobody caught."""
    cause = cause_of(body)
    with (
        (metrics or Metrics()).delivery(kind_of(body)) as statuses,
        because_of(cause),
        bound_contextvars(cause=cause),
    ):
        response = _dispatch(app, body, headers)
        statuses.append(response.status)
        return response


def cause_of(body: dict[str, Any]) -> str:
    """Slack's own id of a delivery: an event's, or the trigger's of what somebody did."""
    return str(body.get("event_id") or body.get("trigger_id") or "")


def _dispatch(app: App, body: dict[str, Any], headers: dict[str, Any]) -> BoltResponse:
    # `socket_mode` means: take the body as it is, do not parse or verify it again.
    request = BoltRequest(mode="socket_mode", body=body, headers=headers)
    try:
        return app.dispatch(request)
    except Exception as error:
        # The class and the place, not the message: an error may quote what someone wrote.
        log.error("slack.unanswered", error=type(error).__name__, kind=str(body.get("type") or ""))
        return BoltResponse(status=500, body="")


async def _read(request: Request, most: int) -> bytes:
    """Raises Turned(413) above `most` bytes; where its length is told, before it is read."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told[:20]) > most:
        raise Turned(413)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise Turned(413)
        chunks.append(chunk)
    return b"".join(chunks)


async def _healthz(_request: Request) -> Response:
    """The process lives."""
    return PlainTextResponse("ok")


def _make_readyz(checks: Checks) -> Callable[[Request], Response]:
    def readyz(_request: Request) -> Response:
        """It can do its work: 503 names what is missing."""
        found = checks()
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    return readyz
