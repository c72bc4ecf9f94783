"""Reactions put on and taken off, and the events that follow."""

from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.state.world import World


def add_reaction(
    world: World, channel: ChannelRecord, message: MessageRecord, *, name: str, by: str
) -> bool:
    """False if it was there already."""
    with world.changing():
        users = message.reactions.setdefault(name, [])
        if by in users:
            return False
        users.append(by)
        _tell(world, "reaction_added", channel, message, name, by)
        return True


def remove_reaction(
    world: World, channel: ChannelRecord, message: MessageRecord, *, name: str, by: str
) -> bool:
    with world.changing():
        users = message.reactions.get(name, [])
        if by not in users:
            return False
        users.remove(by)
        if not users:
            del message.reactions[name]
        _tell(world, "reaction_removed", channel, message, name, by)
        return True


def _tell(
    world: World, kind: str, channel: ChannelRecord, message: MessageRecord, name: str, by: str
) -> None:
    event: Json = {
        "type": kind,
        "user": by,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": world.ts(),
    }
    world.emit(world.team_of(channel), event, channel)
