"""Whether Slack would take these blocks, this view, this metadata; and what it would say if not."""

import json
from collections.abc import Iterator
from typing import Any

from playground.blocks.elements import find_element_troubles
from playground.blocks.lengths import longer_than, too_long
from playground.blocks.limits import ALLOWED, BLOCKS, MOST_BLOCKS, Surface
from playground.blocks.schema import find_shape_troubles
from playground.blocks.trouble import Trouble

Json = dict[str, Any]
Path = tuple[str | int, ...]

MOST_MARKDOWN = 12_000
MOST_VIEW_BYTES = 250_000


def elements_of(block: Json) -> Iterator[tuple[Json, Path]]:
    """The interactive (and other) elements in a block, with where they stand in it."""
    if block.get("type") in ("actions", "context_actions"):
        for i, element in enumerate(block.get("elements", [])):
            yield element, ("elements", i)
    if isinstance(block.get("accessory"), dict):
        yield block["accessory"], ("accessory",)
    if block.get("type") == "input" and isinstance(block.get("element"), dict):
        yield block["element"], ("element",)


def find_block_troubles(
    blocks: object, surface: Surface, path: Path = ("blocks",)
) -> list[Trouble]:
    if not isinstance(blocks, list):
        return [Trouble(path, "must provide an array")]
    troubles: list[Trouble] = []
    most = MOST_BLOCKS[surface]
    if len(blocks) > most:
        troubles.append(Trouble(path, f"no more than {most} items allowed"))
    ids: set[str] = set()
    markdown = 0
    for i, block in enumerate(blocks):
        at = (*path, i)
        shape = find_shape_troubles(block, "KnownBlock", at)
        troubles += shape
        if shape:
            continue
        kind = block["type"]
        if kind not in ALLOWED[surface]:
            troubles.append(Trouble((*at, "type"), f"unsupported type: {kind}"))
            continue
        troubles += _find_in_block(block, at, ids)
        markdown += len(block["text"]) if kind == "markdown" else 0
    if markdown > MOST_MARKDOWN:
        troubles.append(too_long(path, MOST_MARKDOWN))
    return troubles


def _find_in_block(block: Json, at: Path, ids: set[str]) -> Iterator[Trouble]:
    block_id = block.get("block_id")
    if longer_than(block_id, 255):
        yield too_long((*at, "block_id"), 255)
    if block_id:
        if block_id in ids:
            yield Trouble((*at, "block_id"), f"`block_id` {block_id} already exists")
        ids.add(block_id)
    if block["type"] in BLOCKS:
        yield from BLOCKS[block["type"]](block, at)
    action_ids: set[str] = set()
    for element, where in elements_of(block):
        yield from find_element_troubles(element, (*at, *where))
        action_id = element.get("action_id")
        if action_id:
            if action_id in action_ids:
                yield Trouble((*at, *where, "action_id"), f"`action_id` {action_id} already exists")
            action_ids.add(action_id)


def find_view_troubles(view: object, *, path: Path = ("view",)) -> list[Trouble]:
    if not isinstance(view, dict):
        return [Trouble(path, "must provide an object")]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [Trouble((*path, "type"), f"unsupported type: {kind}")]
    shape = find_shape_troubles(view, "ModalView" if kind == "modal" else "HomeView", path)
    if shape:
        return shape
    troubles: list[Trouble] = []
    for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if longer_than(view.get(name), most):
            troubles.append(too_long((*path, name), most))
    for name in ("title", "submit", "close"):
        words = view.get(name, {}).get("text")
        if longer_than(words, 24):
            troubles.append(Trouble((*path, name, "text"), "must be less than 25 characters"))
        if words == "":
            troubles.append(Trouble((*path, name, "text"), "must be more than 0 characters"))
    blocks = view["blocks"]
    troubles += find_block_troubles(
        blocks, "modal" if kind == "modal" else "home", (*path, "blocks")
    )
    has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if kind == "modal" and has_input and "submit" not in view:
        troubles.append(
            Trouble((*path, "submit"), "a modal with input blocks must have a `submit` field")
        )
    return troubles + _focused_twice(blocks, path)


def _focused_twice(blocks: list[Json], path: Path) -> list[Trouble]:
    focused = [
        (i, where)
        for i, block in enumerate(blocks)
        if isinstance(block, dict)
        for element, where in elements_of(block)
        if isinstance(element, dict) and element.get("focus_on_load")
    ]
    return [
        Trouble((*path, "blocks", i, *where), "only one element can have `focus_on_load`")
        for i, where in focused[1:]
    ]


def view_is_too_large(view: object) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES


def find_metadata_troubles(metadata: object) -> list[Trouble]:
    return find_shape_troubles(metadata, "MessageMetadata", ("metadata",))
