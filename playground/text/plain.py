"""Blocks as the plain words a reader sees, for tests and for the text of a notification."""

import re
from typing import Any

from playground.text.escape import unescape

_DATE = re.compile(r"<!date\^(-?\d+)\^[^|>]*\|([^>]*)>")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^|<>]+)>")
_LABELLED = re.compile(r"<([@#!]?)([^|<>]+)\|([^<>]*)>")


def plain_mrkdwn(text: str) -> str:
    """Labels in place of links and dates, entities undone; formatting marks stay."""
    text = _DATE.sub(r"\2", text)
    text = _ADDRESS.sub(r"\1", text)
    text = _LABELLED.sub(lambda m: f"{m.group(1).replace('!', '')}{m.group(3)}", text)
    return unescape(text)


def plain_blocks(blocks: list[dict[str, Any]]) -> str:
    lines: list[str] = []
    for block in blocks:
        lines += _block(block)
    return "\n".join(line for line in lines if line)


def _block(block: dict[str, Any]) -> list[str]:
    kind = block.get("type")
    if kind == "rich_text":
        return [_rich(element) for element in block.get("elements", [])]
    if kind == "input":
        hint = _text(block.get("hint"))
        return [_text(block.get("label")), *_element(block.get("element", {})), hint]
    if kind == "markdown":
        return [str(block.get("text", ""))]
    lines = [_text(block.get("text")), _text(block.get("title"))]
    lines += [_text(field) for field in block.get("fields", [])]
    elements = block.get("elements", [])
    if kind == "context":
        lines.append(" ".join(_text(e) or str(e.get("alt_text", "")) for e in elements))
    else:
        for element in elements:
            lines += _element(element)
    if "accessory" in block:
        lines += _element(block["accessory"])
    if kind == "image":
        lines.append(str(block.get("alt_text", "")))
    return lines


def _element(element: dict[str, Any]) -> list[str]:
    lines = [_text(element.get("text")), _text(element.get("placeholder"))]
    lines += [_text(option.get("text")) for option in element.get("options", [])]
    if element.get("type") == "image":
        lines.append(str(element.get("alt_text", "")))
    if isinstance(element.get("initial_value"), str):
        lines.append(element["initial_value"])
    return lines


def _text(text: Any) -> str:
    if isinstance(text, str):
        return text
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        return ""
    return plain_mrkdwn(text["text"]) if text.get("type") == "mrkdwn" else unescape(text["text"])


def _rich(element: dict[str, Any]) -> str:
    kind = element.get("type")
    inner = element.get("elements", [])
    if kind == "rich_text_list":
        first = int(element.get("offset", 0)) + 1
        marks = (
            [f"{first + i}." for i in range(len(inner))]
            if element.get("style") == "ordered"
            else ["•"] * len(inner)
        )
        return "\n".join(f"{mark} {_rich(item)}" for mark, item in zip(marks, inner, strict=True))
    return "".join(_inline(item) for item in inner)


def _inline(item: dict[str, Any]) -> str:
    match item.get("type"):
        case "text":
            return unescape(str(item.get("text", "")))
        case "link":
            return str(item.get("text") or item.get("url", ""))
        case "emoji":
            return f":{item.get('name')}:"
        case "user":
            return f"<@{item.get('user_id')}>"
        case "channel":
            return f"<#{item.get('channel_id')}>"
        case "broadcast":
            return f"@{item.get('range')}"
        case "date":
            return str(item.get("fallback", ""))
    return ""
