"""Which events an installation gets, and the envelope around each."""

import base64
import json
from typing import Any

from playground.state.records import ChannelRecord, Json, TeamRecord
from playground.state.world import World

_KIND_SCOPE = {"channel": "channels", "group": "groups", "im": "im"}
_SCOPES = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
}
_FOR_MEMBERS = (
    "message",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
)


def is_wanted(world: World, team: TeamRecord, event: Json, channel: ChannelRecord | None) -> bool:
    """Subscribed to, allowed by a scope, and not from a place the bot cannot see."""
    kind = event["type"]
    family = _KIND_SCOPE[channel.kind] if channel else ""
    subscription = f"message.{family}" if kind == "message" else kind
    if subscription not in world.events:
        return False
    if kind in ("app_uninstalled", "tokens_revoked"):
        return True
    if team.token_trouble is not None:
        return False
    if channel is None:
        return kind not in _SCOPES or _SCOPES[kind] in team.scopes
    scope = f"{family}:history" if kind == "message" else _SCOPES.get(kind, f"{family}:read")
    if scope not in team.scopes:
        return False
    private = channel.kind == "group"
    needs_membership = kind in _FOR_MEMBERS or private
    return not needs_membership or team.bot_user in channel.members


def event_envelope(
    world: World, team: TeamRecord, event: Json, channel: ChannelRecord | None
) -> Json:
    context: dict[str, Any] = {"et": event["type"], "tid": team.id, "aid": world.app_id}
    if channel is not None:
        context["cid"] = channel.id
    encoded = base64.b64encode(json.dumps(context).encode()).decode().rstrip("=")
    return {
        "token": world.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.names.id("Ev"),
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_shared),
        "event_context": f"4-{encoded}",
    }
