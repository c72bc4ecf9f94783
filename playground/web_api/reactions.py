"""reactions.*: put on, taken off, read."""

import re

from playground.acts.reactions import add_reaction, remove_reaction
from playground.shapes.messages import message_shape
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.web_api.call import Call

_NAME = re.compile(r"^[a-z0-9_+'-]+(?:::skin-tone-[2-6])?$")
MOST_KINDS = 23


def add(call: Call) -> Json:
    call.need_scope("reactions:write")
    with call.world.lock:
        channel, message = _found(call)
        name = _name(call)
        if channel.archived:
            call.fail("is_archived")
        if name not in message.reactions and len(message.reactions) >= MOST_KINDS:
            call.fail("too_many_reactions")
        if not add_reaction(call.world, channel, message, name=name, by=call.team.bot_user):
            call.fail("already_reacted")
        return {}


def remove(call: Call) -> Json:
    call.need_scope("reactions:write")
    with call.world.lock:
        channel, message = _found(call)
        if not remove_reaction(
            call.world, channel, message, name=_name(call), by=call.team.bot_user
        ):
            call.fail("no_reaction")
        return {}


def get(call: Call) -> Json:
    call.need_scope("reactions:read")
    with call.world.lock:
        channel, message = _found(call)
        shape = message_shape(call.world, channel, message)
        return {"type": "message", "channel": channel.id, "message": shape}


def _found(call: Call) -> tuple[ChannelRecord, MessageRecord]:
    if not call.get("channel") or not call.get("timestamp"):
        call.fail("no_item_specified")
    channel = call.find_channel()
    if not call.is_member(channel):
        call.fail("not_in_channel" if call.method != "reactions.get" else "channel_not_found")
    return channel, call.find_message(channel, call.get("timestamp"))


def _name(call: Call) -> str:
    name = str(call.get("name"))
    if not _NAME.match(name):
        call.fail("invalid_name")
    return name
