"""One private line to one person: what was not understood, a "why?", a refusal."""

from collections.abc import Mapping
from typing import Any

from bot.views import blocks
from bot.views.scene import Drawn
from bot.wording import Said, Wording

TOLD = "told"
"""A line that was drawn already: `args["text"]` goes out as it is."""


def draw_whisper(template: str, args: Mapping[str, Any], wording: Wording) -> Drawn:
    """`template`: a block of whispers.j2, or a whole key such as `refusals.not_yours`."""
    if template == TOLD:
        line = Said(args["text"])
    else:
        line = wording.say(template if "." in template else f"whispers.{template}", **args)
    return blocks.message(line, [blocks.section(line)])
