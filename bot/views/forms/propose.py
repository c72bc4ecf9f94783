"""The proposal form, and the same fields again for a revision."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from slack_sdk.models.blocks import ActionsBlock, Block, InputBlock, InputInteractiveElement

from bot.views import blocks, names
from bot.views.forms.inputs import (
    day_input,
    person_input,
    radio_input,
    select_input,
    text_blocks,
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
REQUIRED = ("title", "told_to_her", "why")
ONE_LINE = ("title", "affected", "what_changed")
FIRST = ("kind", "title", "told_to_her", "why", "persona", "decider")
"""What the form shows at once; `persona` only where the seat has some."""
REST = (
    "change",
    "affected",
    "takes_effect",
    "decide_by",
    "size",
    "links",
    "already_live",
)
"""What stands behind *More*, unless it is filled in already."""
DAYS = ("takes_effect", "decide_by", "already_live")
HINTED = (*REQUIRED, "persona", "affected", "already_live")


def draw_propose_change(
    scene: Scene,
    wording: Wording,
    *,
    channel_id: str,
    kinds: Sequence[tuple[str, str]],
    filled: Mapping[str, Any] | None = None,
    private: bool = False,
    default_decider: str = "",
    gone: str = "",
    personas: Sequence[str] = (),
) -> dict[str, Any]:
    """`kinds`: value and label of each checklist. `filled`: field name -> what it shows.

    `default_decider`: who decides when nobody is named; the reader when "". It is carried along as
    `part`: what was said so is not to mean somebody else. `gone`: the seat's default, who can
    decide no more. `personas`: whom the seat's advocates speak for.
    """
    pen, filled = Pen(wording, scene), filled or {}
    kind = select_input(kinds, filled.get("kind"))
    decider = blocks.field(
        "decider",
        pen.plain("propose_change.decider"),
        person_input(filled.get("decider")),
        optional=True,
        hint=pen.plain(
            "propose_change.decider_hint",
            name=pen.name(default_decider or scene.reader),
            gone=pen.name(gone) if gone else "",
        ),
    )
    drawn: list[Block] = [
        blocks.context(_who_sees(pen, private)),
        blocks.field("kind", pen.plain("propose_change.kind"), kind),
        *_typed("title", filled, pen),
        *_typed("told_to_her", filled, pen),
        *_typed("why", filled, pen),
        *_persona(personas, filled, pen),
        decider,
    ]
    shown = [name for name in REST if filled.get(name)]
    if shown:
        drawn.append(blocks.divider())
    for name in shown:
        drawn += _rest_field(name, filled, pen)
    if len(shown) < len(REST):
        drawn.append(_more(pen))
    return blocks.modal(
        names.PROPOSE_CHANGE,
        title=pen.plain("propose_change.title"),
        submit=pen.plain("propose_change.submit"),
        close=pen.plain("forms.close"),
        blocks=drawn,
        carries=FormContext(channel=channel_id, part=default_decider),
    )


def draw_more_fields(view: Mapping[str, Any], scene: Scene, wording: Wording) -> dict[str, Any]:
    """The proposal form as it stands, *More* giving way to the fields behind it.

    Slack keeps what is typed in a field whose block_id and action_id stay.
    """
    pen = Pen(wording, scene)
    shown = {block.get("block_id") for block in view["blocks"]}
    fields: list[Block] = [] if shown.intersection(REST) else [blocks.divider()]
    fields.append(blocks.context(pen.say("propose_change.optional")))
    for name in REST:
        if name not in shown:
            fields += _rest_field(name, {}, pen)
    drawn: list[dict[str, Any]] = []
    for block in view["blocks"]:
        is_more = block.get("block_id") == names.MORE_FIELDS
        drawn += [field.to_dict() for field in fields] if is_more else [block]
    return {**view, "blocks": drawn}


def _rest_field(name: str, filled: Mapping[str, Any], pen: Pen) -> list[Block]:
    """One of REST, with what stands in it."""
    if name in DAYS:
        return [_field(pen, name, day_input(filled.get(name)))]
    if name == "size":
        sizes = [(size.value, pen.plain(f"labels.size_{size}")) for size in (Size.FULL, Size.QUICK)]
        return [_field(pen, name, radio_input(sizes, filled.get(name) or Size.FULL))]
    return _typed(name, filled, pen)


def _more(pen: Pen) -> Block:
    button = blocks.button(pen.plain("buttons.more_fields"), names.MORE_FIELDS)
    return ActionsBlock(block_id=names.MORE_FIELDS, elements=[button])


def _persona(personas: Sequence[str], filled: Mapping[str, Any], pen: Pen) -> list[Block]:
    if not personas:
        return []
    choices = [(persona, persona) for persona in personas]
    return [_field(pen, "persona", select_input(choices, filled.get("persona")))]


def draw_revise(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Carries the revision it was drawn with as `part`."""
    pen = Pen(wording, scene)
    now = {
        name: getattr(review, name)
        for name in ("title", "told_to_her", "why", "change", "affected", "links", "takes_effect")
    }
    advocate = pen.name(review.advocate) if review.advocate else ""
    drawn: list[Block] = [
        blocks.context(pen.say("propose_change.revise_note", advocate=advocate)),
        *_typed("title", now, pen, rest="kept"),
        *_typed("told_to_her", now, pen, rest="kept"),
        *_typed("why", now, pen, rest="kept"),
        blocks.divider(),
        *_typed("change", now, pen, rest="kept"),
        *_typed("affected", now, pen, rest="kept"),
        _field(pen, "takes_effect", day_input(now.get("takes_effect"))),
        *_typed("links", now, pen, rest="kept"),
        blocks.field("decider", pen.plain("propose_change.decider"), person_input(review.decider)),
        *_typed("what_changed", now, pen),
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


def _typed(
    name: str,
    filled: Mapping[str, Any],
    pen: Pen,
    *,
    rest: Literal["kept", "left_out"] = "left_out",
) -> list[Block]:
    required = name in REQUIRED
    element = text_input(
        filled.get(name), most=LONGEST[name], multiline=name not in ONE_LINE, required=required
    )
    field = _field(pen, name, element, optional=not required)
    return text_blocks(field, filled.get(name), pen, rest=rest)


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
