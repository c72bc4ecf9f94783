"""From a Slack message to lines: what was typed, with quotes, code and list numbers told apart.

No meaning is read here; that is parse.py. Shapes of `rich_text` blocks are Slack's own:
sections, lists (`style`, `indent`, `offset`), quotes and preformatted text, each with elements.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seat.thread.inline import is_code, is_mention, read_inline, read_mrkdwn

_SPACES = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ", "\t": " "}
    | dict.fromkeys("\u200b\u2060\ufeff\u200e\u200f\x00")
)
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
_MENTION = re.compile(r"\s*<(?:@|!subteam\^|!here|!channel|!everyone)")


class Kind(StrEnum):
    PLAIN = "plain"
    QUOTE = "quote"
    CODE = "code"
    ITEM = "item"
    """A numbered list item at the outer level; `item` is its number."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line. `text` has no list number and no `>`; `line` has them again."""

    kind: Kind
    text: str
    item: int | None = None
    mention: bool = False
    """The line begins with a person, a group or @here."""

    @property
    def line(self) -> str:
        if self.kind is Kind.QUOTE:
            return f"> {self.text}"
        return f"{self.item}. {self.text}" if self.item is not None else self.text

    @property
    def apart(self) -> bool:
        return self.kind in (Kind.QUOTE, Kind.CODE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: lines in order, none empty at either end."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def lead(self) -> tuple[Paragraph, ...]:
        """Quotes and code before the first line in the sender's own words."""
        own = (n for n, p in enumerate(self.paragraphs) if not p.apart and p.line.strip())
        return self.paragraphs[: next(own, len(self.paragraphs))]

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """Everything from the first line in the sender's own words."""
        return self.paragraphs[len(self.lead) :]


def join(paragraphs: Sequence[Paragraph]) -> str:
    """The lines as one text, as they would be typed."""
    return "\n".join(p.line for p in paragraphs).strip()


def read_lines(blocks: Sequence[Mapping[str, object]] | None, text: str) -> Typed:
    """Read a message event's `blocks`, or its `text` when they hold no words (a phone's `3. ` is
    a list with an offset in blocks, and lost in text). Never fails: what has no words is left out.
    """
    found = [p for block in blocks or () for p in _read_block(block)]
    if not any(p.line.strip() for p in found):
        found = list(_read_text(text))
    while found and not found[0].line.strip():
        found.pop(0)
    while found and not found[-1].line.strip():
        found.pop()
    return Typed(tuple(found))


def _read_block(block: object) -> Iterator[Paragraph]:
    if not isinstance(block, Mapping) or block.get("type") != "rich_text":
        return
    for part in _elements(block):
        words, kind = read_inline(_elements(part)), part.get("type")
        if kind == "rich_text_list":
            yield from _read_list(part)
        elif kind == "rich_text_quote":
            yield from _paragraphs(words, Kind.QUOTE)
        elif kind == "rich_text_preformatted" or is_code(_elements(part)):
            yield from _paragraphs(words, Kind.CODE)
        else:
            yield from _paragraphs(words, Kind.PLAIN, mention=is_mention(_elements(part)))


def _read_list(part: Mapping[str, object]) -> Iterator[Paragraph]:
    indent, offset = (_count(part.get(name)) for name in ("indent", "offset"))
    numbered = part.get("style") == "ordered"
    for number, row in enumerate(_elements(part), start=offset + 1):
        words = read_inline(_elements(row))
        if numbered and indent == 0:
            first, _, rest = _tidy(words).partition("\n")
            yield Paragraph(Kind.ITEM, first.strip(), number)
            yield from _paragraphs(rest, Kind.PLAIN) if rest.strip() else ()
        else:
            bullet = f"{number}." if numbered else "-"
            yield from _paragraphs(f"{'  ' * indent}{bullet} {words}", Kind.PLAIN)


def _read_text(text: str) -> Iterator[Paragraph]:
    for n, stretch in enumerate(text.split("```")):
        if n % 2:
            yield from _paragraphs(read_mrkdwn(stretch.strip("\n")), Kind.CODE)
            continue
        for raw in _tidy(stretch).split("\n"):
            quoted = re.match(r"\s*(?:&gt;|>)+\s?", raw)
            code = re.fullmatch(r"\s*`([^`]+)`\s*", raw)
            kind = Kind.QUOTE if quoted else Kind.CODE if code else Kind.PLAIN
            words = raw[quoted.end() :] if quoted else code[1] if code else raw
            yield from _paragraphs(read_mrkdwn(words), kind, mention=bool(_MENTION.match(raw)))


def _paragraphs(words: str, kind: Kind, *, mention: bool = False) -> Iterator[Paragraph]:
    for line in _tidy(words).removesuffix("\n").split("\n"):
        yield Paragraph(kind, line.rstrip(), mention=mention and bool(line.strip()))
        mention = mention and not line.strip()


def _tidy(words: str) -> str:
    return _LINE_ENDS.sub("\n", words).translate(_SPACES)


def _elements(part: Mapping[str, object]) -> list[Mapping[str, object]]:
    rows = part.get("elements")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
