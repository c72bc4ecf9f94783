"""A message as history, events and interactions show it."""

from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.state.world import World


def bot_profile(world: World, team_id: str) -> Json:
    team = world.teams[team_id]
    return {
        "id": team.bot_id,
        "deleted": False,
        "name": world.app_name,
        "updated": team.people[team.bot_user].updated,
        "app_id": world.app_id,
        "icons": {f"image_{n}": f"https://avatars.invalid/bot_{n}.png" for n in (36, 48, 72)},
        "team_id": team.id,
    }


def message_shape(
    world: World,
    channel: ChannelRecord,
    message: MessageRecord,
    *,
    metadata: bool = False,
    thread: bool = True,
) -> Json:
    """`metadata`: whether its payload is told (history only does when asked);
    `thread`: whether a parent carries its reply counts."""
    if message.tombstone:
        shape: Json = {
            "type": "message",
            "subtype": "tombstone",
            "user": "USLACKBOT",
            "text": "This message was deleted.",
            "hidden": True,
            "ts": message.ts,
        }
    else:
        author = world.person(message.user)
        shape = {
            "user": message.user,
            "type": "message",
            "ts": message.ts,
            "text": message.text,
            "team": author.team_id if author else channel.team_id,
        }
        if message.client_msg_id is not None:
            shape["client_msg_id"] = message.client_msg_id
        if message.bot_id is not None:
            shape |= {
                "bot_id": message.bot_id,
                "app_id": world.app_id,
                "bot_profile": bot_profile(world, channel.team_id),
            }
        if message.subtype is not None:
            shape["subtype"] = message.subtype
        if message.blocks:
            shape["blocks"] = message.blocks
        if message.attachments:
            shape["attachments"] = message.attachments
        if message.files:
            shape |= {"files": message.files, "upload": False, "display_as_bot": False}
        if message.edited is not None:
            shape["edited"] = message.edited
        if message.metadata is not None:
            shape["metadata"] = (
                message.metadata if metadata else {"event_type": message.metadata["event_type"]}
            )
        if message.reactions:
            shape["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in message.reactions.items()
            ]
    replies = channel.replies(message.ts)
    if message.is_reply:
        parent = channel.messages.get(message.thread_ts or "")
        shape["thread_ts"] = message.thread_ts
        if parent is not None:
            shape["parent_user_id"] = "USLACKBOT" if parent.tombstone else parent.user
        if message.subtype == "thread_broadcast" and parent is not None:
            shape["root"] = message_shape(world, channel, parent)
    elif replies and thread:
        users = list(dict.fromkeys(reply.user for reply in replies))
        shape |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users[:5],
            "is_locked": False,
            "subscribed": False,
        }
    return shape
