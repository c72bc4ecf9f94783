"""Who says nothing, or says it slowly, or from nowhere, costs nobody else anything."""

import asyncio
import errno
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import structlog

from bot.clock import SystemClock
from bot.web.app import build_web
from bot.web.connections import Connection, quiet_when_files_run_out
from bot.web.http import HttpRunner
from tests.web.requests import SECRET, bolt_app, command, signed

PATH = "/slack/events"
HEAD = b"POST /slack/events HTTP/1.1\r\nHost: us\r\n"


@contextmanager
def serving(**options: Any) -> Iterator[int]:
    web = build_web(
        bolt_app([]), signing_secret=SECRET, clock=SystemClock(), checks=dict, **options
    )
    runner = HttpRunner(web, host="127.0.0.1", port=0)
    runner.start()
    try:
        yield runner.port
    finally:
        runner.stop()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def ask(port: int) -> tuple[int, float]:
    """A signed command: what it is answered, and after how many seconds."""
    body, began = command("help"), time.monotonic()
    answer = httpx.post(f"http://127.0.0.1:{port}{PATH}", content=body, headers=signed(body))
    return answer.status_code, time.monotonic() - began


def is_closed(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_limits(*, seconds: float = 10, most: int = 256) -> None:
        monkeypatch.setattr(Connection, "head_seconds", seconds)
        monkeypatch.setattr(Connection, "most", most)

    return set_limits


@pytest.mark.parametrize("sent", [b"", b"POST /slack/ev", HEAD])
def test_who_does_not_finish_a_head_is_closed(sent: bytes, quick: Callable[..., None]) -> None:
    quick(seconds=0.1)
    with serving() as port, connect(port) as line:
        line.sendall(sent)
        assert is_closed(line)


def test_a_head_in_drops_has_one_deadline(quick: Callable[..., None]) -> None:
    quick(seconds=0.15)
    with serving() as port, connect(port) as line:
        began = time.monotonic()
        line.settimeout(0.03)
        for letter in b"X-Slow: " + b"y" * 100:
            try:
                line.sendall(bytes([letter]))
                if line.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() - began < 1


def test_a_body_that_does_not_come_is_408() -> None:
    body = command("help")
    lines = [f"{name}: {value}" for name, value in signed(body).items()]
    head = HEAD + "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
    with serving(body_seconds=0.1) as port, connect(port) as line:
        line.sendall(head + body.encode()[:10])
        assert line.recv(100).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-slack-signature": "v0=00"}, signed("x", timestamp="1500000000")],
    ids=["none", "no signature", "an old one"],
)
def test_what_nobody_signed_is_turned_away_before_its_body_is_read(headers: dict[str, str]) -> None:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = HEAD + "\r\n".join([*lines, "Content-Length: 900000", "", ""]).encode()
    with serving() as port, connect(port) as line:
        line.sendall(head)
        assert line.recv(100).startswith(b"HTTP/1.1 401")


def test_silent_connections_make_room_for_one_that_speaks(quick: Callable[..., None]) -> None:
    quick(most=20)
    with serving() as port:
        idle = [connect(port) for _ in range(60)]
        try:
            status, seconds = ask(port)
            assert status == 200
            assert seconds < 1
            assert is_closed(idle[0])
        finally:
            for line in idle:
                line.close()


def test_a_path_with_a_slash_too_many_reflects_no_host() -> None:
    with serving() as port:
        answer = httpx.post(f"http://127.0.0.1:{port}{PATH}/", headers={"host": "evil.example"})
    assert answer.status_code == 404
    assert "evil" not in str(answer.headers) + answer.text


def test_no_traceback_when_files_run_out() -> None:
    """As asyncio tells it once a second; to take a test process its files would fail others."""
    loop = asyncio.new_event_loop()
    quiet_when_files_run_out(loop)
    full = OSError(errno.EMFILE, "Too many open files")
    told = {"message": "socket.accept() out of system resource", "exception": full}
    with structlog.testing.capture_logs() as logged:
        for _ in range(3):
            loop.call_exception_handler(told)
    loop.close()
    assert [(e["event"], e["error"]) for e in logged] == [
        ("web.no_more_connections", "Too many open files")
    ]
