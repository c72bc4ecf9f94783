"""A view as `views.*` answers and interactions show it."""

from playground.state.records import Json, ViewRecord
from playground.state.world import World


def view_shape(world: World, view: ViewRecord) -> Json:
    content = view.content
    team = world.teams[view.team_id]
    is_modal = view.type == "modal"
    return {
        "id": view.id,
        "team_id": view.team_id,
        "type": view.type,
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": {k: dict(v) for k, v in view.values.items()}},
        "hash": view.hash,
        "title": content.get("title")
        or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(content.get("clear_on_close", False)),
        "notify_on_close": bool(content.get("notify_on_close", False)),
        "close": content.get("close") if is_modal else None,
        "submit": content.get("submit") if is_modal else None,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": team.id,
        "bot_id": team.bot_id,
    }
