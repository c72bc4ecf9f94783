"""The story as text: each message as its readers see it in Slack, in the order it came.

Drawn from the messages' blocks as Slack keeps them, never from what the bot knows.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.demo.story import Beat, Said
from playground.driver.message import Message
from playground.text.plain import plain_blocks

_KEYCAPS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EMOJI = {
    "white_check_mark": "✓",
    "hourglass": "⏳",
    "ear": "👂",
    "arrow_right": "→",
    "white_small_square": "▫",
    "grey_question": "?",
    "heavy_minus_sign": "–",
    "repeat": "↻",
    "warning": "⚠",
    "calendar": "📅",
    "octagonal_sign": "⛔",
    "chair": "🪑",
    "rotating_light": "🚨",
    "leftwards_arrow_with_hook": "↩",
    **dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
            "①②③④⑤⑥⑦⑧⑨",
            strict=True,
        )
    ),
}
MARGIN = 11
"""Columns before the words: `Wed 10:04  `."""

_DATE = re.compile(r"<!date\^(-?\d+)\^[^|>]*\|[^>]*>")
_PERSON = re.compile(r"<@(U\w+)(?:\|[^>]*)?>")
_EMOJI = re.compile(r":([a-z_]+):")
# Slack's marks: at the edge of a word, around something that neither begins nor ends with a space.
_MARKED = re.compile(r"(?<![\w*_`])([*_`])(?! )([^*`\n]+?)(?<! )\1(?![\w*_`])")
_STYLES = {"*": "bold", "_": "italic", "`": "cyan"}


class Transcript:
    def __init__(self, out: Console, *, names: Mapping[str, str], zone: ZoneInfo) -> None:
        """`names`: user id -> name."""
        self._out, self._names, self._zone = out, names, zone

    def print(self, beats: Sequence[Beat]) -> None:
        place = ""
        for beat in beats:
            if isinstance(beat, str):
                self._out.print()
                self._print(Text(beat, style="italic dim"), indent=0)
                continue
            if beat.place != place:
                self._heading(beat.place)
            place = beat.place
            self._message(beat)

    def _heading(self, place: str) -> None:
        if place == "channel":
            self._out.print(Rule("#pricing", align="left", style="dim"))
        elif place == "thread":
            self._print(Text("in the thread, under the card", style="dim"), indent=4)
        else:
            self._print(Text(f"privately, only {place} sees it", style="dim"), indent=4)

    def _message(self, said: Said) -> None:
        message = said.message
        indent = 0 if said.place == "channel" else 4
        when = datetime.fromtimestamp(float(message.ts), self._zone).strftime("%a %H:%M")
        author = self._names.get(message.user, message.user)
        head = Text.assemble((f"{when}  ", "dim"), (author, "bold"))
        lines = self._lines(message)
        lines[0] = Text.assemble(head, ": ", lines[0])
        if not message.by_bot:
            if message.edited:
                lines[-1].append(" (edited)", "dim")
            for reaction in message.reactions:
                lines[-1].append(f"  {EMOJI.get(reaction, f':{reaction}:')}", "green")
        for number, line in enumerate(lines):
            self._print(line, indent=indent, hang=MARGIN, first=MARGIN if number else 0)

    def _lines(self, message: Message) -> list[Text]:
        """What a reader sees, a line each; a row of buttons is one line."""
        lines: list[Text] = []
        for block in json.loads(self._in_local_time(json.dumps(message.blocks))):
            pressable = block.pop("elements", []) if block.get("type") == "actions" else []
            pressable += [accessory] if (accessory := block.pop("accessory", None)) else []
            lines += [self._styled(line) for line in plain_blocks([block]).splitlines()]
            if pressable:
                lines.append(Text(" ".join(_label(element) for element in pressable), "cyan"))
        return lines or [self._styled(line) for line in message.all_text().splitlines()]

    def _in_local_time(self, blocks: str) -> str:
        """Dates as the reader's own Slack would show them."""

        def local(match: re.Match[str]) -> str:
            when = datetime.fromtimestamp(int(match[1]), self._zone)
            return f"{when:%a} {when.day} {when:%b, %H:%M}"

        return _DATE.sub(local, blocks)

    def _styled(self, line: str) -> Text:
        line = _PERSON.sub(lambda m: f"@{self._names.get(m[1], m[1])}", line)
        line = _EMOJI.sub(lambda m: EMOJI.get(m[1], m[0]), line)
        if line.startswith("> "):
            return Text("│ ", "dim") + _unmarked(line[2:])
        return _unmarked(line)

    def _print(self, text: Text, *, indent: int, hang: int = 0, first: int = 0) -> None:
        """`first` and `hang`: columns before the first line and before those it wraps into."""
        width = self._out.width - indent - max(hang, first)
        body = text.copy()
        leading = len(body.plain) - len(body.plain.lstrip())
        for number, line in enumerate(body.wrap(self._out, width)):
            line.rstrip()
            columns = indent + (first if number == 0 else hang + leading)
            self._out.print(Text(" " * columns) + line, soft_wrap=True)


def _label(element: dict[str, Any]) -> str:
    if element.get("type") == "overflow":
        return "[⋯]"
    if element.get("type") == "static_select":
        return f"[{element['placeholder']['text']} ▾]"
    return f"[{(element.get('text') or {}).get('text', '')}]"


def _unmarked(line: str) -> Text:
    """`*bold*`, `_italic_` and code as styles: without colours the words stand alone."""
    text, at = Text(), 0
    for match in _MARKED.finditer(line):
        text.append(line[at : match.start()])
        inner = _unmarked(match[2])
        inner.stylize(_STYLES[match[1]])
        text.append_text(inner)
        at = match.end()
    text.append(line[at:])
    return text
