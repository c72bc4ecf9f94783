"""Web clients: one a workspace, none that repeats a call by itself."""

import logging
import re
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.metrics import Metrics
from bot.slack.connections import Connections, tls

_CODE = re.compile(r"[a-z0-9_]{1,60}")
REQUEST_SECONDS = 10
"""Shorter than a lane's lease, so that a call is over before its lane can be someone else's."""

# The SDK writes whole requests at DEBUG and whole answers at ERROR: callers log what is needed.
_silent = logging.getLogger("customer_seat.slack_sdk")
_silent.setLevel(logging.CRITICAL)


class NotInstalled(Exception):
    """No token for this workspace: never installed, or taken away."""


class Client(WebClient):
    """The SDK's, over connections that are kept."""

    def __init__(self, connections: Connections, metrics: Metrics, **how: Any) -> None:
        super().__init__(ssl=tls(), **how)
        self._connections, self._metrics = connections, metrics

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:
        """Counted by what came of it: `ok`, Slack's code of an error, or `no_answer`."""
        result = "no_answer"
        try:
            answer = super().api_call(api_method, **how)
            result = "ok"
            return answer
        except SlackApiError as error:
            result = _code_of(error.response)
            if result == "ratelimited":
                seconds = retry_after(error.response, untold=0.0)
                self._metrics.rate_limited.labels(api_method).inc(seconds)
            raise
        finally:
            self._metrics.calls.labels(api_method, result).inc()

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """The one place in which the SDK speaks HTTP; a test holds that it still is."""
        return self._connections.send(req, proxy=self.proxy, timeout=self.timeout)


def make_client(
    token: str,
    base_url: str,
    connections: Connections,
    *,
    timeout: int = REQUEST_SECONDS,
    metrics: Metrics | None = None,
) -> Client:
    """A client without the SDK's retries: after a dropped connection they would post twice.

    `base_url` is Slack's or a stand-in's, with or without a slash at its end.
    """
    return Client(
        connections,
        metrics or Metrics(),
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
        metrics: Metrics | None = None,
    ) -> None:
        self.metrics = metrics or Metrics()
        self.since = since
        self.outdated: frozenset[str] = frozenset()
        """Workspaces installed anew since, whose tokens here are refused: another process has
        the new one, and this one leaves them to it until it is started again."""
        self._find_token = find_token
        self._base_url = base_url
        self.connections = Connections()
        self._made: dict[tuple[str, int], Client] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self.connections.close()

    def leave(self, workspace_id: str) -> None:
        """Its token here is an old one."""
        with self._lock:
            self.outdated |= {workspace_id}

    def of(self, workspace_id: str, *, timeout: int = REQUEST_SECONDS) -> Client:
        """Raises NotInstalled."""
        token = self._find_token(workspace_id)
        if not token:
            raise NotInstalled(workspace_id)
        return self.with_token(token, timeout=timeout)

    def with_token(self, token: str, *, timeout: int = REQUEST_SECONDS) -> Client:
        with self._lock:
            client = self._made.get((token, timeout))
            if client is None:
                client = make_client(
                    token, self._base_url, self.connections, timeout=timeout, metrics=self.metrics
                )
                self._made[(token, timeout)] = client
            return client


def _code_of(response: Any) -> str:
    if getattr(response, "status_code", 200) == 429:
        return "ratelimited"
    code = str(response.get("error") or "") if hasattr(response, "get") else ""
    return code if _CODE.fullmatch(code) else "unreadable_answer"


def retry_after(response: Any, *, untold: float) -> float:
    """Seconds that Slack told us to wait, one at least; `untold` where it does not say."""
    headers = {str(k).lower(): v for k, v in (getattr(response, "headers", None) or {}).items()}
    try:
        return max(1.0, float(headers["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return untold
