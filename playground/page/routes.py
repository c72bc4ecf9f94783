"""The page's addresses: its files, the live stream, what one person sees, the clock, the story."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from playground.page.marks import mark_read
from playground.page.playbill import Playbill
from playground.page.sight import sight
from playground.state.world import World

FILES = Path(__file__).parent / "static"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
LOOKS_EVERY = 0.04
"""Changes come in bursts (a press, its redraws, its events): one look folds them into one."""
BEATS_EVERY = 15.0
"""A comment now and then: a closed page is noticed when writing to it."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def build_page_routes(world: World, playbill: Playbill) -> list[BaseRoute]:
    moving = threading.Lock()

    async def page(request: Request) -> Response:
        return _file("index.html")

    async def file(request: Request) -> Response:
        return _file(request.path_params["path"])

    async def seen(request: Request) -> Response:
        user = request.query_params.get("as", "")
        return JSONResponse(await run_in_threadpool(sight, world, playbill, user), headers=HEADERS)

    async def stream(request: Request) -> Response:
        return StreamingResponse(_changes(world), media_type="text/event-stream", headers=HEADERS)

    async def clock(request: Request) -> Response:
        wanted = (await _read(request)).get("move")
        move = playbill.clock_moves.get(str(wanted))
        if move is None:
            return _refused(f"The clock has no move called {wanted}.")
        if not moving.acquire(blocking=False):
            return _refused("The clock is being moved.")
        try:
            await run_in_threadpool(move)
        except Exception as error:  # whatever a hook raises is for the person at the page
            return _refused(str(error) or type(error).__name__)
        finally:
            moving.release()
            world.tell()
        return JSONResponse({"ok": True})

    async def read(request: Request) -> Response:
        given = await _read(request)
        await run_in_threadpool(mark_read, world, str(given.get("person", "")), given.get("places"))
        return JSONResponse({"ok": True})

    async def story(request: Request) -> Response:
        wanted = (await _read(request)).get("play")
        plays = {"next": playbill.story.play_next, "all": playbill.story.play_all}
        if wanted not in plays:
            return _refused("play must be next or all")
        await run_in_threadpool(plays[wanted])
        return JSONResponse({"ok": True})

    return [
        Route("/", page),
        Route("/page/seen", seen),
        Route("/page/stream", stream),
        Route("/page/clock", clock, methods=["POST"]),
        Route("/page/read", read, methods=["POST"]),
        Route("/page/story", story, methods=["POST"]),
        Route("/page/{path:path}", file),
    ]


def _file(path: str) -> Response:
    found = (FILES / path).resolve()
    if not found.is_relative_to(FILES) or not found.is_file() or found.suffix not in KINDS:
        return Response("There is no such page.", 404, HEADERS, "text/plain")
    return Response(found.read_bytes(), 200, HEADERS, KINDS[found.suffix])


async def _changes(world: World) -> AsyncIterator[str]:
    told, quiet = -1, 0.0
    while True:
        if world.changes != told:
            told, quiet = world.changes, 0.0
            yield f"data: {told}\n\n"
        elif quiet >= BEATS_EVERY:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(LOOKS_EVERY)
        quiet += LOOKS_EVERY


async def _read(request: Request) -> dict[str, object]:
    """JSON only, so that no other web page can post a form here."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {}
    try:
        given = await request.json()
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _refused(why: str) -> Response:
    return JSONResponse({"ok": False, "error": why}, 400, HEADERS)
