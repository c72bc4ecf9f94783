"""The proposal form, and the same fields again for a revision."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, InputInteractiveElement

from bot.views import blocks, names
from bot.views.forms.inputs import (
    day_input,
    person_input,
    radio_input,
    select_input,
    text_input,
)
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import FormContext, context_of
from bot.wording import Wording
from seat.facts import Review, Size

LONGEST: Mapping[str, int] = {
    "title": 80,
    "told_to_her": 300,
    "why": 1000,
    "change": 3000,
    "affected": 300,
    "links": 1000,
    "what_changed": 300,
}
ONE_LINE = ("title", "affected", "what_changed")
HINTED = ("title", "told_to_her", "why", "affected", "already_live")


def draw_propose_change(
    scene: Scene,
    wording: Wording,
    *,
    channel_id: str,
    kinds: Sequence[tuple[str, str]],
    filled: Mapping[str, Any] | None = None,
    private: bool = False,
    default_decider: str = "",
) -> dict[str, Any]:
    """`kinds`: value and label of each checklist. `filled`: field name -> what it shows.

    `default_decider`: who decides when nobody is named; the reader when "".
    """
    pen, filled = Pen(wording, scene), filled or {}
    kind = select_input(kinds, filled.get("kind"))
    drawn: list[Block] = [
        blocks.context(_who_sees(pen, private)),
        blocks.field("kind", pen.plain("propose_change.kind"), kind),
        *(_text(pen, name, filled, required=True) for name in ("title", "told_to_her", "why")),
        blocks.divider(),
        blocks.context(pen.say("propose_change.optional")),
        *(_text(pen, name, filled) for name in ("change", "affected")),
        _field(pen, "takes_effect", day_input(filled.get("takes_effect"))),
        blocks.field(
            "decider",
            pen.plain("propose_change.decider"),
            person_input(filled.get("decider")),
            optional=True,
            hint=pen.plain(
                "propose_change.decider_hint", name=pen.name(default_decider or scene.reader)
            ),
        ),
        _field(pen, "decide_by", day_input(filled.get("decide_by"))),
        _field(
            pen,
            "size",
            radio_input(
                [
                    (size.value, pen.plain(f"labels.size_{size}"))
                    for size in (Size.FULL, Size.QUICK)
                ],
                filled.get("size") or Size.FULL,
            ),
        ),
        _text(pen, "links", filled),
        _field(pen, "already_live", day_input(filled.get("already_live"))),
    ]
    return blocks.modal(
        names.PROPOSE_CHANGE,
        title=pen.plain("propose_change.title"),
        submit=pen.plain("propose_change.submit"),
        close=pen.plain("forms.close"),
        blocks=drawn,
        carries=FormContext(channel=channel_id),
    )


def draw_revise(
    review: Review,
    scene: Scene,
    wording: Wording,
    *,
    filled: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Carries the revision it was drawn with as `part`. `filled`: what to show instead."""
    pen = Pen(wording, scene)
    now = {
        name: getattr(review, name)
        for name in ("title", "told_to_her", "why", "change", "affected", "links", "takes_effect")
    } | dict(filled or {})
    advocate = pen.name(review.advocate) if review.advocate else ""
    drawn: list[Block] = [
        blocks.context(pen.say("propose_change.revise_note", advocate=advocate)),
        *(_text(pen, name, now, required=True) for name in ("title", "told_to_her", "why")),
        blocks.divider(),
        *(_text(pen, name, now) for name in ("change", "affected")),
        _field(pen, "takes_effect", day_input(now.get("takes_effect"))),
        _text(pen, "links", now),
        blocks.field("decider", pen.plain("propose_change.decider"), person_input(review.decider)),
        _text(pen, "what_changed", now),
    ]
    return blocks.modal(
        names.REVISE,
        title=pen.plain("propose_change.revise_title"),
        submit=pen.plain("propose_change.revise_submit"),
        close=pen.plain("forms.close"),
        blocks=drawn,
        carries=context_of(review, review.revision),
    )


def _who_sees(pen: Pen, private: bool) -> str:
    return pen.say(
        "propose_change.who_sees",
        channel=pen.scene.channel_name,
        people=pen.scene.channel_people,
        private=private,
    )


def _text(pen: Pen, name: str, filled: Mapping[str, Any], *, required: bool = False) -> InputBlock:
    element = text_input(
        filled.get(name),
        most=LONGEST[name],
        multiline=name not in ONE_LINE,
        required=required,
    )
    return _field(pen, name, element, optional=not required)


def _field(
    pen: Pen, name: str, element: InputInteractiveElement, *, optional: bool = True
) -> InputBlock:
    label = "label_title" if name == "title" else name
    hinted = name in HINTED or name == "what_changed"
    return blocks.field(
        name,
        pen.plain(f"propose_change.{label}"),
        element,
        optional=optional,
        hint=pen.plain(f"propose_change.{name}_hint") if hinted else "",
    )
