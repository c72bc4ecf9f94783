"""chat.*: posting, changing and deleting what the bot says."""

import re

from playground.acts.messages import delete_message, edit_message, post_message
from playground.acts.people import open_im
from playground.shapes.messages import message_shape
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.web_api.answers import SlackError
from playground.web_api.call import Call
from playground.web_api.content import read_content, read_metadata

_HIDES = frozenset({"drop_ephemeral"})
_TS = re.compile(r"^\d{10}\.\d{6}$")


def _place_to_post(call: Call) -> ChannelRecord:
    """A person's id stands for the private messages with that person."""
    given = call.get("channel")
    person = call.team.people.get(given)
    if person is not None:
        if person.is_stranger or person.deleted or person.is_bot:
            call.fail("channel_not_found")
        return open_im(call.world, call.team, person)
    channel = call.find_channel()
    if channel.archived:
        call.fail("is_archived")
    if not call.is_member(channel):
        call.fail("not_in_channel")
    if channel.read_only:
        call.fail("restricted_action")
    return channel


def post(call: Call) -> Json:
    world = call.world
    content = read_content(call.arguments, world.names, call.team)
    metadata = read_metadata(call.get("metadata"))
    if call.get("username") or call.get("icon_emoji") or call.get("icon_url"):
        call.need_scope("chat:write.customize")
    with world.lock:
        channel = _place_to_post(call)
        thread_ts = _thread(call, channel)
        broadcast = bool(thread_ts and call.get("reply_broadcast"))
        message = MessageRecord(
            ts=world.ts(),
            channel_id=channel.id,
            text=content.text,
            user=call.team.bot_user,
            blocks=content.blocks,
            attachments=content.attachments,
            thread_ts=thread_ts,
            subtype="thread_broadcast" if broadcast else None,
            bot_id=call.team.bot_id,
            metadata=metadata,
        )
        post_message(world, channel, message)
        shape = message_shape(world, channel, message, metadata=True)
        return {"channel": channel.id, "ts": message.ts, "message": shape}


def _thread(call: Call, channel: ChannelRecord) -> str | None:
    thread_ts: str | None = call.get("thread_ts")
    if not thread_ts:
        return None
    if not _TS.match(thread_ts):
        message = f"[ERROR] {thread_ts} is not a valid thread_ts"
        raise SlackError("invalid_thread_ts", messages=[message])
    parent = channel.messages.get(thread_ts)
    if parent is None or (parent.deleted and not parent.tombstone):
        return None  # Slack says ok, and shows it at the root (python-slack-sdk issue 840)
    return parent.thread_ts or parent.ts


def update(call: Call) -> Json:
    world = call.world
    with world.lock:
        channel = call.find_channel()
        message = call.find_message(channel, call.get("ts"))
        if message.user != call.team.bot_user or message.tombstone:
            call.fail("cant_update_message")
        if channel.archived:
            call.fail("is_archived")
        if not call.is_member(channel):
            call.fail("not_in_channel")
        content = read_content(call.arguments, world.names, call.team, parse="client")
        metadata = read_metadata(call.get("metadata"))
        edit_message(
            world,
            channel,
            message,
            by=call.team.bot_user,
            text=content.text,
            blocks=content.blocks,
            attachments=content.attachments,
            metadata=metadata,
        )
        shape = message_shape(world, channel, message, metadata=True)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def delete(call: Call) -> Json:
    with call.world.lock:
        channel = call.find_channel()
        message = call.find_message(channel, call.get("ts"))
        if message.user != call.team.bot_user or message.tombstone:
            call.fail("cant_delete_message")
        delete_message(call.world, channel, message)
        return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    world = call.world
    content = read_content(call.arguments, world.names, call.team)
    with world.changing():
        channel = call.find_channel()
        if channel.archived:
            call.fail("is_archived")
        if not call.is_member(channel):
            call.fail("not_in_channel")
        user = call.get("user")
        if user not in channel.members:
            call.fail("user_not_in_channel")
        message = MessageRecord(
            ts=world.ts(),
            channel_id=channel.id,
            text=content.text,
            user=call.team.bot_user,
            blocks=content.blocks,
            attachments=content.attachments,
            thread_ts=call.get("thread_ts") or None,
            bot_id=call.team.bot_id,
            ephemeral_for=user,
        )
        if not call.faults.hitting(_HIDES, call.method, channel=channel.id):
            world.ephemerals.setdefault((user, channel.id), []).append(message)
        return {"message_ts": message.ts}


def permalink(call: Call) -> Json:
    with call.world.lock:
        channel = call.find_channel()
        message = call.find_message(channel, call.get("message_ts"))
        place = f"https://{call.team.domain}.slack.com/archives/{channel.id}"
        link = f"{place}/p{message.ts.replace('.', '')}"
        if message.is_reply:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}
