"""Everything the stand-in knows, as JSON, for tools that read it: an auditor, the browser page."""

from typing import Any

from playground.driver.message import Message
from playground.shapes.messages import message_shape
from playground.shapes.people import user_shape
from playground.shapes.views import view_shape
from playground.state.records import ChannelRecord, Json, MessageRecord, TeamRecord
from playground.state.world import World


def snapshot(world: World) -> Json:
    """Messages that were deleted are in it too, and say so."""
    with world.lock:
        return {
            "now": world.clock.now(),
            "changes": world.changes,
            "app": {"id": world.app_id, "name": world.app_name},
            "teams": [_team(world, team) for team in world.teams.values()],
            "modals": {
                user: [view_shape(world, view) | {"errors": view.errors} for view in stack]
                for user, stack in world.stacks.items()
                if stack
            },
            "homes": {user: view_shape(world, view) for (_, user), view in world.homes.items()},
        }


def _team(world: World, team: TeamRecord) -> Json:
    now = world.clock.now()
    return {
        "id": team.id,
        "name": team.name,
        "bot_user": team.bot_user,
        "bot_id": team.bot_id,
        "scopes": list(team.scopes),
        "token_trouble": team.token_trouble,
        "people": [user_shape(person, now) for person in team.people.values()],
        "channels": [_channel(world, channel) for channel in team.channels.values()],
        "ephemerals": [
            {"seen_by": user, **_message(world, team.channels[place], message)}
            for (user, place), messages in world.ephemerals.items()
            if place in team.channels
            for message in messages
        ],
    }


def _channel(world: World, channel: ChannelRecord) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": list(channel.members),
        "archived": channel.archived,
        "deleted": channel.deleted,
        "shared_with": list(channel.shared_with),
        "im_user": channel.im_user,
        "messages": [_message(world, channel, m) for m in channel.messages.values()],
    }


def _message(world: World, channel: ChannelRecord, message: MessageRecord) -> Json:
    shape: dict[str, Any] = message_shape(world, channel, message, metadata=True)
    return {
        **shape,
        "channel": channel.id,
        "deleted": message.deleted,
        "all_text": Message(world, channel, message).all_text(),
    }
