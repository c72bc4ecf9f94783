"""What happens to messages, whoever does it: said, edited, deleted; and the events that follow."""

from playground.shapes.messages import message_shape
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.state.world import World

CHANNEL_TYPES = {"channel": "channel", "group": "group", "im": "im"}


def post_message(world: World, channel: ChannelRecord, message: MessageRecord) -> MessageRecord:
    with world.changing():
        channel.messages[message.ts] = message
        shape = message_shape(world, channel, message, metadata=True)
        _tell(world, channel, shape)
        return message


def edit_message(
    world: World,
    channel: ChannelRecord,
    message: MessageRecord,
    *,
    by: str,
    text: str,
    blocks: list[Json],
    attachments: list[Json] | None = None,
    metadata: Json | None = None,
    mark_edited: bool = True,
) -> None:
    with world.changing():
        before = message_shape(world, channel, message, metadata=True)
        ts = world.ts()
        message.text, message.blocks = text, blocks
        if attachments is not None:
            message.attachments = attachments
        if metadata is not None:
            message.metadata = metadata
        if mark_edited:
            message.edited = {"user": by, "ts": ts}
        _tell_changed(world, channel, message, before, ts)


def unfurl_links(world: World, channel: ChannelRecord, message: MessageRecord) -> None:
    """A link preview: Slack reports a change in which the text is what it was."""
    with world.changing():
        before = message_shape(world, channel, message, metadata=True)
        message.attachments = [
            {
                "id": 1,
                "from_url": "https://preview.invalid",
                "title": "A preview",
                "text": "A preview",
            }
        ]
        _tell_changed(world, channel, message, before, world.ts())


def delete_message(
    world: World, channel: ChannelRecord, message: MessageRecord, *, tombstone: bool = False
) -> None:
    """A parent that has replies leaves a tombstone, and Slack reports a change, not a deletion."""
    with world.changing():
        before = message_shape(world, channel, message, metadata=True)
        ts = world.ts()
        if tombstone or (not message.is_reply and channel.replies(message.ts)):
            message.tombstone = message.deleted = True
            message.blocks, message.attachments, message.reactions = [], [], {}
            message.text, message.metadata = "This message was deleted.", None
            _tell_changed(world, channel, message, before, ts)
            return
        message.deleted = True
        _tell_deleted(world, channel, message, before, ts)
        _remove_bare_tombstone(world, channel, message.thread_ts or "")


def _remove_bare_tombstone(world: World, channel: ChannelRecord, ts: str) -> None:
    """With its last reply a tombstone goes too, and is told of (slack-edge pull request 10)."""
    stone = channel.messages.get(ts)
    if stone is None or not stone.tombstone or channel.replies(ts):
        return
    before = message_shape(world, channel, stone) | {
        "thread_ts": ts,
        "reply_count": 0,
        "reply_users_count": 0,
        "reply_users": [],
    }
    stone.tombstone = False
    _tell_deleted(world, channel, stone, before, world.ts())


def _tell_deleted(
    world: World, channel: ChannelRecord, message: MessageRecord, before: Json, ts: str
) -> None:
    _tell(
        world,
        channel,
        {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": before,
            "hidden": True,
            "deleted_ts": message.ts,
            "ts": ts,
        },
    )


def _tell_changed(
    world: World, channel: ChannelRecord, message: MessageRecord, before: Json, ts: str
) -> None:
    _tell(
        world,
        channel,
        {
            "type": "message",
            "subtype": "message_changed",
            "message": message_shape(world, channel, message, metadata=True),
            "previous_message": before,
            "hidden": True,
            "ts": ts,
        },
    )


def _tell(world: World, channel: ChannelRecord, event: Json) -> None:
    where = {
        "channel": channel.id,
        "event_ts": event["ts"],
        "channel_type": CHANNEL_TYPES[channel.kind],
    }
    world.emit(world.team_of(channel), event | where, channel)
