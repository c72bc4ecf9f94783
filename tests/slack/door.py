"""TLS in front of the playground, and servers that break off: what stands between us and Slack."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OK = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{"ok": true}'
LIMIT = 1 << 20


class Door:
    """Takes the TLS off and passes everything on to a loopback port.

    `proxy`: it stands at a company's way out, and is asked with CONNECT first.
    """

    def __init__(self, to: int, tls: ssl.SSLContext, *, proxy: bool = False) -> None:
        self._to, self._tls, self._proxy = to, tls, proxy
        self.opened = 0
        """Connections on which TLS was spoken to the end of its greeting."""
        self.asked: list[str] = []
        """Each CONNECT, with its headers."""
        self.refuses = b""
        """What the proxy answers instead of letting anybody through."""
        self._passing: set[asyncio.Task[None]] = set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        try:
            if self._proxy:
                self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
                if self.refuses:
                    writer.write(self.refuses)
                    await writer.drain()
                    return
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await writer.drain()
                await writer.start_tls(self._tls)
            self.opened += 1
            inner, out = await asyncio.open_connection("127.0.0.1", self._to)
            ways = [
                asyncio.create_task(_pass(reader, out)),
                asyncio.create_task(_pass(inner, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                out.transport.abort()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side did not like our certificate, or has gone; or the door is shut
        finally:
            self._passing.discard(task)
            writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def serve(self, listening: socket.socket, until: asyncio.Event) -> None:
        tls = None if self._proxy else self._tls
        server = await asyncio.start_server(self.take, sock=listening, ssl=tls, limit=LIMIT)
        await until.wait()
        server.close()
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)
        await asyncio.sleep(0.01)  # so that what was closed is gone before the loop is


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(LIMIT):
            writer.write(data)
            await writer.drain()


@contextmanager
def opened(door: Door) -> Iterator[int]:
    """The port at which it stands."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    started: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    ready = threading.Event()

    async def main() -> None:
        until = asyncio.Event()
        started.append((asyncio.get_running_loop(), until))
        ready.set()
        await door.serve(listening, until)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield listening.getsockname()[1]
    finally:
        loop, until = started[0]
        loop.call_soon_threadsafe(until.set)
        thread.join(5)


class Moody:
    """An HTTP server of which a test says what it does with each request it has read whole.

    `mood(number)` for the request's number, from 1: "answer", "answer and hang up" (a moment later,
    as a server does whose patience is over), "hang up", "say nothing", "half".
    """

    def __init__(self, mood: Callable[[int], str]) -> None:
        self._mood = mood
        self.requests: list[bytes] = []
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self.hung_up = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/api/"

    def __enter__(self) -> "Moody":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for each in self._open:
            each.close()
        self._thread.join(5)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                taken, _ = self._listening.accept()
                self.connections += 1
                self._open.append(taken)
                threading.Thread(target=self._talk, args=[taken], daemon=True).start()

    def _talk(self, taken: socket.socket) -> None:
        with contextlib.suppress(OSError), taken, taken.makefile("rb") as heard:
            while request := _read_request(heard.readline, heard.read):
                self.requests.append(request)
                mood = self._mood(len(self.requests))
                if mood.startswith("answer"):
                    taken.sendall(OK)
                if mood == "half":
                    taken.sendall(OK[:-4])
                if mood == "say nothing":
                    continue
                if mood != "answer":
                    break
            with contextlib.suppress(OSError):
                taken.shutdown(socket.SHUT_RDWR)
        self.hung_up.set()


def _read_request(line: Callable[[], bytes], read: Callable[[int], bytes]) -> bytes:
    head = b""
    while (got := line()) not in (b"\r\n", b""):
        head += got
    if not head:
        return b""
    length = next(
        int(h.split(b":")[1]) for h in head.splitlines() if h.lower().startswith(b"content-length")
    )
    return head + b"\r\n" + read(length)
