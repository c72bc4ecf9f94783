"""The seat's short forms: passing it on, handing it over, reseating."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.another_decider import BY_NAME
from bot.views.blocks import MOST_OPTIONS
from bot.views.forms.frame import frame
from bot.views.forms.inputs import person_input, select_input, text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Wording
from seat.facts import Review, State

MOST_REASON = 500


def draw_pass_on(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Asks once more. Field: `reason`, optional."""
    pen = Pen(wording, scene)
    reason = blocks.field(
        "reason",
        pen.plain("seat_forms.pass_on_reason"),
        text_input(most=MOST_REASON, multiline=True),
        optional=True,
        hint=pen.plain("seat_forms.pass_on_reason_hint"),
    )
    about = blocks.context(pen.say("seat_forms.pass_on_about"))
    return frame(review, pen, names.DECLINE_SEAT, "seat_forms.pass_on", [about, reason])


def draw_hand_over(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str] = ()
) -> dict[str, Any]:
    """Field: `to`. `roster`: user ids, or `scene.args["roster"]`; who has a part is left out."""
    pen = Pen(wording, scene)
    whom = _whom(review, pen, roster)
    if whom is None:
        return blocks.modal(
            names.HAND_OVER,
            title=pen.plain("seat_forms.hand_over_title"),
            close=pen.plain("forms.done"),
            blocks=[blocks.section(pen.say("seat_forms.nobody_free"))],
            carries=context_of(review),
        )
    return frame(review, pen, names.HAND_OVER, "seat_forms.hand_over", [whom])


def draw_reassign(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str] = ()
) -> dict[str, Any]:
    """As `draw_hand_over`, for a keeper, who may also name who decides (field `decider`)."""
    pen = Pen(wording, scene)
    decider = blocks.field(
        "decider", pen.plain("propose_change.decider"), person_input(review.decider)
    )
    seat = _whom(review, pen, roster, optional=True)
    drawn: list[Block] = [seat] if seat else [blocks.context(pen.say("seat_forms.nobody_free"))]
    return frame(review, pen, names.REASSIGN, "seat_forms.reassign", [*drawn, decider])


def draw_name_decider(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Only who decides (field `decider`), for the proposer or a keeper."""
    pen = Pen(wording, scene)
    about = pen.say(
        "leaving.another_about",
        name=pen.name(review.decider),
        gone=review.decider_is_gone,
        heard=review.state is State.HEARD,
    )
    field = blocks.field("decider", pen.plain("propose_change.decider"), person_input())
    drawn = [blocks.context(about), field]
    return frame(review, pen, names.REASSIGN, "leaving.another", drawn, part=BY_NAME)


def _whom(
    review: Review, pen: Pen, roster: Sequence[str], *, optional: bool = False
) -> Block | None:
    """A list of the roster where it is known: Slack's own people picker offers everyone.

    None: nobody on it is free.
    """
    roster = roster or pen.scene.args.get("roster", ())
    taken = {review.proposer, review.decider, review.advocate}
    free = [(user, pen.name(user)) for user in roster if user not in taken]
    if roster and not free:
        return None
    # Past what a list holds nobody may be missing: then it is Slack's picker, checked when saved.
    picker = select_input(free) if 0 < len(free) <= MOST_OPTIONS else person_input()
    hint = pen.plain(
        "seat_forms.to_hint", proposer=pen.name(review.proposer), decider=pen.name(review.decider)
    )
    return blocks.field("to", pen.plain("seat_forms.to"), picker, hint=hint, optional=optional)
