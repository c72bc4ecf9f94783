"""A form that comes back: drawn anew, with what was typed in it and what has changed above it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import blocks
from bot.views.pen import Pen
from bot.wording import Said, size

MOST_NOTE = 6
"""Blocks for what has changed."""
MOST_FORM_BLOCKS = blocks.MOST_VIEW_BLOCKS - MOST_NOTE
"""Of a form that can be long: it leaves room for them."""

View = dict[str, Any]


def come_back(view: View, typed: Mapping[str, Any], changed: Sequence[Said], pen: Pen) -> View:
    """`view`: the form as it is drawn now. `typed`: field -> what was sent and is to be kept; it is
    carried along which these are, since they are no longer other than what the form shows.
    """
    fields = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    homeless = []
    for name, value in typed.items():
        if name in fields:
            _put(fields[name]["element"], value)
        elif isinstance(value, str) and value.strip():
            homeless.append(pen.say("meanwhile.typed", words=value))
    title = pen.say("meanwhile.title", form=view["callback_id"])
    note = [block.to_dict() for block in blocks.sections([title, *changed, *homeless])][:MOST_NOTE]
    carried = json.loads(view["private_metadata"]) | {"typed": sorted(typed)}
    return {
        **view,
        "blocks": [*note, *view["blocks"]][: blocks.MOST_VIEW_BLOCKS],
        "private_metadata": json.dumps(carried, separators=(",", ":")),
    }


def _put(element: dict[str, Any], value: Any) -> None:
    """What an input shows; an option that is not offered any more is left out."""
    kind = element["type"]
    if kind == "plain_text_input":
        _set(element, "initial_value", value)
        element["max_length"] = max(element["max_length"], size(str(value or "")))
    elif kind == "datepicker":
        _set(element, "initial_date", value)
    elif kind == "users_select":
        _set(element, "initial_user", value)
    elif kind == "checkboxes":
        wanted = value if isinstance(value, tuple | list) else ()
        options = [option for option in element["options"] if option["value"] in wanted]
        _set(element, "initial_options", options)
    else:  # radio buttons and lists
        options = [option for option in element["options"] if option["value"] == value]
        _set(element, "initial_option", options[0] if options else None)


def _set(element: dict[str, Any], name: str, value: Any) -> None:
    """An empty field has none."""
    element.pop(name, None)
    if value:
        element[name] = value
