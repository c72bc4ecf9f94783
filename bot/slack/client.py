"""Web clients: one a workspace, none that repeats a call by itself."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

REQUEST_SECONDS = 10
"""Shorter than a lane's lease, so that a call is over before its lane can be someone else's."""

# The SDK writes whole requests at DEBUG and whole answers at ERROR: callers log what is needed.
_silent = logging.getLogger("customer_seat.slack_sdk")
_silent.setLevel(logging.CRITICAL)


class NotInstalled(Exception):
    """No token for this workspace: never installed, or taken away."""


def make_client(token: str, base_url: str, *, timeout: int = REQUEST_SECONDS) -> WebClient:
    """A client without the SDK's retries: after a dropped connection they would post twice.

    `base_url` is Slack's or a stand-in's, with or without a slash at its end.
    """
    return WebClient(
        token=token,
        base_url=base_url.rstrip("/") + "/",
        timeout=timeout,
        retry_handlers=[],
        logger=_silent,
    )


class Clients:
    """The client of each workspace, made when first asked for.

    `find_token(workspace_id)` gives its bot token, None when there is none. `since`, on the
    machine's clock: when these tokens were read, None for now.
    """

    def __init__(
        self,
        find_token: Callable[[str], str | None],
        base_url: str,
        *,
        since: datetime | None = None,
    ) -> None:
        self.since = since
        self.outdated: frozenset[str] = frozenset()
        """Workspaces installed anew since, whose tokens here are refused: another process has
        the new one, and this one leaves them to it until it is started again."""
        self._find_token = find_token
        self._base_url = base_url
        self._made: dict[tuple[str, int], WebClient] = {}
        self._lock = threading.Lock()

    def leave(self, workspace_id: str) -> None:
        """Its token here is an old one."""
        with self._lock:
            self.outdated |= {workspace_id}

    def of(self, workspace_id: str, *, timeout: int = REQUEST_SECONDS) -> WebClient:
        """Raises NotInstalled."""
        token = self._find_token(workspace_id)
        if not token:
            raise NotInstalled(workspace_id)
        with self._lock:
            client = self._made.get((token, timeout))
            if client is None:
                client = make_client(token, self._base_url, timeout=timeout)
                self._made[(token, timeout)] = client
            return client
