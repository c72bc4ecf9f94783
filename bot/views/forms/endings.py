"""Ending a review by hand, and taking it up again: withdrawing and reopening."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.frame import frame
from bot.views.forms.inputs import text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Wording
from seat.facts import Review

MOST_REASON = 500


def draw_withdraw(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Field: `reason`, optional."""
    pen = Pen(wording, scene)
    about = pen.say("endings.withdraw_about", decider=pen.name(review.decider))
    drawn = [blocks.context(about), _reason(pen, "reason_optional", optional=True)]
    return frame(review, pen, names.WITHDRAW, "endings.withdraw", drawn)


def draw_reopen(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Field: `reason`."""
    pen = Pen(wording, scene)
    about = blocks.context(pen.say("endings.reopen_about"))
    fields = [about, _reason(pen, "reason", optional=False)]
    return frame(review, pen, names.REOPEN, "endings.reopen", fields)


def _reason(pen: Pen, label: str, *, optional: bool) -> Block:
    box = text_input(most=MOST_REASON, multiline=True, required=not optional)
    return blocks.field("reason", pen.plain(f"endings.{label}"), box, optional=optional)
