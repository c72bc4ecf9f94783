"""What every drawing takes besides the facts, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Scene:
    """Who and where, at the moment of drawing.

    `names`: plain display names by user id. `link`: permalink of the review's card, "" before it
    is posted. `tz`: the zone of the reader of a private message, else the seat's. `reader`: who
    gets a private message; "" for what stands in a channel.
    """

    names: Mapping[str, str]
    now: datetime
    channel_name: str = ""
    channel_people: int = 0
    link: str = ""
    tz: str = "UTC"
    args: Mapping[str, Any] = field(default_factory=dict)
    reader: str = ""

    def name(self, user: str | None) -> str:
        return self.names.get(user or "", user or "nobody")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready for Slack. `text` says everything important: screen readers read only it.

    `shown_number`: the question shown as asked now, where the message shows one.
    """

    text: str
    blocks: list[dict[str, Any]]
    shown_number: int | None = None
