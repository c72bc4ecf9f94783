"""Objecting, and the proposer's answer to an objection."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.frame import frame
from bot.views.forms.inputs import radio_input, text_input
from bot.views.letter import find_objection, objection_lines
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.wording import Wording
from seat.facts import ObjectionState, Review

MOST_TITLE = 150
MOST_REPLY = 1000
OFFERS = (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)


def draw_object(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Fields: `title`, `detail`, `changes_her_mind`."""
    pen = Pen(wording, scene)
    about = pen.say(
        "seat_forms.object_about",
        proposer=pen.name(review.proposer),
        channel=scene.channel_name,
    )
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
    return frame(review, pen, names.OBJECT, "seat_forms.object", drawn)


def draw_reply_objection(
    review: Review, scene: Scene, wording: Wording, number: int
) -> dict[str, Any]:
    """Fields: `reply`, `offer` (none, mitigated, accepted). `number`: which, and the `part`."""
    pen, objection = Pen(wording, scene), find_objection(review, number)
    offers = [("none", pen.plain("endings.offer_none"))]
    offers += [(offer.value, pen.plain(f"endings.offer_{offer}")) for offer in OFFERS]
    advocate = pen.name(review.advocate) if review.advocate else ""
    drawn: list[Block] = [
        *blocks.sections(objection_lines(objection, pen)),
        blocks.field(
            "reply",
            pen.plain("endings.reply"),
            text_input(objection.reply, most=MOST_REPLY, multiline=True, required=True),
            hint=pen.plain("endings.reply_hint"),
        ),
        blocks.field(
            "offer",
            pen.plain("endings.offer"),
            radio_input(offers, objection.offered or "none"),
            optional=True,
            hint=pen.plain("endings.offer_hint", name=advocate),
        ),
    ]
    return frame(review, pen, names.REPLY_OBJECTION, "endings.reply", drawn, part=number)
