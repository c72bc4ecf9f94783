"""Reading what was drawn as a person does: the texts in it, and its buttons."""

from collections.abc import Iterator
from typing import Any


def texts_in(value: Any, types: tuple[str, ...] = ("mrkdwn", "plain_text")) -> Iterator[str]:
    """Every text a person reads in blocks or a view."""
    if isinstance(value, dict):
        if value.get("type") in types:
            yield value["text"]
        for inner in value.values():
            yield from texts_in(inner, types)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, types)


def read(value: Any) -> str:
    """What stands in a message, as text: its blocks, then its buttons in brackets."""
    lines: list[str] = []
    for block in getattr(value, "blocks", value):
        if block["type"] == "actions":
            lines.append(" ".join(_button(e) for e in block["elements"]))
        else:
            lines.extend(texts_in({k: v for k, v in block.items() if k != "accessory"}))
            if "accessory" in block:
                lines[-1] += " " + _button(block["accessory"])
    return "\n".join(lines)


def _button(element: dict[str, Any]) -> str:
    if element["type"] == "overflow":
        return "[⋯ " + " · ".join(o["text"]["text"] for o in element["options"]) + "]"
    if element["type"] == "static_select":
        options = " · ".join(o["text"]["text"] for o in element["options"])
        return f"[{element['placeholder']['text']} ▾ {options}]"
    return f"[{element['text']['text']}]"
