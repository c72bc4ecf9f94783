"""What Slack does with the answer to a submitted view: errors, update, push, clear, or close."""

import json
from typing import Any

from playground.acts.views import add_view, change_view, close_views
from playground.state.records import Json, TeamRecord, ViewRecord
from playground.state.world import World
from playground.web_api.answers import SlackError
from playground.web_api.views import MOST_STACKED, read_view

TROUBLE = "We had some trouble connecting. Try again?"


class UnusableAnswer(Exception):
    """Slack shows the person a general error; the reason is for the bot's developer."""


def apply_answer(world: World, view: ViewRecord, payload: Any) -> dict[str, str]:
    """Returns the errors beside fields; empty: accepted."""
    with world.changing():
        view.errors = {}
        if payload is None or payload in ("", {}):
            _close(world, view)
            return {}
        if isinstance(payload, str):
            try:
                payload = json.loads(payload)
            except ValueError as error:
                raise UnusableAnswer(f"not JSON: {payload[:80]}") from error
        if not isinstance(payload, dict):
            raise UnusableAnswer(f"not an object: {payload!r}")
        return _apply(world, view, payload)


def _apply(world: World, view: ViewRecord, payload: Json) -> dict[str, str]:
    action = payload.get("response_action")
    team = world.teams[view.team_id]
    if action == "errors":
        view.errors = _read_errors(view, payload.get("errors"))
        return dict(view.errors)
    if action == "clear":
        close_views(world, view.user, everything=True)
    elif action == "update":
        change_view(world, view, _view_in(payload, team))
    elif action == "push":
        stack = world.stacks[view.user]
        if len(stack) >= MOST_STACKED:
            raise UnusableAnswer("push_limit_reached")
        stack.append(
            add_view(world, team, user=view.user, content=_view_in(payload, team), under=view)
        )
    else:
        raise UnusableAnswer(f"no such response_action: {action!r}")
    return {}


def _read_errors(view: ViewRecord, errors: object) -> dict[str, str]:
    if not isinstance(errors, dict) or not errors:
        raise UnusableAnswer("errors must be an object with at least one block_id")
    inputs = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
    for block_id, words in errors.items():
        if block_id not in inputs:
            raise UnusableAnswer(f"errors names {block_id}, which is no input block of this view")
        if not isinstance(words, str) or not words:
            raise UnusableAnswer(f"the error beside {block_id} is not text")
    return dict(errors)


def _view_in(payload: Json, team: TeamRecord) -> Json:
    try:
        return read_view(payload.get("view"), kind="modal", team=team)
    except SlackError as error:
        raise UnusableAnswer(f"{error.error}: {error.more}") from error


def _close(world: World, view: ViewRecord) -> None:
    stack = world.stacks.get(view.user, [])
    if view in stack:
        view.is_open = False
        stack.remove(view)
