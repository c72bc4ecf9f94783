"""The control API, for other tools and the browser page: state, traffic, faults, acting as people.

Only the wiring to HTTP belongs here.
"""

import asyncio
import json
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.control.acting import act
from playground.control.snapshot import snapshot
from playground.errors import CannotDo
from playground.state.records import Json

if TYPE_CHECKING:
    from playground.playground import Playground


def build_control_routes(playground: "Playground") -> list[BaseRoute]:
    async def state(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(snapshot, playground.world))

    async def wire(request: Request) -> Response:
        since = request.query_params.get("since", "0")
        if not since.isdigit():
            return _refused("since must be a number")
        return JSONResponse({"exchanges": playground.wire.since(int(since))})

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            playground.faults.clear()
        elif request.method == "POST":
            try:
                for fault in await _objects(request):
                    playground.faults.add(**fault)
            except (TypeError, ValueError) as error:
                return _refused(str(error))
        return JSONResponse({"faults": playground.faults.shapes()})

    async def acting(request: Request) -> Response:
        try:
            wanted = (await _objects(request))[0]
            return JSONResponse(await run_in_threadpool(act, playground.teams, wanted))
        except (CannotDo, KeyError, TypeError, ValueError) as error:
            return _refused(str(error))

    async def connections(request: Request) -> Response:
        try:
            how = (await _objects(request))[0].get("do")
        except ValueError as error:
            return _refused(str(error))
        verbs = {"refresh": playground.refresh_connections, "drop": playground.drop_socket_mode}
        if how not in verbs:
            return _refused("do must be refresh or drop")
        count = await asyncio.to_thread(verbs[how])
        return JSONResponse({"ok": True, "connections": count})

    return [
        Route("/playground/state", state),
        Route("/playground/wire", wire),
        Route("/playground/faults", faults, methods=["GET", "POST", "DELETE"]),
        Route("/playground/act", acting, methods=["POST"]),
        Route("/playground/connections", connections, methods=["POST"]),
    ]


async def _objects(request: Request) -> list[Json]:
    """One JSON object or a list of them. JSON only, so that no web page can post a form here."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ValueError("send application/json")
    given = json.loads(await request.body())
    found = given if isinstance(given, list) else [given]
    if not found or not all(isinstance(item, dict) for item in found):
        raise ValueError("a JSON object is wanted")
    return found


def _refused(why: str) -> Response:
    return JSONResponse({"ok": False, "error": why}, 400)
