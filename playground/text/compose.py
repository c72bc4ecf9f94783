"""What Slack's composer makes of typed words: a `rich_text` block and the `text` beside it.

Fed with what a person types; `<@U…>`, `<#C…>` and `<!here>` stand for picked mentions. Whether
Slack escapes the words inside rich_text is a switch, because only the real one can tell.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playground.text.escape import escape

Json = dict[str, Any]

_ORDERED = re.compile(r"^(\d{1,3})\. +(.*)$")
_BULLET = re.compile(r"^[•*-] +(.*)$")
_INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|<@(?P<user>[UWB][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<#(?P<channel>[CGD][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<!(?P<range>here|channel|everyone)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+):"
    r"|(?P<link>https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"])"
    r"|(?<![\w*])\*(?P<bold>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^_\s](?:[^_\n]*[^_\s])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])"
)


@dataclass(frozen=True)
class Composed:
    text: str
    blocks: list[Json]


def compose(typed: str, *, as_list: bool, block_id: str, escaped: bool = True) -> Composed:
    """`as_list`: whether `3. ` and `- ` at the start of a line become lists, as while typing."""
    if not typed:
        return Composed("", [])
    elements: list[Json] = []
    texts: list[str] = []
    for kind, lines, first in _paragraphs(typed, as_list=as_list):
        if kind == "code":
            body = "\n".join(lines)
            elements.append(
                {"type": "rich_text_preformatted", "elements": [_text(body, escaped)], "border": 0}
            )
            texts.append(f"```{escape(body)}```")
        elif kind == "quote":
            items, plain = _inline("\n".join(lines), escaped)
            elements.append({"type": "rich_text_quote", "elements": items})
            texts.append("\n".join(f"&gt; {line}" for line in plain.split("\n")))
        elif kind in ("ordered", "bullet"):
            made = [_inline(line, escaped) for line in lines]
            item: Json = {
                "type": "rich_text_list",
                "elements": [{"type": "rich_text_section", "elements": i} for i, _ in made],
                "style": kind,
                "indent": 0,
                "border": 0,
            }
            if kind == "ordered" and first > 1:
                item["offset"] = first - 1
            elements.append(item)
            texts += [
                f"{first + n}. {plain}" if kind == "ordered" else f"• {plain}"
                for n, (_, plain) in enumerate(made)
            ]
        else:
            items, plain = _inline("\n".join(lines), escaped)
            elements.append({"type": "rich_text_section", "elements": items})
            texts.append(plain)
    _break_between_sections(elements)
    block = {"type": "rich_text", "block_id": block_id, "elements": elements}
    return Composed(text="\n".join(texts), blocks=[block])


def _paragraphs(typed: str, *, as_list: bool) -> list[tuple[str, list[str], int]]:
    found: list[tuple[str, list[str], int]] = []
    in_code = False
    for line in typed.split("\n"):
        if (
            line.strip().startswith("```")
            and line.strip().endswith("```")
            and len(line.strip()) > 5
        ):
            found.append(("code", [line.strip()[3:-3]], 1))
            continue
        if line.strip() == "```":
            in_code = not in_code
            if in_code:
                found.append(("code", [], 1))
            continue
        if in_code:
            found[-1][1].append(line)
            continue
        kind, content, first = "section", line, 1
        if line.startswith("> ") or line == ">":
            kind, content = "quote", line[2:]
        elif as_list and (ordered := _ORDERED.match(line)):
            kind, content, first = "ordered", ordered.group(2), int(ordered.group(1))
        elif as_list and (bullet := _BULLET.match(line)):
            kind, content = "bullet", bullet.group(1)
        follows = bool(found) and found[-1][0] == kind
        if follows and kind == "ordered":
            follows = found[-1][2] + len(found[-1][1]) == first
        if follows:
            found[-1][1].append(content)
        else:
            found.append((kind, [content], first))
    return found


def _break_between_sections(elements: list[Json]) -> None:
    """A section before something else ends in the line break that was typed there."""
    for element, after in pairwise(elements):
        if element["type"] == "rich_text_section" and after["type"] != "rich_text_section":
            inner = element["elements"]
            if inner and inner[-1]["type"] == "text" and "style" not in inner[-1]:
                inner[-1]["text"] += "\n"
            else:
                inner.append({"type": "text", "text": "\n"})


def _text(words: str, escaped: bool) -> Json:
    return {"type": "text", "text": escape(words) if escaped else words}


def _inline(words: str, escaped: bool) -> tuple[list[Json], str]:
    items: list[Json] = []
    plain: list[str] = []
    at = 0
    for match in _INLINE.finditer(words):
        if match.start() > at:
            items.append(_text(words[at : match.start()], escaped))
            plain.append(escape(words[at : match.start()]))
        item, text = _piece(match, escaped)
        items.append(item)
        plain.append(text)
        at = match.end()
    if at < len(words):
        items.append(_text(words[at:], escaped))
        plain.append(escape(words[at:]))
    return items, "".join(plain)


def _piece(match: re.Match[str], escaped: bool) -> tuple[Json, str]:
    kind = match.lastgroup
    value = match.group(kind) if kind else ""
    if kind == "user":
        return {"type": "user", "user_id": value}, f"<@{value}>"
    if kind == "channel":
        return {"type": "channel", "channel_id": value}, f"<#{value}>"
    if kind == "range":
        return {"type": "broadcast", "range": value}, f"<!{value}>"
    if kind == "emoji":
        return {"type": "emoji", "name": value}, f":{value}:"
    if kind == "link":
        return {"type": "link", "url": value}, f"<{escape(value)}>"
    if kind == "code":
        inner = value[1:-1]
        return {**_text(inner, escaped), "style": {"code": True}}, f"`{escape(inner)}`"
    mark = {"bold": "*", "italic": "_", "strike": "~"}[kind or ""]
    return {**_text(value, escaped), "style": {kind: True}}, f"{mark}{escape(value)}{mark}"
