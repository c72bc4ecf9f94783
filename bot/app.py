"""The only place that wires: settings in, everything that runs out. Importing it does nothing."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App, BoltContext
from slack_bolt.authorization import AuthorizeResult
from sqlmodel import Session

from bot.catching_up import CatchingUp
from bot.checklists import Checklists
from bot.clock import Clock, SystemClock
from bot.data import data_folder
from bot.deadline import Deadline
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.drawings import Drawings
from bot.delivery.durations import Durations
from bot.delivery.throttles import Throttles
from bot.handlers import ALL
from bot.jobs.ticks import make_scheduler
from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack.client import Clients, make_client
from bot.slack.directory import Directory
from bot.slack.links import Links
from bot.slack.resume import resume_workspace
from bot.toolbox import Toolbox
from bot.views.messages import MESSAGES
from bot.views.whispers import draw_whisper
from bot.web.metrics import Held
from bot.wording import Wording
from db.store import Store, StoreTrouble
from db.tables import Workspace

DISPATCHERS = 4
"""Threads that send, and so connections of their own on PostgreSQL."""


OPEN_SECONDS = 3
"""How long a trigger lives: a form that is not open by then will not be."""


@dataclass(frozen=True, slots=True)
class Running:
    """What `build_app` made: the Bolt app for requests, and what works in the background."""

    app: App
    toolbox: Toolbox
    dispatcher: Dispatcher
    catching_up: CatchingUp
    scheduler: BackgroundScheduler
    outbox: Store
    """The dispatcher's own pool; on SQLite the store itself."""

    def start(self) -> None:
        self.dispatcher.start()
        self.catching_up.start()
        self.scheduler.start()

    def tell_to_stop(self) -> None:
        """Nothing is begun from here on, what has begun goes on. Returns at once."""
        self.toolbox.stopping.set()
        self.catching_up.tell_to_stop()
        self.dispatcher.tell_to_stop()
        if self.scheduler.running:
            self.scheduler.pause()

    def stop(self, deadline: Deadline | None = None) -> None:
        """Let what has begun end, until `deadline`, one for all."""
        deadline = deadline or Deadline()
        self.tell_to_stop()
        if self.scheduler.running:
            # It waits for the tick under way, without an end of its own.
            ticking = threading.Thread(target=self.scheduler.shutdown, daemon=True)
            ticking.start()
            ticking.join(deadline.left())
        self.catching_up.stop(deadline)
        self.dispatcher.stop(deadline)
        if self.outbox is not self.toolbox.store:
            self.outbox.close()
        self.toolbox.clients.close()


def build_app(
    settings: Settings,
    store: Store,
    *,
    clock: Clock | None = None,
    durations: Durations | None = None,
    checklists_dir: Path | None = None,
) -> Running:
    """Wire the bot. `store` is migrated and knows its workspace (`install`)."""
    clock = clock or SystemClock()
    metrics = Metrics()
    clients = Clients(lambda _workspace: settings.slack_bot_token.get_secret_value(),
                      settings.slack_api_url, since=clock.machine(), metrics=metrics)  # fmt: skip
    directory = Directory(store, clients, clock)
    wording = Wording(data_folder("templates"))
    toolbox = Toolbox(
        store=store,
        clock=clock,
        checklists=Checklists(checklists_dir or settings.checklists_dir),
        wording=wording,
        clients=clients,
        directory=directory,
        links=Links(clients),
        metrics=metrics,
    )
    app = App(
        logger=_bolt_logger(),
        # Only `views.open` is called with it.
        client=make_client(
            "",
            settings.slack_api_url,
            clients.connections,
            timeout=OPEN_SECONDS,
            metrics=metrics,
        ),
        authorize=_authorize(settings, toolbox),
        signing_secret=settings.slack_signing_secret.get_secret_value() or "not used",
        # Our own front door checks signatures (bot/web): Bolt's would log bodies and answer 500.
        request_verification_enabled=False,
        process_before_response=True,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,  # bot/handlers/echoes.py does
    )
    app.use(_with_our_client(clients))
    for handler in ALL:
        handler.register(app, toolbox)
    outbox = store.own_pool(DISPATCHERS)
    metrics.registry.register(Held(store, outbox, clock))
    throttles = Throttles()
    dispatcher = Dispatcher(
        outbox,
        clients,
        directory.on(outbox),
        Drawings(wording=wording, messages=MESSAGES, whisper=draw_whisper),
        clock,
        durations=durations,
        throttles=throttles,
        workers=DISPATCHERS,
    )
    catching_up = CatchingUp(toolbox, throttles)
    return Running(app, toolbox, dispatcher, catching_up, make_scheduler(toolbox), outbox)


def install(settings: Settings, store: Store, clock: Clock | None = None) -> Workspace:
    """Ask Slack once whose token this is, and keep it: no call is needed for a request after.

    Raises slack_sdk's SlackApiError for a token that Slack refuses.
    """
    clock = clock or SystemClock()
    asked_at = clock.machine()
    with closing(Clients(lambda _workspace: settings.slack_bot_token.get_secret_value(),
                         settings.slack_api_url)) as clients:  # fmt: skip
        told = clients.of("").auth_test()
    tenant = str(told.get("enterprise_id") or "") if told.get("is_enterprise_install") else ""

    def keep(session: Session) -> Workspace:
        workspace_id = tenant or str(told["team_id"])
        known = session.get(Workspace, workspace_id)
        row = known or Workspace(id=workspace_id, installed_at=asked_at)
        # Also where nobody has noticed yet that the token before is worth nothing any more.
        row.installed_at = row.away_until = asked_at
        row.name = str(told.get("team") or "")
        row.bot_user_id, row.bot_id = str(told["user_id"]), str(told.get("bot_id") or "")
        session.add(row)
        if known is not None and known.revoked_at is not None:
            session.flush()
            resume_workspace(session, workspace_id, now=clock.now())
        return row

    return store.transact(keep)


def _authorize(
    settings: Settings, toolbox: Toolbox
) -> Callable[..., Any]:  # Bolt takes None for a workspace not installed; its type does not say
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        ids = [found for found in (team_id, enterprise_id) if found]

        def find(session: Session) -> Workspace | None:
            rows = [session.get(Workspace, found) for found in ids]
            return next((row for row in rows if row is not None), None)

        try:
            workspace = toolbox.store.read(find)
        except StoreTrouble:
            for each in ids:  # what it was about is not known here
                toolbox.unheard.note(each)
                toolbox.unheard.doubt(each)
            raise
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            bot_token=settings.slack_bot_token.get_secret_value(),
        )

    return authorize


def _with_our_client(clients: Clients) -> Callable[..., Any]:
    """Bolt makes each request a client of the SDK's, with a connection for each call."""

    def give(context: BoltContext, next: Callable[[], Any]) -> Any:  # Bolt's names
        if context.bot_token:
            context["client"] = clients.with_token(context.bot_token, timeout=OPEN_SECONDS)
        return next()

    return give


def _bolt_logger() -> logging.Logger:
    """Errors only: at every start Bolt warns that the token is not used, as `authorize` is."""
    logger = logging.getLogger("customer_seat.bolt")
    logger.setLevel(logging.ERROR)
    return logger
