"""blocks.validate, called with the real WebClient: what a post or a form would be refused for."""

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.playground.refused import refused

GOOD = [{"type": "section", "text": {"type": "mrkdwn", "text": "words"}}]
BAD = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}}


@pytest.mark.parametrize(
    "payload", [{"blocks": GOOD}, {"message": {"blocks": GOOD}}, {"view": {**VIEW, "blocks": GOOD}}]
)
def test_what_is_right_is_taken(client: WebClient, payload: dict[str, Any]) -> None:
    assert client.blocks_validate(**payload)["ok"]


@pytest.mark.parametrize(
    ("payload", "error", "pointer"),
    [
        ({"blocks": BAD}, "invalid_blocks", "/0/text/text"),
        ({"message": {"blocks": BAD}}, "invalid_message", "/blocks/0/text/text"),
        ({"view": {**VIEW, "blocks": BAD}}, "invalid_view", "/blocks/0/text/text"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    client: WebClient, payload: dict[str, Any], error: str, pointer: str
) -> None:
    answer = refused(lambda: client.blocks_validate(**payload))
    assert answer["error"] == error
    (trouble,) = answer["errors"]
    assert (trouble["pointer"], trouble["code"]) == (pointer, "failed_constraint")
    assert trouble["message"] == "must be less than 3001 characters"


@pytest.mark.parametrize("payload", [{}, {"blocks": GOOD, "message": {}}, {"blocks": "{"}])
def test_exactly_one_thing_is_judged(client: WebClient, payload: dict[str, Any]) -> None:
    assert refused(lambda: client.blocks_validate(**payload))["error"] == "invalid_arguments"
