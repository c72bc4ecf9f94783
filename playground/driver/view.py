"""A modal or a home as the person in front of it sees it."""

from collections.abc import Iterator
from typing import Any

from playground.blocks.check import elements_of
from playground.blocks.values import FIELDS, stateful_elements
from playground.state.records import Json, ViewRecord
from playground.text.plain import plain_blocks


class View:
    """Also reads like the view's JSON: `view["callback_id"]`."""

    def __init__(self, record: ViewRecord) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<View {self.id} {self.callback_id or self.record.type}: {self.title!r}>"

    def __getitem__(self, name: str) -> Any:
        return self.record.content[name]

    def __contains__(self, name: object) -> bool:
        return name in self.record.content

    def __iter__(self) -> Iterator[str]:
        return iter(self.record.content)

    def get(self, name: str, default: Any = None) -> Any:
        return self.record.content.get(name, default)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def hash(self) -> str:
        return self.record.hash

    @property
    def callback_id(self) -> str:
        return str(self.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.get("private_metadata", ""))

    @property
    def title(self) -> str:
        return str(self.get("title", {}).get("text", ""))

    @property
    def submit_text(self) -> str:
        return str((self.get("submit") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self["blocks"]
        return blocks

    @property
    def errors(self) -> dict[str, str]:
        """block_id -> the error that stands beside it."""
        return dict(self.record.errors)

    @property
    def is_open(self) -> bool:
        return self.record.is_open

    def block(self, block_id: str) -> Json | None:
        return next((b for b in self.blocks if b.get("block_id") == block_id), None)

    def fields(self) -> dict[str, Any]:
        """block_id -> what stands in it: text, an option's value, ids; None or [] when empty."""
        found: dict[str, Any] = {}
        for block, element in stateful_elements(self.blocks):
            key = block["block_id"] if block["type"] == "input" else element["action_id"]
            shape = self.record.values[block["block_id"]][element["action_id"]]
            found[key] = _bare(shape[FIELDS[element["type"]][0]])
        return found

    def options(self, name: str) -> list[str]:
        """The values that can be chosen in a field, by block_id or action_id."""
        for block in self.blocks:
            for element, _ in elements_of(block):
                if name in (block.get("block_id"), element.get("action_id")):
                    return [str(option.get("value")) for option in options_of(element)]
        return []

    def buttons(self) -> list[Json]:
        return [e for b in self.blocks for e, _ in elements_of(b) if e.get("action_id")]

    def button(self, action_id: str) -> Json | None:
        return next((e for e in self.buttons() if e["action_id"] == action_id), None)

    def text(self) -> str:
        """Everything a reader sees."""
        words = [self.title, plain_blocks(self.blocks), *self.errors.values(), self.submit_text]
        return "\n".join(word for word in words if word)


def options_of(element: Json) -> list[Json]:
    options: list[Json] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    return options


def _bare(value: Any) -> Any:
    if isinstance(value, dict) and "value" in value and "text" in value:
        return value["value"]
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value
