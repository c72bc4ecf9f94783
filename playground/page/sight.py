"""What one person sees: the channels they may look into, their messages, modals and home.

What is written for somebody else's eyes only never leaves the server with it.
"""

from playground.page.marks import has_news, spoken_to
from playground.page.playbill import Playbill
from playground.shapes.messages import message_shape
from playground.shapes.views import view_shape
from playground.state.records import ChannelRecord, Json, MessageRecord, PersonRecord, TeamRecord
from playground.state.world import World


def sight(world: World, playbill: Playbill, user_id: str) -> Json:
    """For the person with this id; for the first one if there is no such person."""
    with world.lock:
        team, me = _find(world, user_id)
        if me is None:
            return {"me": None, "changes": world.changes}
        seen = [c for c in team.channels.values() if _sees(c, me)]
        home = world.homes.get((team.id, me.id))
        return {
            "me": me.id,
            "now": world.clock.now(),
            "changes": world.changes,
            "app": {"name": world.app_name, "user": team.bot_user},
            "team": {"id": team.id, "name": team.name, "domain": team.domain},
            "people": {p.id: _person(p, playbill) for p in team.people.values()},
            "channels": [_channel(world, team, channel, me) for channel in seen],
            "modals": [
                view_shape(world, view) | {"errors": view.errors}
                for view in world.stacks.get(me.id, [])
            ],
            "home": view_shape(world, home) if home else None,
            "commands": [vars(command) for command in playbill.commands],
            "shortcuts": [vars(shortcut) for shortcut in playbill.shortcuts],
            "clock_moves": list(playbill.clock_moves),
            "story": playbill.story.shape(),
            "no_story": playbill.no_story,
            "after_story": playbill.after_story,
            "spoken_to": spoken_to(team).get(me.id, ""),
            "news": has_news(world, team),
            "read": dict(world.read.get(me.id, {})),
        }


def _find(world: World, user_id: str) -> tuple[TeamRecord, PersonRecord | None]:
    for team in world.teams.values():
        if user_id in team.people and user_id != team.bot_user:
            return team, team.people[user_id]
    team = next(iter(world.teams.values()))
    return team, next((p for p in team.people.values() if not p.is_bot), None)


def _sees(channel: ChannelRecord, me: PersonRecord) -> bool:
    if channel.deleted:
        return False
    if me.id in channel.members:
        return True
    is_limited = me.is_guest or me.is_single_channel_guest or me.is_stranger
    return channel.kind == "channel" and not is_limited


def _person(person: PersonRecord, playbill: Playbill) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "tz": person.tz,
        "is_bot": person.is_bot,
        "deleted": person.deleted,
        "guest": person.is_guest or person.is_single_channel_guest,
        "outside": person.is_stranger,
        "status": person.status_text,
        "part": playbill.parts.get(person.id, ""),
    }


def _channel(world: World, team: TeamRecord, channel: ChannelRecord, me: PersonRecord) -> Json:
    messages = [
        _message(world, channel, message)
        for message in sorted(channel.messages.values(), key=lambda m: m.ts)
        if not message.deleted or message.tombstone
    ]
    only_me = [
        _message(world, channel, message)
        for message in world.ephemerals.get((me.id, channel.id), [])
        if not message.deleted
    ]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "archived": channel.archived,
        "shared": channel.is_shared,
        "member": me.id in channel.members,
        "members": len([m for m in channel.members if m != team.bot_user]),
        "bot_in": team.bot_user in channel.members,
        "messages": messages,
        "only_me": only_me,
    }


def _message(world: World, channel: ChannelRecord, message: MessageRecord) -> Json:
    shape = message_shape(world, channel, message)
    shape.pop("root", None)
    return shape
