"""What happens to channels and who is in them, and the events that follow."""

from playground.acts.messages import post_message
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.state.world import World

_LETTER = {"channel": "C", "group": "G", "im": "D"}


def join_channel(
    world: World, channel: ChannelRecord, user_id: str, *, inviter: str | None = None
) -> None:
    with world.changing():
        if user_id in channel.members:
            return
        channel.members.append(user_id)
        event = _membership(world, "member_joined_channel", channel, user_id)
        if inviter is not None:
            event["inviter"] = inviter
        world.emit(world.team_of(channel), event, channel)


def leave_channel(world: World, channel: ChannelRecord, user_id: str) -> None:
    with world.changing():
        if user_id not in channel.members:
            return
        # Told before the record changes: the bot hears of its own removal too.
        if user_id == world.team_of(channel).bot_user:
            by = {"channel": channel.id, "actor_id": channel.creator}
            _tell(world, channel, _prefix(channel) + "_left", by)
        else:
            event = _membership(world, "member_left_channel", channel, user_id)
            world.emit(world.team_of(channel), event, channel)
        channel.members.remove(user_id)


def _membership(world: World, kind: str, channel: ChannelRecord, user_id: str) -> Json:
    person = world.person(user_id)
    return {
        "type": kind,
        "user": user_id,
        "channel": channel.id,
        "channel_type": _LETTER[channel.kind],
        "team": person.team_id if person else channel.team_id,
        "event_ts": world.ts(),
    }


def archive_channel(world: World, channel: ChannelRecord, *, by: str) -> None:
    with world.changing():
        _tell(world, channel, _prefix(channel) + "_archive", {"channel": channel.id, "user": by})
        channel.archived = True


def unarchive_channel(world: World, channel: ChannelRecord, *, by: str) -> None:
    with world.changing():
        channel.archived = False
        who = "actor_id" if channel.kind == "group" else "user"
        _tell(world, channel, _prefix(channel) + "_unarchive", {"channel": channel.id, who: by})


def rename_channel(world: World, channel: ChannelRecord, name: str) -> None:
    with world.changing():
        channel.previous_names.insert(0, channel.name)
        channel.name = name
        renamed = {
            "id": channel.id,
            "is_channel": channel.kind == "channel",
            "is_mpim": False,
            "name": name,
            "name_normalized": name,
            "created": channel.created,
        }
        _tell(world, channel, _prefix(channel) + "_rename", {"channel": renamed})


def convert_channel(world: World, channel: ChannelRecord, *, private: bool, by: str) -> None:
    """No event of its own tells of it: a message does, which has the kind it is from then on."""
    with world.changing():
        kind = "private" if private else "public"
        channel.kind = "group" if private else "channel"
        said = MessageRecord(
            ts=world.ts(),
            channel_id=channel.id,
            text=f"made this channel *{kind}*.",
            user=by,
            subtype=f"channel_convert_to_{kind}",
        )
        post_message(world, channel, said)


def change_channel_id(world: World, channel: ChannelRecord) -> None:
    """Slack does so when a private channel is shared with another workspace."""
    with world.changing():
        team, old, new = world.team_of(channel), channel.id, world.names.id("C")
        team.channels[new] = team.channels.pop(old)
        channel.id = new
        for message in channel.messages.values():
            message.channel_id = new
        for (user, place), messages in list(world.ephemerals.items()):
            if place == old:
                world.ephemerals[user, new] = world.ephemerals.pop((user, old))
                for message in messages:
                    message.channel_id = new
        for places in world.read.values():
            if old in places:
                places[new] = places.pop(old)
        for url in world.response_urls.values():
            if url.channel_id == old:
                url.channel_id = new
        changed = {"old_channel_id": old, "new_channel_id": new}
        _tell(world, channel, "channel_id_changed", changed)


def delete_channel(world: World, channel: ChannelRecord, *, by: str) -> None:
    with world.changing():
        event: Json = {"channel": channel.id, "actor_id": by}
        if channel.kind == "group":
            event["date_deleted"] = int(world.clock.now())
        _tell(world, channel, _prefix(channel) + "_deleted", event)
        channel.deleted = True


def share_channel(world: World, channel: ChannelRecord, other_team: str) -> None:
    with world.changing():
        if other_team in channel.shared_with:
            return
        channel.shared_with.append(other_team)
        event = {"connected_team_id": other_team, "channel": channel.id}
        _tell(world, channel, "channel_shared", event)


def unshare_channel(world: World, channel: ChannelRecord, other_team: str) -> None:
    with world.changing():
        if other_team not in channel.shared_with:
            return
        channel.shared_with.remove(other_team)
        event = {
            "previously_connected_team_id": other_team,
            "channel": channel.id,
            "is_ext_shared": channel.is_shared,
        }
        _tell(world, channel, "channel_unshared", event)


def _prefix(channel: ChannelRecord) -> str:
    return "group" if channel.kind == "group" else "channel"


def _tell(world: World, channel: ChannelRecord, kind: str, event: Json) -> None:
    world.emit(world.team_of(channel), {"type": kind, **event, "event_ts": world.ts()}, channel)
