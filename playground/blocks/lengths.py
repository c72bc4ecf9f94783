"""How one length or number that is out of bounds is found and said."""

from collections.abc import Iterator
from typing import Any

from playground.blocks.trouble import Trouble

Json = dict[str, Any]
Path = tuple[str | int, ...]


def longer_than(text: object, most: int) -> bool:
    return isinstance(text, str) and len(text) > most


def too_long(path: Path, most: int) -> Trouble:
    return Trouble(path, f"must be less than {most + 1} characters")


def too_many(path: Path, most: int) -> Trouble:
    return Trouble(path, f"no more than {most} items allowed")


def too_few(path: Path, least: int) -> Trouble:
    return Trouble(path, f"no less than {least} items allowed")


def text_troubles(holder: Json, name: str, path: Path, most: int) -> Iterator[Trouble]:
    text = holder.get(name)
    value = text.get("text") if isinstance(text, dict) else text
    if not isinstance(value, str):
        return
    at = (*path, name, "text") if isinstance(text, dict) else (*path, name)
    if value == "":
        yield Trouble(at, "must be more than 0 characters")
    if len(value) > most:
        yield too_long(at, most)


def length_troubles(holder: Json, name: str, path: Path, most: int) -> Iterator[Trouble]:
    if longer_than(holder.get(name), most):
        yield too_long((*path, name), most)
