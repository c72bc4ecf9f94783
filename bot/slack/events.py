"""Events → values: messages, what became of them, reactions. Which are taken: DESIGN §5.

Whether a message means anything is not decided here.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.slack.fields import at, dicts_at, needed, text_at, workspace_of_event

_PICTURES = ("image", "video", "file")
_TAKEN_SUBTYPES = ("", "file_share", "thread_broadcast")


@dataclass(frozen=True, slots=True)
class _Message:
    workspace_id: str
    channel: str
    channel_type: str
    user: str
    ts: str
    thread_ts: str | None
    version: str
    """Grows with each edit: a message time. Older ones are ignored."""
    text: str
    blocks: tuple[dict[str, Any], ...]
    has_files: bool
    """Files, a voice clip, an image, or a message forwarded: what has no words of its own."""


@dataclass(frozen=True, slots=True)
class Posted(_Message):
    """Someone wrote a message."""


@dataclass(frozen=True, slots=True)
class Edited(_Message):
    """Someone changed the text of a message; what it says now."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone (or, with replies under it, became a tombstone)."""

    workspace_id: str
    channel: str
    ts: str
    version: str
    user: str = ""
    """Who wrote it; "" when Slack does not say."""
    thread_ts: str = ""
    thread_goes_on: bool = False
    """It was the head of a thread, and replies under it are still there."""


@dataclass(frozen=True, slots=True)
class Reaction:
    workspace_id: str
    user: str
    name: str
    channel: str
    ts: str
    added: bool
    event_ts: str


def event_key(body: Any) -> str:
    """The delivery's identity; a repeat has the same. Raises Unreadable."""
    return f"event:{workspace_of_event(body)}:{needed(text_at(body, 'event_id'), 'event_id')}"


def read_message(event: Any, workspace_id: str) -> Posted | Edited | Deleted | None:
    """None: not from a person, or nothing that was said has changed."""
    channel, subtype = text_at(event, "channel"), text_at(event, "subtype")
    if not channel:
        return None
    if subtype == "message_deleted":
        return _deleted(workspace_id, channel, text_at(event, "deleted_ts"), event)
    if subtype == "message_changed":
        return _changed(event, workspace_id, channel)
    if at(event, "hidden") is True:
        return None
    fields = _fields(event, workspace_id, channel, text_at(event, "channel_type"))
    return Posted(**fields) if fields else None


def _changed(event: Any, workspace_id: str, channel: str) -> Edited | Deleted | None:
    message = at(event, "message")
    if text_at(message, "subtype") == "tombstone":
        stone = _deleted(workspace_id, channel, text_at(message, "ts"), event)
        return replace(stone, thread_goes_on=True) if stone else None
    before = at(event, "previous_message", "text")
    if before == text_at(message, "text"):
        return None  # a link preview, a reply counted, a file renamed: nobody said anything else
    fields = _fields(message, workspace_id, channel, text_at(event, "channel_type"))
    if fields is None:
        return None
    version = text_at(message, "edited", "ts") or text_at(event, "ts") or fields["ts"]
    return Edited(**{**fields, "version": version})


def _deleted(workspace_id: str, channel: str, ts: str, event: Any) -> Deleted | None:
    if not ts:
        return None
    version = text_at(event, "event_ts") or text_at(event, "ts") or ts
    user, thread_ts = (text_at(event, "previous_message", f) for f in ("user", "thread_ts"))
    return Deleted(workspace_id, channel, ts, version, user, thread_ts)


def _fields(
    message: Any, workspace_id: str, channel: str, channel_type: str
) -> dict[str, Any] | None:
    user, ts = text_at(message, "user"), text_at(message, "ts")
    is_ours_to_take = (
        user and ts and not at(message, "bot_id") and text_at(message, "subtype") in _TAKEN_SUBTYPES
    )
    if not is_ours_to_take:
        return None
    return {
        "workspace_id": workspace_id,
        "channel": channel,
        "channel_type": channel_type,
        "user": user,
        "ts": ts,
        "thread_ts": text_at(message, "thread_ts") or None,
        "version": text_at(message, "edited", "ts") or ts,
        "text": text_at(message, "text"),
        "blocks": dicts_at(message, "blocks"),
        # A forwarded message is an attachment; a GIF from a picker, an image block.
        "has_files": bool(dicts_at(message, "files") or dicts_at(message, "attachments"))
        or any(text_at(block, "type") in _PICTURES for block in dicts_at(message, "blocks")),
    }


def read_shared_message(message: Any, workspace_id: str, channel: str) -> Posted | None:
    """The message a shortcut was used on; None for a bot's."""
    fields = _fields(message, workspace_id, channel, "")
    return Posted(**fields) if fields else None


def is_echo(event: Any, *, bot_user_id: str, bot_id: str) -> bool:
    """What we did ourselves and Slack tells us of. That a message of ours was deleted is none."""
    kind, subtype = text_at(event, "type"), text_at(event, "subtype")
    if kind in ("member_joined_channel", "member_left_channel") or subtype == "message_deleted":
        return False
    if text_at(event, "message", "subtype") == "tombstone":
        return False
    by = text_at(event, "user") or text_at(event, "message", "user")
    return by == bot_user_id != "" or text_at(event, "bot_id") == bot_id != ""


def read_reaction(event: Any, workspace_id: str) -> Reaction | None:
    """None: not on a message, or without someone who did it."""
    kind = text_at(event, "type")
    user, name = text_at(event, "user"), text_at(event, "reaction")
    channel, ts = text_at(event, "item", "channel"), text_at(event, "item", "ts")
    if not (user and name and channel and ts) or text_at(event, "item", "type") != "message":
        return None
    added = kind != "reaction_removed"
    return Reaction(workspace_id, user, name, channel, ts, added, text_at(event, "event_ts"))
