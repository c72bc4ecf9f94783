"""Slack's three escapes, both ways. What a message means belongs elsewhere."""

import re

_CONTROL = re.compile(
    r"(&amp;|&lt;|&gt;|<(?:@[UWB][A-Z0-9]+|#[CGD][A-Z0-9]+|![a-z]+(?:\^[^<>]*)?|"
    r"(?:https?://|mailto:|tel:|slack://)[^\s<>|]+)(?:\|[^<>]*)?>)"
)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape_around_markup(text: str) -> str:
    """As Slack keeps a bot's text: `<@U…>`, links, entities stay; any other & < > is escaped."""
    parts = _CONTROL.split(text)
    return "".join(part if i % 2 else escape(part) for i, part in enumerate(parts))
