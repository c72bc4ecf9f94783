"""A strict stand-in for Slack that an unmodified bot talks to over HTTP and websockets.

It knows Slack and nothing of any bot: no import from the rest of this project belongs here.
Importing it does nothing; `Playground(...)` builds, entering it as a context manager starts it.
"""

from playground.clock import HandClock, SystemClock
from playground.durations import Durations
from playground.errors import CannotDo, CannotRead, CannotSubmit, PlaygroundError
from playground.keeping import Kept, read_kept
from playground.page.playbill import Command, Shortcut
from playground.page.story import Step
from playground.playground import Playground

__all__ = [
    "CannotDo",
    "CannotRead",
    "CannotSubmit",
    "Command",
    "Durations",
    "HandClock",
    "Kept",
    "Playground",
    "PlaygroundError",
    "Shortcut",
    "Step",
    "SystemClock",
    "read_kept",
]
