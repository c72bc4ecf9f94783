"""What the stand-in remembers: plain records. No rule, wire format or delivery belongs here."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "group", "im"]


@dataclass(eq=False)
class PersonRecord:
    id: str
    team_id: str
    name: str
    real_name: str
    display_name: str = ""
    """The name they chose to be shown by; "" for none."""
    tz: str = "UTC"
    is_guest: bool = False
    is_single_channel_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False
    bot_id: str | None = None
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    updated: int = 0


@dataclass(eq=False)
class MessageRecord:
    ts: str
    channel_id: str
    text: str
    user: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    client_msg_id: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_for: str | None = None
    deleted: bool = False
    tombstone: bool = False

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(eq=False)
class ChannelRecord:
    id: str
    team_id: str
    name: str
    kind: ChannelKind
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    deleted: bool = False
    shared_with: list[str] = field(default_factory=list)
    read_only: bool = False
    im_user: str | None = None
    messages: dict[str, MessageRecord] = field(default_factory=dict)
    previous_names: list[str] = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        return bool(self.shared_with)

    def replies(self, ts: str) -> list[MessageRecord]:
        return [
            m for m in self.messages.values() if m.thread_ts == ts and m.ts != ts and not m.deleted
        ]


@dataclass(eq=False)
class ViewRecord:
    id: str
    team_id: str
    type: Literal["modal", "home"]
    user: str
    content: Json
    """As the bot sent it, with the block_ids and action_ids it left to Slack filled in."""
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, Json] = field(default_factory=dict)
    """block_id -> action_id -> the value as Slack reports it."""
    errors: dict[str, str] = field(default_factory=dict)
    trigger_id: str | None = None
    is_open: bool = True


@dataclass(eq=False)
class Trigger:
    id: str
    user: str
    team_id: str
    made_at: float
    view_id: str | None = None
    used: bool = False


@dataclass(eq=False)
class ResponseUrl:
    id: str
    team_id: str
    user: str
    channel_id: str
    made_at: float
    message_ts: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


@dataclass(eq=False)
class TeamRecord:
    id: str
    domain: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    scopes: list[str]
    people: dict[str, PersonRecord] = field(default_factory=dict)
    channels: dict[str, ChannelRecord] = field(default_factory=dict)
    token_trouble: str | None = None
    """None, or what Slack answers to this installation's token: token_revoked, account_inactive."""
