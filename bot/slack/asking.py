"""One bounded question to Slack: answered within a second, or not asked at all for a while."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from bot.clock import Clock
from bot.slack.client import Clients, NotInstalled, retry_after
from bot.slack.signs import notice_refusal
from db.store import Store
from db.tables import Workspace

ASK_SECONDS = 1
DEFAULT_REST = 1.0
"""After a 429 that does not say for how long; Slack's do. Somebody who pressed waits for it."""
STRIPES = 64
FRESH = timedelta(days=1)
WRONG_CLOCK = timedelta(minutes=1)
UNKNOWN_CHANNEL = (
    "channel_not_found",
    "not_in_channel",
    "missing_scope",
    "method_not_supported_for_channel_type",
)


class CouldNotAsk(Exception):
    """Slack did not say in time. Refuse what hangs on it, and ask to try again."""

    def __init__(self, why: str, *, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        """Seconds, where Slack said so."""


class Asking:
    """Thread-safe. A method that Slack throttles is left alone in that workspace until it may be
    asked again; who wants the same answer at once waits for the one question (`alone`)."""

    def __init__(self, store: Store, clients: Clients, clock: Clock) -> None:
        self._store = store
        self._clients = clients
        self._clock = clock
        self._rests: dict[tuple[str, str], datetime] = {}
        self._stripes = [threading.Lock() for _ in range(STRIPES)]

    def on(self, store: Store) -> "Asking":
        """The same, with another pool of connections: what rests and who waits is one for both."""
        other = copy(self)
        other._store = store
        return other

    def ask(self, workspace_id: str, method: str, call: Callable[[WebClient], Any]) -> Any:
        """What Slack answered. Lets SlackApiError out; anything else is CouldNotAsk."""
        left = (self._rests.get((workspace_id, method), _EVER) - self._now()).total_seconds()
        if left > 0:
            raise CouldNotAsk("ratelimited", retry_after=left)
        try:
            return call(self._clients.of(workspace_id, timeout=ASK_SECONDS)).data
        except SlackApiError as error:
            if code_of(error) != "ratelimited":
                raise
            seconds = retry_after(error.response, untold=DEFAULT_REST)
            self._rests[workspace_id, method] = self._now() + timedelta(seconds=seconds)
            raise CouldNotAsk("ratelimited", retry_after=seconds) from error
        except (NotInstalled, OSError, HTTPException, ValueError) as error:
            raise CouldNotAsk(type(error).__name__) from error

    def of_workspace(self, workspace_id: str, method: str, call: Callable[[WebClient], Any]) -> Any:
        """As `ask`, and whatever Slack refuses is CouldNotAsk too."""
        try:
            return self.ask(workspace_id, method, call)
        except SlackApiError as error:
            raise CouldNotAsk(code_of(error)) from error

    def of_channel(
        self, workspace_id: str, channel: str, method: str, call: Callable[[WebClient], Any]
    ) -> Any:
        """None for a channel the bot may not see; what is known of it then says so too."""
        try:
            return self.ask(workspace_id, method, call)
        except SlackApiError as error:
            why = code_of(error)
            if why not in UNKNOWN_CHANNEL:
                raise CouldNotAsk(why) from error
            self._store.transact(lambda s: notice_refusal(s, workspace_id, channel, why))
            return None

    @contextmanager
    def alone(self, *what: str) -> Iterator[None]:
        """One at a time asks about `what`. Who has waited in vain asks as well."""
        stripe = self._stripes[hash(what) % STRIPES]
        mine = stripe.acquire(timeout=2 * ASK_SECONDS)
        try:
            yield
        finally:
            if mine:
                stripe.release()

    def _now(self) -> datetime:
        return self._clock.machine()


def believed_since(session: Session, workspace_id: str, clock: Clock) -> datetime:
    """What was checked since then is believed: for a day, and not from before we were away.

    An absence that is still to come was dated by a wrong clock: until then what was heard within
    the last minute has to do.
    """
    now = clock.machine()
    day = now - FRESH + timedelta.resolution
    workspace = session.get(Workspace, workspace_id)
    away = workspace.away_until if workspace else None
    if away is None:
        return day
    return max(day, away if away <= now else now - WRONG_CLOCK)


_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def code_of(error: SlackApiError) -> str:
    found = error.response.get("error") if hasattr(error.response, "get") else None
    return str(found or "unknown")
