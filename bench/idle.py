"""How long a signed command waits while a thousand connections stand open and say nothing.

    python -m bench.idle

The web entrance as `serve` runs it, in a process of its own, with a no-op Bolt app behind it.
"""

import multiprocessing
import resource
import socket
import statistics
import time
from multiprocessing.connection import Connection as Pipe

import httpx
from rich.console import Console

from bot.clock import SystemClock
from bot.web.app import build_web
from bot.web.http import HttpRunner
from tests.web.requests import SECRET, bolt_app, command, signed

IDLE = 1_000
ASKED = 50
LIMIT = 1.0
"""Seconds, for the slowest."""


def main() -> None:
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (IDLE + 200, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = int(ours.recv())
    out = Console(width=100)
    alone = ask(port)
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(IDLE)]
    crowded = ask(port)
    for line in idle:
        line.close()
    ours.send("stop")
    server.join(10)
    for name, found in (("alone", alone), (f"{IDLE:,} idle connections", crowded)):
        median = statistics.median(found)
        out.print(f"{name}: median {median * 1000:.1f} ms, slowest {max(found) * 1000:.1f} ms")
    if max(crowded) > LIMIT:
        raise SystemExit(f"slower than {LIMIT:.0f} s")


def serve(pipe: Pipe) -> None:
    web = build_web(bolt_app([]), signing_secret=SECRET, clock=SystemClock(), checks=dict)
    runner = HttpRunner(web, host="127.0.0.1", port=0)
    runner.start()
    pipe.send(runner.port)
    pipe.recv()
    runner.stop()


def ask(port: int) -> list[float]:
    """Seconds of each of `ASKED` commands, each on a connection of its own."""
    found = []
    for _ in range(ASKED):
        body, began = command("help"), time.monotonic()
        answer = httpx.post(
            f"http://127.0.0.1:{port}/slack/events", content=body, headers=signed(body)
        )
        answer.raise_for_status()
        found.append(time.monotonic() - began)
    return found


if __name__ == "__main__":
    main()
