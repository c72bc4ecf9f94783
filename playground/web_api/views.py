"""views.*: modals opened with a trigger, pushed, updated; the app's home."""

import json

from playground.acts.views import add_view, change_view
from playground.blocks.check import find_view_troubles, view_is_too_large
from playground.shapes.views import view_shape
from playground.state.records import Json, TeamRecord, Trigger, ViewRecord
from playground.web_api.answers import SlackError, invalid_arguments
from playground.web_api.call import Call
from playground.web_api.content import known_in, link_texts

MOST_STACKED = 3


def read_view(view: object, *, kind: str, team: TeamRecord) -> Json:
    """`kind`: modal or home. Raises what Slack answers to a view it does not take."""
    troubles = find_view_troubles(view)
    if troubles:
        raise invalid_arguments(*(t.message() for t in troubles))
    assert isinstance(view, dict)
    if view["type"] != kind:
        raise invalid_arguments(f"[ERROR] must be {kind} [json-pointer:/view/type]")
    if view_is_too_large(view):
        raise SlackError("view_too_large")
    kept: Json = json.loads(json.dumps(view))
    link_texts(kept, known_in(team))
    return kept


def open_(call: Call) -> Json:
    world = call.world
    with world.changing():
        trigger = _trigger(call)
        content = read_view(call.get("view"), kind="modal", team=call.team)
        _refuse_taken_external_id(call, content, None)
        trigger.used = True
        view = add_view(world, call.team, user=trigger.user, content=content)
        view.trigger_id = trigger.id
        world.stacks[trigger.user] = [view]
        return {"view": view_shape(world, view)}


def push(call: Call) -> Json:
    world = call.world
    with world.changing():
        trigger = _trigger(call)
        content = read_view(call.get("view"), kind="modal", team=call.team)
        _refuse_taken_external_id(call, content, None)
        stack = world.stacks.get(trigger.user) or []
        if trigger.view_id is None or trigger.view_id not in {v.id for v in stack}:
            call.fail("not_found")
        if len(stack) >= MOST_STACKED:
            call.fail("push_limit_reached")
        trigger.used = True
        view = add_view(world, call.team, user=trigger.user, content=content, under=stack[-1])
        view.trigger_id = trigger.id
        stack.append(view)
        return {"view": view_shape(world, view)}


def update(call: Call) -> Json:
    world = call.world
    with world.changing():
        view = _view(call)
        content = read_view(call.get("view"), kind="modal", team=call.team)
        _refuse_taken_external_id(call, content, view)
        if call.get("hash") and call.get("hash") != view.hash:
            call.fail("hash_conflict")
        change_view(world, view, content)
        return {"view": view_shape(world, view)}


def publish(call: Call) -> Json:
    world = call.world
    with world.changing():
        user = call.get("user_id")
        if user not in call.team.people:
            call.fail("user_not_found")
        content = read_view(call.get("view"), kind="home", team=call.team)
        view = world.homes.get((call.team.id, user))
        _refuse_taken_external_id(call, content, view)
        if call.get("hash") and (view is None or call.get("hash") != view.hash):
            call.fail("hash_conflict")
        if view is None:
            view = add_view(world, call.team, user=user, content=content)
            world.homes[call.team.id, user] = view
        else:
            change_view(world, view, content)
        return {"view": view_shape(world, view)}


def _trigger(call: Call) -> Trigger:
    trigger = call.world.triggers.get(call.get("trigger_id") or "")
    if trigger is None or trigger.team_id != call.team.id:
        call.fail("invalid_trigger_id")
    if trigger.used:
        call.fail("exchanged_trigger_id")
    if call.world.clock.now() - trigger.made_at > call.world.durations.trigger_lives:
        call.fail("expired_trigger_id")
    return trigger


def _view(call: Call) -> ViewRecord:
    view_id, external_id = call.get("view_id"), call.get("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("[ERROR] missing required field: view_id")
    for view in call.world.views.values():
        if view.team_id != call.team.id or view.type != "modal" or not view.is_open:
            continue
        if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
            return view
    raise SlackError("not_found")


def _refuse_taken_external_id(call: Call, content: Json, own: ViewRecord | None) -> None:
    external_id = content.get("external_id")
    if not external_id:
        return
    for view in call.world.views.values():
        if view is own or view.team_id != call.team.id or not view.is_open:
            continue
        if view.content.get("external_id") == external_id:
            call.fail("duplicate_external_id")
