"""Pressing what stands in a message, a modal or a home: which element, and what was chosen."""

from collections.abc import Iterable
from typing import Any

from playground.blocks.check import elements_of
from playground.blocks.values import FIELDS, initial_values, value_shape
from playground.driver.filling import read_value
from playground.driver.forms import action_shape, send_press_in_view
from playground.driver.message import Message
from playground.driver.shown import Shown
from playground.driver.stage import Stage, error_of
from playground.driver.view import options_of
from playground.errors import CannotDo
from playground.shapes.interactions import message_press_payload
from playground.state.records import Json, PersonRecord, ViewRecord

_CLICKED = ("button", "icon_button", "workflow_button")


def find_element(
    blocks: Iterable[Json],
    action_id: str,
    *,
    value: str | None = None,
    option: str | None = None,
    block: str | None = None,
    text: str | None = None,
) -> tuple[Json, Json]:
    """By action_id; if several have it, by block_id, value, an option they have, or their words.

    A `block` that is not there any more decides nothing: the bot drew the message again while the
    press was on its way, and blocks that it did not name have another id in each drawing.
    """
    found = [
        (holder, element)
        for holder in blocks
        for element, _ in elements_of(holder)
        if element.get("action_id") == action_id
        and (value is None or element.get("value") == value)
        and (text is None or text in str(element.get("text", {}).get("text", "")))
    ]
    if block is not None:
        found = [(b, e) for b, e in found if b.get("block_id") == block] or found
    if option is not None and len(found) > 1:
        found = [(b, e) for b, e in found if any(_is(o, option) for o in options_of(e))]
    if not found:
        there = [e.get("action_id") for b in blocks for e, _ in elements_of(b)]
        raise CannotDo(f"nothing to press called {action_id}; there is: {there}")
    if len(found) > 1:
        raise CannotDo(f"{len(found)} elements are called {action_id}: say block=, value= or text=")
    return found[0]


def _is(option: Json, wanted: str) -> bool:
    return wanted in (option.get("value"), option["text"]["text"])


def read_choice(element: Json, *, option: str | None, select: Any) -> Json:
    """The part of the action that says what was chosen."""
    kind = element["type"]
    if kind in _CLICKED:
        return {}
    if kind == "overflow":
        wanted = option if option is not None else select
        for candidate in options_of(element):
            if _is(candidate, str(wanted)):
                return {"selected_option": candidate}
        there = [o.get("value") for o in options_of(element)]
        raise CannotDo(f"{wanted!r} is not in the menu {element['action_id']}: {there}")
    if kind not in FIELDS:
        raise CannotDo(f"a {kind} cannot be pressed")
    return value_shape(element, read_value(element, option if option is not None else select))


def press_message(
    stage: Stage, person: PersonRecord, message: Message, element: Json, block: Json, chosen: Json
) -> Shown:
    world, record = stage.world, message.record
    channel = message.channel_record
    if record.ephemeral_for not in (None, person.id):
        raise CannotDo(f"{person.real_name} does not see this message")
    if person.id not in channel.members and channel.kind != "channel":
        raise CannotDo(f"{person.real_name} is not in {channel.name}")
    with world.lock:
        values = initial_values(record.blocks)
        if element["type"] in FIELDS:
            values[block["block_id"]][element["action_id"]] = chosen
        action = action_shape(block, element, chosen, world.ts())
        payload = message_press_payload(
            world, world.team_of(channel), person, channel, record, action=action, values=values
        )
    answer = stage.send_once("interaction", "block_actions", payload)
    return Shown(
        world, error=error_of(answer), trigger_id=payload["trigger_id"], answer=answer.payload
    )


def press_view(
    stage: Stage, person: PersonRecord, view: ViewRecord, element: Json, block: Json, chosen: Json
) -> Shown:
    if element["type"] in FIELDS:
        with stage.world.changing():
            view.values[block["block_id"]][element["action_id"]] = chosen
    error, trigger_id = send_press_in_view(stage, person, view, block, element, chosen)
    return Shown(stage.world, error=error, trigger_id=trigger_id)
