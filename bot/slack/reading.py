"""Payloads → frozen values. Nothing here trusts what it reads: fields missing or of another type
are empty, and only a payload without actor or workspace is refused (Unreadable).

The workspace is the installation that received the delivery, never the actor's team.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.slack.elements import read_element, read_shown, read_values
from bot.slack.events import (
    Deleted,
    Edited,
    Posted,
    Reaction,
    event_key,
    is_echo,
    read_message,
    read_reaction,
    read_shared_message,
)
from bot.slack.fields import (
    Unreadable,
    at,
    dicts_at,
    needed,
    read_metadata,
    text_at,
    workspace_of_command,
    workspace_of_event,
    workspace_of_interaction,
)
from seat.thread.inline import unescape

Values = dict[str, str | tuple[str, ...] | None]

MOST_DIGITS = 9
"""Ids and versions in a button are database integers; a longer number names nothing of ours."""


@dataclass(frozen=True, slots=True)
class Command:
    workspace_id: str
    user: str
    channel: str
    channel_name: str
    name: str
    text: str
    trigger_id: str
    response_url: str

    @property
    def key(self) -> str:
        return f"command:{self.trigger_id}"


@dataclass(frozen=True, slots=True)
class View:
    """The form (or home) something happened in."""

    id: str
    hash: str
    callback_id: str
    metadata: dict[str, Any]
    values: Values
    shown: Values
    """What its fields were drawn with."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button, a menu, a choice. `value` is what we drew it with: untrusted, compared."""

    workspace_id: str
    user: str
    channel: str | None
    action_id: str
    block_id: str
    value: str
    selected: tuple[str, ...]
    """What was chosen: option values, user ids, a date."""
    action_ts: str
    trigger_id: str
    response_url: str
    message_ts: str | None
    thread_ts: str | None
    view: View | None

    @property
    def key(self) -> str:
        return f"press:{self.user}:{self.action_ts}:{self.action_id}"

    @property
    def inside_thread(self) -> str | None:
        """The thread in which the pressed message is a reply. The head of one names itself too, and
        who looks at that sees nothing of what is told in the thread."""
        return None if self.thread_ts == self.message_ts else self.thread_ts


@dataclass(frozen=True, slots=True)
class Target:
    """What a button was drawn for: a review as it then was."""

    review_id: int
    version: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    workspace_id: str
    user: str
    callback_id: str
    view_id: str
    view_hash: str
    metadata: dict[str, Any] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    shown: Values = field(default_factory=dict)
    """What the fields were drawn with; nothing for one drawn empty."""
    trigger_id: str = ""

    @property
    def key(self) -> str:
        # A form replaced by another in its own window keeps its id.
        return f"view:{self.view_id}:{self.callback_id}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`channel` and `message` only for a message shortcut; no message if a bot wrote it."""

    workspace_id: str
    user: str
    callback_id: str
    trigger_id: str
    action_ts: str
    response_url: str
    channel: str | None
    message: Posted | None
    message_ts: str | None

    @property
    def key(self) -> str:
        return f"shortcut:{self.user}:{self.action_ts}:{self.callback_id}"


def read_command(body: Any) -> Command:
    return Command(
        workspace_id=workspace_of_command(body),
        user=needed(text_at(body, "user_id"), "user_id"),
        channel=text_at(body, "channel_id"),
        channel_name=text_at(body, "channel_name"),
        name=text_at(body, "command"),
        text=unescape(text_at(body, "text")),
        trigger_id=text_at(body, "trigger_id"),
        response_url=text_at(body, "response_url"),
    )


def read_press(body: Any) -> Press:
    action = next(iter(dicts_at(body, "actions")), {})
    chosen = read_element(action)
    value = text_at(action, "value")
    selected: tuple[str, ...] = ()
    if isinstance(chosen, tuple):
        selected = chosen
    elif chosen is not None and "value" not in action:
        selected = (chosen,)
    container = at(body, "container")
    channel = text_at(body, "channel", "id") or text_at(container, "channel_id")
    message_ts = text_at(body, "message", "ts") or text_at(container, "message_ts")
    thread_ts = text_at(body, "message", "thread_ts") or text_at(container, "thread_ts")
    return Press(
        workspace_id=workspace_of_interaction(body),
        user=needed(text_at(body, "user", "id"), "user"),
        channel=channel or None,
        action_id=text_at(action, "action_id"),
        block_id=text_at(action, "block_id"),
        value=value or (selected[0] if selected else ""),
        selected=selected,
        action_ts=text_at(action, "action_ts"),
        trigger_id=text_at(body, "trigger_id"),
        response_url=text_at(body, "response_url"),
        message_ts=message_ts or None,
        thread_ts=thread_ts or None,
        view=_view(body) if isinstance(at(body, "view"), dict) else None,
    )


def read_target(value: str) -> Target | None:
    """`review:version[:part…]`, as our buttons carry it; None for anything else."""
    review, _, rest = value.partition(":")
    version, *parts = rest.split(":")
    if not (_is_number(review) and _is_number(version)):
        return None
    return Target(int(review), int(version), tuple(parts))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def read_submission(body: Any) -> Submission:
    view = _view(body)
    return Submission(
        workspace_id=workspace_of_interaction(body),
        user=needed(text_at(body, "user", "id"), "user"),
        callback_id=view.callback_id,
        view_id=needed(view.id, "view id"),
        view_hash=view.hash,
        metadata=view.metadata,
        values=view.values,
        shown=view.shown,
        trigger_id=text_at(body, "trigger_id"),
    )


def _view(body: Any) -> View:
    view = at(body, "view")
    return View(
        id=text_at(view, "id"),
        hash=text_at(view, "hash"),
        callback_id=text_at(view, "callback_id"),
        metadata=read_metadata(text_at(view, "private_metadata")),
        values=read_values(at(view, "state")),
        shown=read_shown(dicts_at(view, "blocks")),
    )


def read_view_again(body: Any) -> dict[str, Any]:
    """The modal something was pressed in, as Slack takes it back for an update."""
    view = at(body, "view")
    parts = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    found = {name: view[name] for name in parts if isinstance(view, dict) and view.get(name)}
    return {**found, "blocks": dicts_at(view, "blocks")}


def read_shortcut(body: Any) -> Shortcut:
    workspace_id = workspace_of_interaction(body)
    channel = text_at(body, "channel", "id")
    return Shortcut(
        workspace_id=workspace_id,
        user=needed(text_at(body, "user", "id"), "user"),
        callback_id=text_at(body, "callback_id"),
        trigger_id=text_at(body, "trigger_id"),
        action_ts=text_at(body, "action_ts"),
        response_url=text_at(body, "response_url"),
        channel=channel or None,
        message=read_shared_message(at(body, "message"), workspace_id, channel),
        message_ts=text_at(body, "message", "ts") or text_at(body, "message_ts") or None,
    )


__all__ = [
    "Command",
    "Deleted",
    "Edited",
    "Posted",
    "Press",
    "Reaction",
    "Shortcut",
    "Submission",
    "Target",
    "Unreadable",
    "View",
    "event_key",
    "is_echo",
    "read_command",
    "read_message",
    "read_press",
    "read_reaction",
    "read_shortcut",
    "read_submission",
    "read_target",
    "read_view_again",
    "workspace_of_event",
]
