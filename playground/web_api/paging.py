"""Cursor paging as Slack does it: an opaque `next_cursor`, empty at the end."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from playground.web_api.answers import SlackError
from playground.web_api.call import Call

T = TypeVar("T")


def page(call: Call, items: Sequence[T], *, default: int, most: int) -> tuple[list[T], str]:
    limit = call.get("limit", default)
    if limit < 1 or limit > most:
        raise SlackError("invalid_limit")
    start = _position(call.get("cursor", ""))
    following = start + limit
    cursor = ""
    if following < len(items):
        cursor = base64.b64encode(f"next:{following}".encode()).decode()
    return list(items[start:following]), cursor


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise ValueError
        return int(number)
    except (ValueError, binascii.Error) as error:
        raise SlackError("invalid_cursor") from error
