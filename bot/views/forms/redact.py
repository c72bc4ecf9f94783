"""Taking words off the record: first which, then once more whether these."""

from collections.abc import Mapping
from typing import Any

from bot.typed import one_line
from bot.views import blocks, names
from bot.views.forms.frame import frame
from bot.views.forms.inputs import check_input, select_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Wording
from seat.facts import Review


def draw_redact(
    review: Review, scene: Scene, wording: Wording, *, parts: Mapping[str, str]
) -> dict[str, Any]:
    """Field: `part`. `parts`: what there is to take off, with its words; one at least."""
    pen = Pen(wording, scene)
    choices = [
        (part, pen.plain("redact.option", part=part_name(part, review, pen), words=one_line(words)))
        for part, words in parts.items()
    ]
    drawn = [
        blocks.context(pen.say("redact.choose_about")),
        blocks.field("part", pen.plain("redact.part"), select_input(choices)),
    ]
    return frame(review, pen, names.REDACT, "redact.choose", drawn)


def draw_redact_sure(
    review: Review, scene: Scene, wording: Wording, *, part: str, words: str
) -> dict[str, Any]:
    """Field: `sure`, a box to tick."""
    pen = Pen(wording, scene)
    shown = pen.say("redact.words", part=part_name(part, review, pen), words=words)
    yes = check_input([("yes", pen.plain("redact.sure_yes"))])
    drawn = [
        blocks.section(shown),
        blocks.context(pen.say("redact.sure_about")),
        blocks.field("sure", pen.plain("redact.sure"), yes),
    ]
    return frame(review, pen, names.REDACT_SURE, "redact.sure", drawn, part=part)


def part_name(part: str, review: Review, pen: Pen) -> str:
    kind, _, name = part.partition(":")
    if kind == "field":
        return pen.plain(f"redact.field_{name}")
    number = int(name or 0)
    closing = review.closing
    if kind == "answer" and closing is not None and closing.number == number:
        return pen.plain("redact.closing")
    return pen.plain(f"redact.{kind}", number=number)
