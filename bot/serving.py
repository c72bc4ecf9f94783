"""Running the bot until it is told to stop: Socket Mode when there is an app token, else HTTP."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import structlog

from bot.app import build_app, install
from bot.clock import Clock, SystemClock
from bot.deadline import Deadline
from bot.settings import Settings
from bot.slack.socket_mode import SocketRunner
from bot.web.app import build_web, dispatch
from bot.web.health import make_checks
from bot.web.http import HttpRunner
from db.crowded import note_crowded
from db.migrate import migrate
from db.store import Store, StoreTrouble

log = structlog.get_logger("serving")

SPARE = 0.5
"""Seconds after the deadline to close files in."""
# At INFO and below these write whole requests and messages.
_TALKATIVE = ("slack_bolt", "slack_sdk", "uvicorn", "apscheduler", "urllib3")


def run(settings: Settings) -> None:
    """Migrate, connect, serve; returns after SIGINT or SIGTERM, with everything given back.

    Raises StoreTrouble, NotAnAddress for a database; SlackApiError for a refused token;
    CannotListen.
    """
    configure_logging(settings.log_level)
    store = Store(settings.database_url)
    try:
        migrate(store)
        clock = SystemClock()
        install(settings, store, clock)
        running = build_app(settings, store, clock=clock)
        back = running.catching_up.want
        crowded = partial(_note_crowded, store, clock)
        sockets = _make_sockets(
            settings, partial(dispatch, running.app, metrics=running.toolbox.metrics), back, crowded
        )
        more = {"slack": sockets.is_connected} if sockets else {}
        web = build_web(
            None if sockets else running.app,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            clock=clock,
            checks=make_checks(store, dispatcher_is_alive=running.dispatcher.is_alive, **more),
            metrics=running.toolbox.metrics,
        )
        http = HttpRunner(web, host=settings.host, port=settings.port)
        http.start()
        running.start()
        if sockets:
            sockets.start()
        else:
            back()
        log.info("serving", port=http.port, socket_mode=bool(sockets))
        try:
            wait_for_signal()
        finally:
            log.info("stopping")
            stop([sockets, http, running] if sockets else [http, running], Deadline())
    finally:
        store.close()


def _make_sockets(
    settings: Settings, answer: Any, back: Callable[[], None], crowded: Callable[[], None]
) -> SocketRunner | None:
    if not settings.uses_socket_mode:
        return None
    return SocketRunner(
        answer,
        app_token=settings.slack_app_token.get_secret_value(),
        base_url=settings.slack_api_url,
        on_back=back,
        on_crowded=crowded,
    )


def _note_crowded(store: Store, clock: Clock) -> None:
    """For the doctor, which is another process."""
    with suppress(StoreTrouble):
        store.transact(lambda session: note_crowded(session, machine=clock.machine()))


class Stoppable(Protocol):
    def tell_to_stop(self) -> None: ...

    def stop(self, deadline: Deadline) -> None: ...


def stop(parts: Sequence[Stoppable], deadline: Deadline) -> None:
    """All at once begin nothing more; then what was taken is finished, `parts` in turn.

    What still runs a little after `deadline` ends with the process, as in a crash: nothing that
    was acknowledged is lost by it, and Python would wait for its threads without an end.
    """
    last = threading.Timer(deadline.left() + SPARE, _end)
    last.daemon = True
    last.start()
    for part in parts:
        part.tell_to_stop()
    for part in parts:
        part.stop(deadline)


def _end() -> None:
    log.warning("stopped.unfinished")
    os._exit(0)


def wait_for_signal() -> None:
    """Returns at the first SIGINT or SIGTERM. Only from the main thread."""
    told = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: told.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        while not told.wait(3600):
            pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def configure_logging(level: str) -> None:
    """One line an event on standard error; never a message's body. Secrets are taken out where it
    leaves the process (bot/redacting.py).
    """
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(
        level=number, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )
