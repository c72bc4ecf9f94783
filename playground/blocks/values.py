"""The `state.values` of inputs: how Slack writes what stands in each kind of element."""

from typing import Any

from playground.blocks.check import elements_of
from playground.state.records import Json

# type of element -> the field its value stands in, and the element's field with the first value.
FIELDS: dict[str, tuple[str, str | None]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", None),
}


def holds_many(field: str) -> bool:
    return (field.startswith("selected_") and field.endswith("s")) or field == "files"


def value_shape(element: Json, value: Any) -> Json:
    """`value`: None for empty; a list where the element holds many."""
    field, _ = FIELDS[element["type"]]
    if value is None and holds_many(field):
        value = []
    shape: Json = {"type": element["type"], field: value}
    if element["type"] == "timepicker" and "timezone" in element:
        shape["timezone"] = element["timezone"]
    return shape


def is_empty(element: Json, shape: Json) -> bool:
    return shape.get(FIELDS[element["type"]][0]) in (None, "", [])


def stateful_elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """(block, element) for everything that has a value: inputs, and selects elsewhere."""
    return [
        (block, element)
        for block in blocks
        for element, _ in elements_of(block)
        if element.get("type") in FIELDS
    ]


def initial_values(blocks: list[Json]) -> dict[str, Json]:
    values: dict[str, Json] = {}
    for block, element in stateful_elements(blocks):
        initial = FIELDS[element["type"]][1]
        value = element.get(initial) if initial else None
        values.setdefault(block["block_id"], {})[element["action_id"]] = value_shape(element, value)
    return values
