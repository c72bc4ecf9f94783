"""A form and a card, small and complete, for a bot that is played with."""

from typing import Any


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(name: str, kind: str = "plain_text_input", **more: Any) -> dict[str, Any]:
    optional = more.pop("optional", False)
    element = {"type": kind, "action_id": name, **more}
    block = {"type": "input", "block_id": name, "label": words(name), "element": element}
    return block | {"optional": optional}


def option(value: str) -> dict[str, Any]:
    return {"text": words(value.title()), "value": value}


FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "propose",
    "private_metadata": "C1",
    "title": words("Propose"),
    "submit": words("Send"),
    "notify_on_close": True,
    "blocks": [
        field("kind", "static_select", options=[option("pricing"), option("product")]),
        field("title", max_length=20),
        field("roster", "multi_users_select", optional=True),
        field("decide_by", "datepicker", optional=True),
        field("size", "radio_buttons", options=[option("quick"), option("full")], optional=True),
    ],
}
CARD = [
    {"type": "section", "block_id": "top", "text": {"type": "mrkdwn", "text": "*A card*"}},
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "button", "action_id": "go", "value": "1:1", "text": words("Go")},
            {"type": "overflow", "action_id": "more", "options": [option("why"), option("revise")]},
        ],
    },
]
