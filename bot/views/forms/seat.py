"""The seat's short forms: passing it on, handing it over, reseating."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.frame import frame
from bot.views.forms.inputs import MOST_OPTIONS, person_input, select_input, text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Wording
from seat.facts import Review

MOST_REASON = 500


def draw_decline_seat(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Field: `reason`."""
    pen = Pen(wording, scene)
    drawn = [
        blocks.context(pen.say("seat_forms.decline_about")),
        blocks.field(
            "reason",
            pen.plain("seat_forms.reason"),
            text_input(most=MOST_REASON),
            optional=True,
        ),
    ]
    return frame(review, pen, names.DECLINE_SEAT, "seat_forms.decline", drawn)


def draw_hand_over(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str] = ()
) -> dict[str, Any]:
    """Field: `to`. `roster`: user ids, or `scene.args["roster"]`; who has a part is left out."""
    return _give_to(review, Pen(wording, scene), names.HAND_OVER, "hand_over", roster)


def draw_reassign(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str] = ()
) -> dict[str, Any]:
    """As `draw_hand_over`, for a keeper."""
    return _give_to(review, Pen(wording, scene), names.REASSIGN, "reassign", roster)


def _give_to(
    review: Review, pen: Pen, callback_id: str, form: str, roster: Sequence[str]
) -> dict[str, Any]:
    """A list of the roster where it is known: Slack's own people picker offers everyone."""
    roster = roster or pen.scene.args.get("roster", ())
    taken = {review.proposer, review.decider, review.advocate}
    free = [(user, pen.name(user)) for user in roster if user not in taken][:MOST_OPTIONS]
    if roster and not free:
        nobody: list[Block] = [blocks.section(pen.say("seat_forms.nobody_free"))]
        return blocks.modal(
            callback_id,
            title=pen.plain(f"seat_forms.{form}_title"),
            close=pen.plain("forms.done"),
            blocks=nobody,
            carries=context_of(review),
        )
    picker = select_input(free) if free else person_input()
    hint = pen.plain(
        "seat_forms.to_hint", proposer=pen.name(review.proposer), decider=pen.name(review.decider)
    )
    field = blocks.field("to", pen.plain("seat_forms.to"), picker, hint=hint)
    return frame(review, pen, callback_id, f"seat_forms.{form}", [field])
