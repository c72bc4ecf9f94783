"""Asks Slack whether it would take what the bot draws: `blocks.validate`, a call for each sample.

Nothing is posted, and nobody sees anything.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.data import data_folder
from bot.doctor.samples import Sample, draw_samples
from bot.settings import Settings
from bot.slack.client import Clients
from bot.slack.fields import dicts_at, text_at, texts_at
from bot.wording import Wording

REFUSED = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})
TRIES = 5
"""Of one call that Slack says comes too soon; it gives no figure for this method."""
LONGEST_REST = 60.0
_CODE = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`troubles`: what Slack would refuse, each with its place; none: it takes it."""

    name: str
    troubles: tuple[str, ...] = ()


class NotAsked(Exception):
    """Slack didn't judge: no token, no answer, or no such method for this app. Says which."""


def all_samples() -> list[Sample]:
    return list(draw_samples(Wording(data_folder("templates"))))


def look_at_drawings(
    settings: Settings, samples: list[Sample], *, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Verdict]:
    """A verdict for each, as Slack gives it. Raises NotAsked."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        raise NotAsked("There is no SLACK_BOT_TOKEN.")
    client = Clients(lambda _: token, settings.slack_api_url).of("")
    for sample in samples:
        yield Verdict(sample.name, _ask(client, sample, sleep))


def _ask(client: WebClient, sample: Sample, sleep: Callable[[float], None]) -> tuple[str, ...]:
    payload: dict[str, Any] = {sample.what: sample.content}
    for _ in range(TRIES):
        try:
            client.blocks_validate(**payload)
            return ()
        except SlackApiError as refused:
            error = text_at(refused.response.data, "error")
            if error in REFUSED:
                return _troubles(refused.response.data, error)
            if not _CODE.fullmatch(error):
                raise NotAsked("Slack gives no answer that can be read.") from refused
            if error != "ratelimited":
                raise NotAsked(f"Slack answers {error} to blocks.validate.") from refused
            sleep(min(_rest(refused), LONGEST_REST))
        except (OSError, HTTPException, SlackClientError, ValueError) as error:
            raise NotAsked(f"No answer to blocks.validate: {type(error).__name__}.") from error
    raise NotAsked(f"Slack says ratelimited {TRIES} times: try again later.")


def _troubles(answer: object, error: str) -> tuple[str, ...]:
    """As docs.slack.dev shows them; an answer in another form is not taken for consent."""
    found = [
        f"{text_at(trouble, 'pointer')} {text_at(trouble, 'message')}".strip()
        for trouble in dicts_at(answer, "errors")
    ]
    return tuple(found or texts_at(answer, "response_metadata", "messages") or (error,))


def _rest(refused: SlackApiError) -> float:
    headers = {str(k).lower(): v for k, v in refused.response.headers.items()}
    try:
        return max(1.0, float(headers["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return LONGEST_REST
