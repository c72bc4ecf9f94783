"""Limits and rules on blocks that stand only in Slack's documentation (docs.slack.dev, Block Kit).

Called on blocks whose shape was already found right; says what Slack would refuse all the same.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from playground.blocks.lengths import (
    length_troubles,
    longer_than,
    text_troubles,
    too_few,
    too_long,
    too_many,
)
from playground.blocks.trouble import Trouble

Json = dict[str, Any]
Path = tuple[str | int, ...]
Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
ALLOWED: dict[Surface, frozenset[str]] = {
    "message": frozenset(
        [
            "actions",
            "alert",
            "card",
            "carousel",
            "container",
            "context",
            "context_actions",
            "data_table",
            "divider",
            "file",
            "header",
            "image",
            "markdown",
            "plan",
            "rich_text",
            "section",
            "table",
            "task_card",
            "video",
        ]
    ),
    "modal": frozenset(
        [
            "actions",
            "alert",
            "context",
            "divider",
            "header",
            "image",
            "input",
            "rich_text",
            "section",
            "video",
        ]
    ),
    "home": frozenset(
        [
            "actions",
            "alert",
            "context",
            "divider",
            "header",
            "image",
            "input",
            "rich_text",
            "section",
            "video",
        ]
    ),
}


def _section(block: Json, path: Path) -> Iterator[Trouble]:
    if "text" not in block and "fields" not in block:
        yield Trouble(path, "must define either `text` or `fields`")
    yield from text_troubles(block, "text", path, 3000)
    fields = block.get("fields", [])
    if "fields" in block and not fields:
        yield too_few((*path, "fields"), 1)
    if len(fields) > 10:
        yield too_many((*path, "fields"), 10)
    for i, field in enumerate(fields):
        if longer_than(field["text"], 2000):
            yield too_long((*path, "fields", i, "text"), 2000)


def _header(block: Json, path: Path) -> Iterator[Trouble]:
    yield from text_troubles(block, "text", path, 150)


def _elements(most: int) -> Callable[[Json, Path], Iterator[Trouble]]:
    def check(block: Json, path: Path) -> Iterator[Trouble]:
        if not block["elements"]:
            yield too_few((*path, "elements"), 1)
        if len(block["elements"]) > most:
            yield too_many((*path, "elements"), most)

    return check


def _context(block: Json, path: Path) -> Iterator[Trouble]:
    yield from _elements(10)(block, path)
    for i, element in enumerate(block["elements"]):
        if element["type"] != "image":
            yield from text_troubles(element, "text", (*path, "elements", i), 2000)


def _image(block: Json, path: Path) -> Iterator[Trouble]:
    yield from length_troubles(block, "image_url", path, 3000)
    yield from length_troubles(block, "alt_text", path, 2000)
    yield from text_troubles(block, "title", path, 2000)


def _input(block: Json, path: Path) -> Iterator[Trouble]:
    yield from text_troubles(block, "label", path, 2000)
    yield from text_troubles(block, "hint", path, 2000)


def _markdown(block: Json, path: Path) -> Iterator[Trouble]:
    yield from length_troubles(block, "text", path, 12000)


BLOCKS: dict[str, Callable[[Json, Path], Iterator[Trouble]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _elements(25),
    "context_actions": _elements(5),
    "image": _image,
    "input": _input,
    "markdown": _markdown,
}
