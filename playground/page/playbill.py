"""What a page can be told about the bot beside it: its commands, its people's parts, a clock to
move, a story to play. The playground itself knows nothing of these.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playground.page.story import Story


@dataclass(frozen=True)
class Command:
    """As in the app's manifest; the composer completes it."""

    name: str
    """With its slash."""
    description: str = ""
    usage: str = ""


@dataclass(frozen=True)
class Shortcut:
    """As in the app's manifest: `message` ones stand in a message's menu, global ones after `/`."""

    name: str
    callback_id: str
    kind: str = "message"
    """message or global"""


@dataclass
class Playbill:
    story: Story
    no_story: str = "There is no story here."
    """Said in its place when no steps were set."""
    after_story: str = ""
    """What to try next, said when the story was played."""
    commands: list[Command] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    """A person's id -> what part they play, for the person switcher."""
    clock_moves: dict[str, Callable[[], object]] = field(default_factory=dict)
    """A button's words -> what moves the clock; it returns when what fell due was done."""
