"""The frame of a short form about one review: which proposal, its fields, its two buttons."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks
from bot.views.pen import Pen
from bot.views.wire import context_of
from seat.facts import Review


def frame(
    review: Review,
    pen: Pen,
    callback_id: str,
    words: str,
    fields: Sequence[Block],
    *,
    part: object = "",
) -> dict[str, Any]:
    """`words`: the templates `<words>_title` and `<words>_submit`."""
    proposal = pen.say("forms.about", title=review.title, proposer=pen.name(review.proposer))
    return blocks.modal(
        callback_id,
        title=pen.plain(f"{words}_title"),
        submit=pen.plain(f"{words}_submit"),
        close=pen.plain("forms.close"),
        blocks=[blocks.section(proposal), *fields],
        carries=context_of(review, part),
    )
