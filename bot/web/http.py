"""uvicorn around our web app: on a thread of its own, so that the caller keeps the signals."""

import errno
import socket
import threading

import uvicorn
from starlette.applications import Starlette

from bot.deadline import STOP_SECONDS, Deadline
from bot.web.connections import Connection

KEEP_ALIVE_SECONDS = 75
"""Longer than a balancer's usual 60 s, so that it is not us who closes under a request."""


class CannotListen(Exception):
    """A sentence for whoever set HOST and PORT."""


class HttpRunner:
    """`start`, then `port`; `stop` lets requests that are being answered end."""

    def __init__(self, web: Starlette, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            web,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
            server_header=False,
            http=Connection,
            ws="none",
            lifespan="on",
        )
        self._server = uvicorn.Server(config)
        self._host, self._wanted_port = host, port
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        assert self._socket is not None, "not started"
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Raises CannotListen."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            self._socket = socket.create_server((self._host, self._wanted_port), family=family)
        except (OSError, ValueError) as error:  # ValueError: a name that no resolver takes
            raise CannotListen(self._why_not(error)) from error
        # Each connection inherits it, and asyncio does not set it on these: an answer in two parts
        # would wait 40 ms between them.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="http", daemon=True
        )
        self._thread.start()

    def _why_not(self, error: Exception) -> str:
        where = f"port {self._wanted_port} of {self._host}"
        match getattr(error, "errno", None):
            case errno.EADDRINUSE:
                return f"Something else listens on {where}: is the bot running already? Set PORT."
            case errno.EACCES:
                return f"This user may not listen on {where}: those below 1024 are reserved."
        return (
            f"HOST is {self._host}, which is no address of this machine. "
            "Leave it out for 127.0.0.1; 0.0.0.0 listens on every address."
        )

    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def tell_to_stop(self) -> None:
        """No new connections, and none kept alive. Returns at once."""
        self._server.should_exit = True

    def stop(self, deadline: Deadline | None = None) -> None:
        self.tell_to_stop()
        if self._thread is not None:
            self._thread.join((deadline or Deadline()).left())
        if self._socket is not None:
            self._socket.close()
