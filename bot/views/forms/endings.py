"""Short forms of the proposer and the decider: answering an objection, withdrawing, reopening."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.inputs import radio_input, text_input
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Said, Wording
from seat.facts import Objection, ObjectionState, Review

MOST_REPLY = 1000
MOST_REASON = 500
OFFERS = (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)


def draw_reply_objection(
    review: Review, objection: Objection, scene: Scene, wording: Wording
) -> dict[str, Any]:
    """Fields: `reply`, `offer` (none, mitigated or accepted). Carries the number as `part`."""
    pen = Pen(wording, scene)
    offers = [("none", pen.plain("endings.offer_none"))]
    offers += [(offer.value, pen.plain(f"endings.offer_{offer}")) for offer in OFFERS]
    advocate = pen.name(review.advocate) if review.advocate else ""
    drawn: list[Block] = [
        *blocks.sections(objection_lines(objection, pen)),
        blocks.field(
            "reply",
            pen.plain("endings.reply"),
            text_input(objection.reply, most=MOST_REPLY, multiline=True),
            optional=True,
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
    return _form(review, pen, names.REPLY_OBJECTION, "reply", drawn, objection.number)


def objection_lines(objection: Objection, pen: Pen) -> list[Said]:
    """The objection in full: title, detail, and what would change her mind."""
    lines = [pen.say("endings.objection", number=objection.number, title=objection.title)]
    if objection.detail:
        lines.append(pen.say("endings.detail", detail=objection.detail))
    if objection.changes_her_mind:
        lines.append(pen.say("endings.mind", mind=objection.changes_her_mind))
    return lines


def draw_withdraw(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Field: `reason`, optional."""
    pen = Pen(wording, scene)
    about = pen.say("endings.withdraw_about", decider=pen.name(review.decider))
    drawn = [blocks.context(about), _reason(pen, "reason_optional", optional=True)]
    return _form(review, pen, names.WITHDRAW, "withdraw", drawn)


def draw_reopen(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Field: `reason`."""
    pen = Pen(wording, scene)
    about = blocks.context(pen.say("endings.reopen_about"))
    return _form(
        review, pen, names.REOPEN, "reopen", [about, _reason(pen, "reason", optional=False)]
    )


def _reason(pen: Pen, label: str, *, optional: bool) -> Block:
    box = text_input(most=MOST_REASON, multiline=True, required=not optional)
    return blocks.field("reason", pen.plain(f"endings.{label}"), box, optional=optional)


def _form(
    review: Review, pen: Pen, callback_id: str, form: str, drawn: list[Block], part: object = ""
) -> dict[str, Any]:
    about = pen.say("forms.about", title=review.title, proposer=pen.name(review.proposer))
    return blocks.modal(
        callback_id,
        title=pen.plain(f"endings.{form}_title"),
        submit=pen.plain(f"endings.{form}_submit"),
        close=pen.plain("forms.close"),
        blocks=[blocks.section(about), *drawn],
        carries=context_of(review, part),
    )
