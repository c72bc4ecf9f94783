"""conversations.* and users.conversations: where the bot can look, and what it sees there."""

from playground.acts.channels import join_channel
from playground.acts.people import open_im
from playground.shapes.channels import channel_shape
from playground.shapes.messages import message_shape
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.web_api.call import FAMILIES, Call
from playground.web_api.paging import page

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_FAMILY_OF_TYPE = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}
_READ = tuple(f"{family}:read" for family in ("channels", "groups", "mpim", "im"))
_HISTORY = tuple(f"{family}:history" for family in ("channels", "groups", "mpim", "im"))


def open_(call: Call) -> Json:
    world = call.world
    call.need_scope("im:write", "channels:manage", "groups:write", "mpim:write")
    with world.lock:
        users, channel_id = call.get("users"), call.get("channel")
        if bool(users) == bool(channel_id):
            call.fail("users_list_not_supplied" if not users else "invalid_arguments")
        if channel_id:
            channel = call.find_channel()
            if channel.kind != "im":
                call.fail("method_not_supported_for_channel_type")
        else:
            if len(users) > 1:
                call.need_scope("mpim:write")
                call.fail("method_not_supported_for_channel_type")
            person = call.team.people.get(users[0])
            if person is None:
                call.fail("user_not_found")
            if person.deleted:
                call.fail("user_disabled")
            if person.is_bot or person.is_stranger:
                call.fail("user_not_visible" if person.is_stranger else "cannot_dm_bot")
            was_open = world.im(call.team, person.id) is not None
            channel = open_im(world, call.team, person)
            if was_open:
                return {"no_op": True, "already_open": True, "channel": _opened(call, channel)}
        return {"channel": _opened(call, channel)}


def _opened(call: Call, channel: ChannelRecord) -> Json:
    return channel_shape(channel, call.team) if call.get("return_im") else {"id": channel.id}


def info(call: Call) -> Json:
    call.need_scope(*_READ)
    with call.world.lock:
        channel = call.find_channel(scope="read")
        wanted = bool(call.get("include_num_members"))
        return {"channel": channel_shape(channel, call.team, num_members=wanted)}


def join(call: Call) -> Json:
    call.need_scope("channels:join")
    with call.world.lock:
        channel = call.find_channel()
        if channel.kind != "channel":
            call.fail("method_not_supported_for_channel_type")
        if channel.archived:
            call.fail("is_archived")
        answer: Json = {}
        if call.is_member(channel):
            answer = {
                "warning": "already_in_channel",
                "response_metadata": {"warnings": ["already_in_channel"]},
            }
        join_channel(call.world, channel, call.team.bot_user)
        return {"channel": channel_shape(channel, call.team), **answer}


def members(call: Call) -> Json:
    call.need_scope(*_READ)
    with call.world.lock:
        channel = call.find_channel(scope="read")
        found, cursor = page(call, channel.members, default=100, most=1000)
        return {"members": found, "response_metadata": {"next_cursor": cursor}}


def list_(call: Call) -> Json:
    """Private channels only where the bot is a member."""
    return _listed(call, only_with=None)


def of_user(call: Call) -> Json:
    user = call.get("user") or call.team.bot_user
    if user not in call.team.people:
        call.fail("user_not_found")
    return _listed(call, only_with=user)


def _listed(call: Call, *, only_with: str | None) -> Json:
    types = call.get("types") or ["public_channel"]
    if any(kind not in _TYPES for kind in types):
        call.fail("invalid_types")
    for kind in types:
        call.need_scope(f"{_FAMILY_OF_TYPE[kind]}:read")
    kinds = {_TYPES[kind] for kind in types}
    with call.world.lock:
        visible = [
            channel
            for channel in call.team.channels.values()
            if channel.kind in kinds
            and not channel.deleted
            and (channel.kind == "channel" or call.is_member(channel))
            and not (channel.archived and call.get("exclude_archived"))
            and (only_with is None or only_with in channel.members)
        ]
        found, cursor = page(call, visible, default=100, most=1000)
        shapes = [channel_shape(c, call.team, num_members=only_with is None) for c in found]
        return {"channels": shapes, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    """Newest first."""
    call.need_scope(*_HISTORY)
    with call.world.lock:
        channel = _readable(call)
        visible = [
            m
            for m in channel.messages.values()
            if (not m.deleted or m.tombstone)
            and (not m.is_reply or m.subtype == "thread_broadcast")
        ]
        visible = [m for m in visible if _within(call, m.ts)]
        visible.sort(key=lambda m: m.ts, reverse=True)
        return _page_of_messages(call, channel, visible) | {
            "pin_count": 0,
            "channel_actions_ts": None,
            "channel_actions_count": 0,
        }


def replies(call: Call) -> Json:
    """The parent first (on every page, as in Slack), then its replies, oldest first."""
    call.need_scope(*_HISTORY)
    with call.world.lock:
        channel = _readable(call)
        message = channel.messages.get(call.get("ts"))
        if message is None or (message.deleted and not message.tombstone):
            call.fail("thread_not_found")
        if message.is_reply:
            return _page_of_messages(call, channel, [message])
        found = [m for m in channel.replies(message.ts) if _within(call, m.ts)]
        found.sort(key=lambda m: m.ts)
        answer = _page_of_messages(call, channel, found)
        parent = message_shape(
            call.world, channel, message, metadata=bool(call.get("include_all_metadata"))
        )
        answer["messages"].insert(0, parent)
        return answer


def _readable(call: Call) -> ChannelRecord:
    channel = call.find_channel()
    call.need_scope(f"{FAMILIES[channel.kind]}:history")
    if not call.is_member(channel):
        call.fail("not_in_channel")
    return channel


def _within(call: Call, ts: str) -> bool:
    oldest, latest = call.get("oldest") or "0", call.get("latest")
    inclusive = bool(call.get("inclusive"))
    try:
        moment = _micro(ts)
        after = moment >= _micro(oldest) if inclusive else moment > _micro(oldest)
        if not latest:
            return after
        before = moment <= _micro(latest) if inclusive else moment < _micro(latest)
    except ValueError:
        call.fail("invalid_ts_oldest")
    return after and before


def _micro(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int((rest or "0").ljust(6, "0")[:6])


def _page_of_messages(call: Call, channel: ChannelRecord, messages: list[MessageRecord]) -> Json:
    found, cursor = page(call, messages, default=100, most=1000)
    metadata = bool(call.get("include_all_metadata"))
    shapes = [message_shape(call.world, channel, m, metadata=metadata) for m in found]
    answer: Json = {"messages": shapes, "has_more": bool(cursor)}
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer
