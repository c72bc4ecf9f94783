"""What a person does with an open modal: fills, submits, closes, presses in it."""

from typing import Any

from playground.acts.submissions import TROUBLE, UnusableAnswer, apply_answer
from playground.acts.views import close_views
from playground.blocks.check import elements_of
from playground.driver.filling import find_client_troubles, has_field, put_value
from playground.driver.stage import Stage, error_of
from playground.errors import CannotDo, CannotSubmit
from playground.shapes.interactions import closed_payload, submission_payload, view_press_payload
from playground.state.records import Json, PersonRecord, ViewRecord


def top_view(stage: Stage, person: PersonRecord) -> ViewRecord:
    view = stage.world.top_view(person.id)
    if view is None:
        raise CannotDo(f"{person.real_name} has no modal open")
    return view


def fill(
    stage: Stage, person: PersonRecord, values: dict[str, Any], *, force: bool, meant: str = ""
) -> None:
    """Fields with `dispatch_action`, and selects outside of input blocks, tell the bot at once.

    A field that isn't shown is looked for as a person would: behind the form's own *More*.
    `meant`: the id of the form that is to be on top; CannotDo once another has come over it.
    """
    for name, value in values.items():
        view = _meant_view(stage, person, meant)
        if not has_field(view.content["blocks"], name):
            _press_more(stage, person, view)
        with stage.world.changing():
            block, element = put_value(view, name, value, force=force)
        if block["type"] != "input" or block.get("dispatch_action"):
            shape = view.values[block["block_id"]][element["action_id"]]
            send_press_in_view(stage, person, view, block, element, shape)


def _press_more(stage: Stage, person: PersonRecord, view: ViewRecord) -> None:
    for block in view.content["blocks"]:
        for element, _ in elements_of(block):
            words = str((element.get("text") or {}).get("text", ""))
            if element["type"] == "button" and words.startswith("More"):
                send_press_in_view(stage, person, view, block, element, {})
                return


def submit(
    stage: Stage, person: PersonRecord, values: dict[str, Any], *, force: bool, meant: str = ""
) -> dict[str, str]:
    """Errors beside fields; under `*` what Slack says if the answer was missing or unusable."""
    fill(stage, person, values, force=force, meant=meant)
    view = _meant_view(stage, person, meant)
    if "submit" not in view.content and not force:
        raise CannotDo("this modal has no submit button")
    troubles = find_client_troubles(view)
    if troubles and not force:
        raise CannotSubmit(troubles)
    world = stage.world
    with world.lock:
        payload = submission_payload(world, world.teams[view.team_id], person, view)
    answer = stage.send_once("interaction", "view_submission", payload)
    if not answer.ok:
        return {"*": TROUBLE}
    try:
        return apply_answer(world, view, answer.payload)
    except UnusableAnswer as error:
        return {"*": f"{TROUBLE} ({error})"}


def _meant_view(stage: Stage, person: PersonRecord, meant: str) -> ViewRecord:
    view = top_view(stage, person)
    if meant and view.id != meant:
        raise CannotDo("another modal has come over it")
    return view


def close(stage: Stage, person: PersonRecord, *, everything: bool) -> None:
    """Cancel closes the top view, the cross in the corner everything. A bot is told if it asked."""
    world = stage.world
    top = top_view(stage, person)
    everything = everything or bool(top.content.get("clear_on_close"))
    team = world.teams[top.team_id]
    with world.lock:
        stack = list(world.stacks[person.id])
        going = stack[::-1] if everything else stack[-1:]
        payloads = [
            closed_payload(world, team, person, view, cleared=everything)
            for view in going
            if view.content.get("notify_on_close")
        ]
        close_views(world, person.id, everything=everything)
    for payload in payloads:
        stage.send_once("interaction", "view_closed", payload)


def send_press_in_view(
    stage: Stage, person: PersonRecord, view: ViewRecord, block: Json, element: Json, chosen: Json
) -> tuple[str | None, str]:
    """(what went wrong, the trigger's id)"""
    world = stage.world
    with world.lock:
        action = action_shape(block, element, chosen, world.ts())
        payload = view_press_payload(world, world.teams[view.team_id], person, view, action=action)
    answer = stage.send_once("interaction", "block_actions", payload)
    return error_of(answer), payload["trigger_id"]


def action_shape(block: Json, element: Json, chosen: Json, ts: str) -> Json:
    """What was pressed, as it stands in `actions`."""
    kept = [
        "type",
        "action_id",
        "placeholder",
        "text",
        "value",
        "style",
        "initial_option",
        "initial_options",
        "initial_date",
        "initial_time",
        "initial_user",
        "initial_users",
    ]
    action = {name: element[name] for name in kept if name in element}
    return {**action, "block_id": block["block_id"], **chosen, "action_ts": ts}
