"""One call to Slack, and its answer as a value: nothing a call does is raised."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.answers import Meaning, meaning_of
from bot.slack.client import Clients, NotInstalled, retry_after
from bot.slack.connections import NotConnected

_CODE = re.compile(r"[a-z0-9_]+")
DEFAULT_RETRY_AFTER = 30.0
"""For a 429 that does not say; Slack's smallest period is a minute."""


@dataclass(frozen=True, slots=True)
class Answer:
    meaning: Meaning
    error: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    retry_after: float = 0.0


def call_slack(
    clients: Clients, workspace_id: str, call: Callable[[WebClient], Any], *, timeout: int
) -> Answer:
    """Never raises for what Slack or the network did."""
    try:
        client = clients.of(workspace_id, timeout=timeout)
    except NotInstalled:
        return _answer("token_revoked")
    try:
        data = call(client).data
    except SlackApiError as error:
        return _from_error(error)
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        return _answer("not_sent" if isinstance(error, NotConnected) else "no_answer")
    if not isinstance(data, dict):
        return _answer("unreadable_answer")
    return Answer(Meaning.SENT, data=data)


def _from_error(error: SlackApiError) -> Answer:
    response = error.response
    status = getattr(response, "status_code", 200)
    code = str(response.get("error") or "") if hasattr(response, "get") else ""
    if status == 429 or meaning_of(code) is Meaning.THROTTLED:
        return Answer(
            Meaning.THROTTLED,
            "ratelimited",
            retry_after=retry_after(response, untold=DEFAULT_RETRY_AFTER),
        )
    if not _CODE.fullmatch(code):
        return _answer("unreadable_answer")
    if status >= 500 and meaning_of(code) is Meaning.HOPELESS:
        return _answer("unreadable_answer")
    return _answer(code)


def _answer(error: str) -> Answer:
    return Answer(meaning_of(error), error)
