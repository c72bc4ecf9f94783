"""Commands, presses and forms beside the samples (samples.py)."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App

from playground import Playground
from tests.playground.bot_in_a_thread import ListeningBot
from tests.playground.samples import (
    BOLT,
    CHANNEL,
    JAVA,
    MESSAGE,
    PERSON,
    TEAM,
    VIEW,
    WORDS,
    Shape,
    differences,
)

PRESSED = {
    "type": str,
    "user": PERSON,
    "api_app_id": str,
    "token": str,
    "trigger_id": str,
    "team": TEAM,
}
ASKED: dict[str, tuple[str, Shape]] = {
    "command": (
        JAVA + "app-backend/slash-commands/SlashCommandPayload.json",
        {
            "token": str,
            "api_app_id": str,
            "team_id": str,
            "team_domain": str,
            "channel_id": str,
            "channel_name": str,
            "user_id": str,
            "user_name": str,
            "command": str,
            "text": str,
            "response_url": str,
            "trigger_id": str,
            "is_enterprise_install": str,
        },
    ),
    "block_actions": (
        BOLT + "test_block_actions.py",
        PRESSED
        | {
            "container": {
                "type": str,
                "message_ts": str,
                "channel_id": str,
                "is_ephemeral": bool,
            },
            "channel": CHANNEL,
            "response_url": str,
            "actions": [
                {
                    "action_id": str,
                    "block_id": str,
                    "text": WORDS,
                    "value": str,
                    "type": str,
                    "action_ts": str,
                }
            ],
        },
    ),
    "message_action": (
        BOLT + "test_shortcut.py",
        {
            "type": str,
            "token": str,
            "action_ts": str,
            "team": TEAM,
            "user": {"id": str, "name": str},
            "channel": CHANNEL,
            "callback_id": str,
            "trigger_id": str,
            "message_ts": str,
            "message": MESSAGE,
            "response_url": str,
        },
    ),
    "shortcut": (
        BOLT + "test_shortcut.py",
        {
            "type": str,
            "token": str,
            "action_ts": str,
            "team": TEAM,
            "user": {"id": str, "username": str, "team_id": str},
            "callback_id": str,
            "trigger_id": str,
        },
    ),
    "view_submission": (
        BOLT + "test_view_submission.py",
        PRESSED | {"view": VIEW, "response_urls": list},
    ),
    "view_closed": (
        JAVA + "app-backend/views/ViewClosedPayload.json",
        {
            "type": str,
            "team": TEAM,
            "user": PERSON,
            "api_app_id": str,
            "token": str,
            "view": VIEW,
            "is_cleared": bool,
            "is_enterprise_install": bool,
        },
    ),
}
INPUT = {
    "type": "input",
    "block_id": "b",
    "label": {"type": "plain_text", "text": "Label"},
    "element": {"type": "plain_text_input", "action_id": "a"},
}
FORM = {
    "type": "modal",
    "callback_id": "view-id",
    "title": {"type": "plain_text", "text": "My App"},
    "submit": {"type": "plain_text", "text": "Submit"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "notify_on_close": True,
    "blocks": [INPUT],
}
BUTTON = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "action_id": "a",
            "value": "v",
            "text": {"type": "plain_text", "text": "B"},
        }
    ],
}


@pytest.fixture
def asked(
    slack: Playground, place: SimpleNamespace, app: App, bot: ListeningBot
) -> dict[str, dict[str, Any]]:
    client = app.client

    @app.middleware
    def open_form(body: dict[str, Any], ack: Any, next: Any) -> None:
        if body.get("command") or body.get("type") == "block_actions":
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    client.chat_postMessage(channel=place.pricing.id, text="x", blocks=[BUTTON])
    place.sam.command("/hello", "Hi", place.pricing)
    place.sam.submit(a="test")
    place.sam.press(place.pricing[0], "a")
    place.sam.close()
    place.sam.shortcut("keep", place.ana.post(place.pricing, "hello"))
    place.sam.shortcut("keep")
    slack.settle()
    found: dict[str, dict[str, Any]] = {}
    for exchange in slack.wire.sent("command") + slack.wire.sent("interaction"):
        name = "command" if exchange.kind == "command" else exchange.name
        found[name] = exchange.request
    return found


@pytest.mark.parametrize("name", list(ASKED))
def test_a_command_or_interaction_has_what_the_sample_has(
    asked: dict[str, dict[str, Any]], name: str
) -> None:
    source, shape = ASKED[name]
    assert list(differences(asked[name], shape)) == [], source


def test_a_view_submission_holds_the_value_where_the_sample_has_it(
    asked: dict[str, dict[str, Any]],
) -> None:
    """slackapi/bolt-python tests/scenario_tests/test_view_submission.py"""
    values = asked["view_submission"]["view"]["state"]["values"]
    assert values == {"b": {"a": {"type": "plain_text_input", "value": "test"}}}
