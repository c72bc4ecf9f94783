"""The words inside one line: text, links, people, emoji, from blocks or from Slack's markup.

People stay as Slack ids in angle brackets (`<@U…>`); whoever shows a text puts names there.
"""

import re
from collections.abc import Mapping, Sequence

_TOKEN = re.compile(r"<([^<>\n]{1,4000})>")
_MENTIONS = ("user", "usergroup", "broadcast")


def unescape(text: str) -> str:
    """Undo Slack's three entities, once: `&amp;lt;` is a typed `&lt;`."""
    text = text.replace("\x00", "")  # PostgreSQL takes it in no text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_mrkdwn(raw: str) -> str:
    """Slack's escaped markup as words: links read as label and address, entities undone."""
    return unescape(_TOKEN.sub(_token, raw))


def read_inline(elements: Sequence[Mapping[str, object]]) -> str:
    """The words of a rich text section's elements; unknown kinds give their text, if any."""
    return "".join(_word(element) for element in elements)


def is_code(elements: Sequence[Mapping[str, object]]) -> bool:
    """Every word of the section is styled as code."""
    rows = [e for e in elements if _word(e).strip()]
    return bool(rows) and all(_style(e, "code") for e in rows)


def is_mention(elements: Sequence[Mapping[str, object]]) -> bool:
    """The section begins with a person, a group or @here."""
    first = next((e for e in elements if _word(e).strip()), {})
    return first.get("type") in _MENTIONS


def _word(element: Mapping[str, object]) -> str:
    def got(name: str) -> str:
        value = element.get(name)
        return unescape(value) if isinstance(value, str) else ""

    match element.get("type"):
        case "emoji":
            return f":{got('name')}:"
        case "user":
            return f"<@{got('user_id')}>"
        case "usergroup":
            return f"<!subteam^{got('usergroup_id')}>"
        case "channel":
            return f"<#{got('channel_id')}>"
        case "broadcast":
            return f"@{got('range')}"
        case "link":
            return _link(got("url"), got("text"))
        case "color":
            return got("value")
        case "date":
            return got("fallback")
        case _:
            return got("text")


def _token(found: re.Match[str]) -> str:
    head, _, label = found[1].partition("|")
    if head.startswith("@"):
        return f"<{head}>"
    if head.startswith("#"):
        return f"#{label}" if label else f"<{head}>"
    if head.startswith("!date^"):
        return label
    if head.startswith("!subteam^"):
        return label or f"<{head}>"
    if head.startswith("!"):
        return f"@{head[1:]}"
    return _link(head, label) if ":" in head else found[0]


def _link(url: str, label: str) -> str:
    """A link Slack made by itself keeps what was typed; a labelled one gives both."""
    if not label or label == url:
        return url
    bare = url.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
    return label if bare.rstrip("/") == label.rstrip("/") else f"{label} ({url})"


def _style(element: Mapping[str, object], name: str) -> bool:
    style = element.get("style")
    return isinstance(style, Mapping) and bool(style.get(name))
