"""Putting values into a form, and what Slack's own client would refuse to send."""

import re
from datetime import date, datetime, time
from typing import Any

from playground.blocks.values import FIELDS, is_empty, stateful_elements, value_shape
from playground.driver.view import options_of
from playground.errors import CannotDo
from playground.state.records import Json, ViewRecord

_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def find_field(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """(block, element) by block_id, else by action_id."""
    fields = stateful_elements(blocks)
    for block, element in fields:
        if block["block_id"] == name:
            return block, element
    for block, element in fields:
        if element["action_id"] == name:
            return block, element
    there = ", ".join(block["block_id"] for block, _ in fields)
    raise CannotDo(f"no field {name} here; there is: {there}")


def has_field(blocks: list[Json], name: str) -> bool:
    return any(
        name in (block["block_id"], element["action_id"])
        for block, element in stateful_elements(blocks)
    )


def put_value(view: ViewRecord, name: str, value: Any, *, force: bool = False) -> tuple[Json, Json]:
    block, element = find_field(view.content["blocks"], name)
    shape = value_shape(element, read_value(element, value, force=force))
    view.values[block["block_id"]][element["action_id"]] = shape
    return block, element


def read_value(element: Json, value: Any, *, force: bool = False) -> Any:
    """A Python value as the element holds it: options by value or words, people and channels by
    themselves or id, dates and times as such or as text."""
    if value is None:
        return None
    field = FIELDS[element["type"]][0]
    if field == "selected_options":
        return [_option(element, item, force) for item in value] or None
    if field == "selected_option":
        return _option(element, value, force)
    if field in ("selected_users", "selected_conversations", "selected_channels"):
        return [_id(item) for item in value]
    if field in ("selected_user", "selected_conversation", "selected_channel"):
        return _id(value)
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if field == "value":
        return str(value) or None
    return value


def _id(value: Any) -> str:
    return value if isinstance(value, str) else str(value.id)


def _option(element: Json, wanted: Any, force: bool) -> Json:
    if isinstance(wanted, dict):
        wanted = wanted.get("value")
    options = options_of(element)
    for option in options:
        if option.get("value") == str(wanted):
            return option
    for option in options:
        if option["text"]["text"] == str(wanted):
            return option
    if force:
        text = {"type": "plain_text", "text": str(wanted), "emoji": True}
        return {"text": text, "value": str(wanted)}
    there = ", ".join(str(option.get("value")) for option in options)
    raise CannotDo(f"{wanted!r} cannot be chosen in {element['action_id']}; there is: {there}")


def find_client_troubles(view: ViewRecord) -> dict[str, str]:
    """block_id -> what Slack's client says before it sends anything."""
    troubles: dict[str, str] = {}
    for block, element in stateful_elements(view.content["blocks"]):
        if block["type"] != "input":
            continue
        shape = view.values[block["block_id"]][element["action_id"]]
        if is_empty(element, shape):
            if not block.get("optional"):
                troubles[block["block_id"]] = "Please complete this required field."
            continue
        trouble = _wrong(element, shape)
        if trouble:
            troubles[block["block_id"]] = trouble
    return troubles


def _wrong(element: Json, shape: Json) -> str | None:
    kind, value = element["type"], str(shape.get("value") or "")
    if kind == "plain_text_input":
        most, least = element.get("max_length", 3000), element.get("min_length", 0)
        if len(value) > most:
            return f"Must be at most {most} characters."
        if len(value) < least:
            return f"Must be at least {least} characters."
        if "\n" in value and not element.get("multiline"):
            return "This field holds one line."
    elif kind == "email_text_input" and not _MAIL.match(value):
        return "Please enter a valid email address."
    elif kind == "url_text_input" and not re.match(r"^https?://\S+$", value):
        return "Please enter a valid URL."
    elif kind == "number_input":
        return _wrong_number(element, value)
    most_items = element.get("max_selected_items")
    chosen = shape.get(FIELDS[kind][0])
    if most_items and isinstance(chosen, list) and len(chosen) > most_items:
        return f"At most {most_items} can be chosen."
    return None


def _wrong_number(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not re.match(r"^-?\d+$", value):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Must be at most {element['max_value']}."
    return None
