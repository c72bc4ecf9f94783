"""Setting up a channel's seat, and changing its settings: one form."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, InputInteractiveElement

from bot.views import blocks, names
from bot.views.forms.inputs import (
    check_input,
    people_input,
    person_input,
    private_channel_input,
    select_input,
    text_input,
    time_input,
)
from bot.views.forms.zones import zones
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import FormContext
from bot.wording import Wording
from seat.retention import FOR_GOOD, PERIODS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_DAYS = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0)
SWITCHES = ("digest_when_empty", "others_may_sit", "proposer_may_overrule", "guests_may_propose")
"""Fields with a single checkbox, whose option's value is `yes`."""
ON = ("others_may_sit",)
"""Those that a new seat has ticked."""
HINTED = (
    "roster",
    "keepers",
    "answer_within",
    "default_decider",
    "personas",
    "keep_for",
    "private_channel",
)


def draw_seat_settings(
    scene: Scene,
    wording: Wording,
    *,
    channel_id: str,
    filled: Mapping[str, Any] | None = None,
    version: int = 0,
    offer_private_channel: bool = True,
) -> dict[str, Any]:
    """`filled`: field name -> what it shows (roster and keepers: user ids; personas: a list, or
    the text; switches: a bool); what is missing shows its default. `version`: the seat's, 0: new.
    """
    pen, now = Pen(wording, scene), filled or {}
    within = float(now.get("answer_within") or 2)
    choices = sorted({*WORKING_DAYS, within})
    personas = now.get("personas") or ""
    fields: list[InputBlock] = [
        _field(pen, "roster", people_input(now.get("roster") or ()), optional=False),
        _field(pen, "keepers", people_input(now.get("keepers") or ())),
        _zone(pen, str(now.get("timezone") or scene.tz)),
        _field(
            pen,
            "digest_day",
            select_input(
                [(day, pen.plain(f"seat_settings.{day}")) for day in DAYS],
                now.get("digest_day") or "mon",
            ),
        ),
        _field(pen, "digest_time", time_input(str(now.get("digest_time") or "09:00"))),
        _field(
            pen,
            "answer_within",
            select_input(
                [(f"{n:g}", pen.plain("seat_settings.days", number=n)) for n in choices],
                f"{within:g}",
            ),
        ),
        _field(pen, "default_decider", person_input(now.get("default_decider"))),
        _field(
            pen,
            "personas",
            text_input(
                personas if isinstance(personas, str) else "\n".join(personas), multiline=True
            ),
        ),
    ]
    periods = [(FOR_GOOD, pen.plain("seat_settings.keep_for_good"))]
    periods += [
        (str(months), pen.plain("seat_settings.years", number=months // 12)) for months in PERIODS
    ]
    kept = str(now.get("keep_months") or FOR_GOOD)
    fields.append(_field(pen, "keep_for", select_input(periods, kept)))
    if offer_private_channel:
        element = private_channel_input(now.get("private_channel"))
        fields.append(_field(pen, "private_channel", element))
    fields += [_switch(pen, name, checked=bool(now.get(name, name in ON))) for name in SWITCHES]
    about: list[Block] = [
        blocks.context(pen.say("seat_settings.about", channel=scene.channel_name))
    ]
    return blocks.modal(
        names.SEAT_SETTINGS,
        title=pen.plain("seat_settings.title"),
        submit=pen.plain("seat_settings.submit"),
        close=pen.plain("forms.close"),
        blocks=[*about, *fields],
        carries=FormContext(channel=channel_id, version=version),
    )


def _zone(pen: Pen, current: str) -> InputBlock:
    return _field(pen, "timezone", select_input(zones(current), current))


def _switch(pen: Pen, name: str, *, checked: bool) -> InputBlock:
    yes = [("yes", pen.plain(f"seat_settings.{name}_yes"))]
    return _field(pen, name, check_input(yes, ["yes"] if checked else []))


def _field(
    pen: Pen, name: str, element: InputInteractiveElement, *, optional: bool = True
) -> InputBlock:
    hint = pen.plain(f"seat_settings.{name}_hint") if name in HINTED else ""
    label = pen.plain(f"seat_settings.{name}")
    return blocks.field(name, label, element, optional=optional, hint=hint)
