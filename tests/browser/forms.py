"""Forms for the tests: a field of each kind, a modal of them, and a command that opens it."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from tests.browser.test_blocks_are_drawn import option, text


def field(name: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": name,
        "label": text(name.title(), "plain_text"),
        "element": element,
        **more,
    }


RED_BLUE = [option("red"), option("blue")]
FIELDS = [
    field("title", {"type": "plain_text_input", "max_length": 20}),
    field("why", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("colour", {"type": "static_select", "options": RED_BLUE}, optional=True),
    field("people", {"type": "multi_users_select"}, hint=text("Who takes turns", "plain_text")),
    field("owner", {"type": "users_select"}, optional=True),
    field("place", {"type": "conversations_select"}, optional=True),
    field("size", {"type": "radio_buttons", "options": RED_BLUE}, optional=True),
    field("extras", {"type": "checkboxes", "options": RED_BLUE}, optional=True),
    field("day", {"type": "datepicker"}, optional=True),
    field("hour", {"type": "timepicker"}, optional=True),
    field("count", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
]


def modal(title: str, blocks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(title, "plain_text"),
        "submit": text("Save", "plain_text"),
        "blocks": blocks,
        **more,
    }


def let_a_command_open(app: App, view: dict[str, Any]) -> None:
    """`/form` opens it."""

    @app.command("/form")
    def open_form(ack: Any, client: WebClient, body: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()
