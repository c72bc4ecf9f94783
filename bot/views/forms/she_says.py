"""Her statement: her words, and what she would do."""

from typing import Any

from bot.views import blocks, names
from bot.views.forms.answer import stance_field
from bot.views.forms.frame import frame
from bot.views.forms.inputs import text_blocks, text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Wording
from seat.facts import Review


def draw_she_says(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Fields: `statement`, `stance`."""
    pen = Pen(wording, scene)
    closing, answer = review.closing, review.statement
    stands = answer.text if answer else ""
    field = blocks.field(
        "statement",
        closing.text if closing else pen.plain("seat_forms.statement"),
        text_input(stands, multiline=True, required=True),
        hint=(closing.hint if closing else "") or pen.plain("seat_forms.statement_hint"),
    )
    drawn = [*text_blocks(field, stands, pen), stance_field(review, pen)]
    return frame(review, pen, names.SHE_SAYS, "seat_forms.she_says", drawn)
