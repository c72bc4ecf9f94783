"""The advocate's short forms: objecting, her statement, passing the seat on, handing it over."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.answer_form import stance_field
from bot.views.forms.inputs import MOST_OPTIONS, select_input, text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Wording
from seat.facts import Review

MOST_TITLE = 150
MOST_REASON = 500


def draw_object(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Fields: `title`, `detail`, `changes_her_mind`."""
    pen = Pen(wording, scene)
    about = pen.say("seat_forms.object_about", proposer=pen.name(review.proposer))
    drawn = [
        blocks.context(about),
        blocks.field(
            "title",
            pen.plain("seat_forms.objection"),
            text_input(most=MOST_TITLE, required=True),
            hint=pen.plain("seat_forms.objection_hint"),
        ),
        blocks.field(
            "detail",
            pen.plain("seat_forms.detail"),
            text_input(multiline=True),
            optional=True,
        ),
        blocks.field(
            "changes_her_mind",
            pen.plain("seat_forms.changes_her_mind"),
            text_input(multiline=True, most=1000),
            optional=True,
            hint=pen.plain("seat_forms.changes_her_mind_hint"),
        ),
    ]
    return _form(review, pen, names.OBJECT, "object", drawn)


def draw_she_says(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Fields: `statement`, `stance`."""
    pen = Pen(wording, scene)
    closing, answer = review.closing, review.statement
    drawn = [
        blocks.field(
            "statement",
            closing.text if closing else pen.plain("seat_forms.statement"),
            text_input(answer.text if answer else "", multiline=True, required=True),
            hint=(closing.hint if closing else "") or pen.plain("seat_forms.statement_hint"),
        ),
        stance_field(review, pen),
    ]
    return _form(review, pen, names.SHE_SAYS, "she_says", drawn)


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
    return _form(review, pen, names.DECLINE_SEAT, "decline", drawn)


def draw_hand_over(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str]
) -> dict[str, Any]:
    """Field: `to`. `roster`: user ids; who takes part already is left out here."""
    return _give_to(review, Pen(wording, scene), names.HAND_OVER, "hand_over", roster)


def draw_reassign(
    review: Review, scene: Scene, wording: Wording, *, roster: Sequence[str]
) -> dict[str, Any]:
    """Field: `to`."""
    return _give_to(review, Pen(wording, scene), names.REASSIGN, "reassign", roster)


def _give_to(
    review: Review, pen: Pen, callback_id: str, form: str, roster: Sequence[str]
) -> dict[str, Any]:
    """A list of the roster: Slack's own people picker would offer everyone."""
    taken = {review.proposer, review.decider, review.advocate}
    free = [(user, pen.name(user)) for user in roster if user not in taken][:MOST_OPTIONS]
    if not free:
        nobody: list[Block] = [blocks.section(pen.say("seat_forms.nobody_free"))]
        return blocks.modal(
            callback_id,
            title=pen.plain(f"seat_forms.{form}_title"),
            close=pen.plain("forms.done"),
            blocks=nobody,
            carries=context_of(review),
        )
    hint = pen.plain(
        "seat_forms.to_hint", proposer=pen.name(review.proposer), decider=pen.name(review.decider)
    )
    drawn = [blocks.field("to", pen.plain("seat_forms.to"), select_input(free), hint=hint)]
    return _form(review, pen, callback_id, form, drawn)


def _form(
    review: Review, pen: Pen, callback_id: str, form: str, drawn: Sequence[Block]
) -> dict[str, Any]:
    proposal = pen.say("forms.about", title=review.title, proposer=pen.name(review.proposer))
    return blocks.modal(
        callback_id,
        title=pen.plain(f"seat_forms.{form}_title"),
        submit=pen.plain(f"seat_forms.{form}_submit"),
        close=pen.plain("forms.close"),
        blocks=[blocks.section(proposal), *drawn],
        carries=context_of(review),
    )
