"""One private line to one person: what was not understood, a "why?", a refusal.

Beside what was pressed or typed, or as a private message where it has to stay.
"""

from collections.abc import Mapping
from typing import Any

from bot.views import blocks
from bot.views.letter import UNDECIDED, about, letter
from bot.views.pen import Pen
from bot.views.refusals import say_refusal
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Review
from seat.review import is_settled

TOLD = "told"
"""A line that was drawn already: `args["text"]` goes out as it is."""
REFUSALS = "refusals."


def draw_whisper(template: str, args: Mapping[str, Any], wording: Wording) -> Drawn:
    """`template`: a block of whispers.j2, or a whole key such as `refusals.stale`."""
    line = _line(template, args, wording)
    return blocks.message(line, [blocks.section(line)])


def draw_private_answer(review: Review | None, scene: Scene, wording: Wording) -> Drawn:
    """The same as a message that stays. `scene.args`: `template`, `args` as in `draw_whisper`."""
    line = _line(str(scene.args["template"]), scene.args["args"], wording)
    return letter([line, *([about(review, Pen(wording, scene))] if review else [])])


def draw_not_taken(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """What is wrong with words in the thread, until they were said so that they could be taken.

    `scene.args`: `template`, `args` as in `draw_whisper`; `over` once words were taken since.
    """
    pen, args = Pen(wording, scene), scene.args["args"]
    answer = review.answers.get(args.get("number") or 0)
    settled = is_settled(answer) and scene.args["template"] != "ask_replace"
    mine = review.state in UNDECIDED and review.advocate == scene.reader
    if scene.args.get("over") or settled or not mine:
        return letter([pen.say("messages.not_taken_over"), about(review, pen)])
    line = _line(str(scene.args["template"]), args, wording)
    return letter([pen.say("messages.not_taken"), about(review, pen)], body=[line])


def _line(template: str, args: Mapping[str, Any], wording: Wording) -> Said:
    if template == TOLD:
        return Said(args["text"])
    if template.startswith(REFUSALS):
        return say_refusal(template.removeprefix(REFUSALS), args, wording)
    return wording.say(template if "." in template else f"whispers.{template}", **args)
