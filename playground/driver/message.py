"""A message as its readers see it. Reads the state; changing it is for people and the bot."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, overload

from playground.acts.channels import (
    archive_channel,
    change_channel_id,
    convert_channel,
    delete_channel,
    leave_channel,
    rename_channel,
    share_channel,
    unarchive_channel,
    unshare_channel,
)
from playground.blocks.check import elements_of
from playground.errors import CannotDo
from playground.state.records import ChannelRecord, Json, MessageRecord
from playground.state.world import World
from playground.text.plain import plain_blocks, plain_mrkdwn


class Message:
    def __init__(self, world: World, channel: ChannelRecord, record: MessageRecord) -> None:
        self.world = world
        self.channel_record = channel
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.record.channel_id, self.ts) == (
            other.record.channel_id,
            other.ts,
        )

    def __hash__(self) -> int:
        return hash((self.record.channel_id, self.record.ts))

    def __repr__(self) -> str:
        return f"<Message {self.ts} in {self.channel_record.name}: {self.record.text[:60]!r}>"

    @property
    def ts(self) -> str:
        return self.record.ts

    @property
    def thread_ts(self) -> str | None:
        return self.record.thread_ts

    @property
    def channel(self) -> "Channel":
        return Channel(self.world, self.channel_record)

    @property
    def text(self) -> str:
        """As Slack keeps it: escaped."""
        return self.record.text

    @property
    def blocks(self) -> list[Json]:
        return self.record.blocks

    @property
    def user(self) -> str:
        return self.record.user

    @property
    def by_bot(self) -> bool:
        return self.record.bot_id is not None

    @property
    def metadata(self) -> Json | None:
        return self.record.metadata

    @property
    def reactions(self) -> dict[str, list[str]]:
        """Name -> ids of the people who put it."""
        return self.record.reactions

    @property
    def edited(self) -> bool:
        return self.record.edited is not None

    @property
    def deleted(self) -> bool:
        return self.record.deleted

    @property
    def replies(self) -> "list[Message]":
        with self.world.lock:
            found = self.channel_record.replies(self.ts)
            return [Message(self.world, self.channel_record, record) for record in found]

    def all_text(self) -> str:
        """Everything a reader sees; the top-level text only where there are no blocks."""
        if self.record.blocks:
            return plain_blocks(self.record.blocks)
        return plain_mrkdwn(self.record.text)

    def buttons(self) -> list[Json]:
        return [e for block in self.blocks for e, _ in elements_of(block) if e.get("action_id")]

    def button(self, action_id: str) -> Json | None:
        """The first element with this action_id, or None."""
        return next((e for e in self.buttons() if e["action_id"] == action_id), None)

    def snapshot(self) -> "Message":
        """As it is now, for pressing later what someone still has on the screen."""
        return Message(self.world, self.channel_record, deepcopy(self.record))


class Channel(Sequence[Message]):
    """Reads like the list of its top-level messages, oldest first."""

    def __init__(self, world: World, record: ChannelRecord) -> None:
        self.world = world
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Channel) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Channel {self.id} {self.name}>"

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def bot_in(self) -> bool:
        return self.world.team_of(self.record).bot_user in self.record.members

    @property
    def messages(self) -> list[Message]:
        """Without replies (but with those also sent to the channel) and without deleted ones;
        a tombstone still stands."""
        with self.world.lock:
            return [
                Message(self.world, self.record, m)
                for m in sorted(self.record.messages.values(), key=lambda m: m.ts)
                if (not m.is_reply or m.subtype == "thread_broadcast")
                and (not m.deleted or m.tombstone)
            ]

    @property
    def from_bot(self) -> list[Message]:
        return [m for m in self.messages if m.by_bot]

    def thread(self, message: Message) -> list[Message]:
        """The replies, oldest first."""
        parent = message.thread_ts or message.ts
        with self.world.lock:
            return [Message(self.world, self.record, m) for m in self.record.replies(parent)]

    def message(self, ts: str) -> Message:
        try:
            return Message(self.world, self.record, self.record.messages[ts])
        except KeyError:
            raise CannotDo(f"no message {ts} in {self.name}") from None

    def __len__(self) -> int:
        return len(self.messages)

    def __bool__(self) -> bool:
        """An empty channel is a channel."""
        return True

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages)

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self.messages[index]

    # What a workspace's admins do to a channel.

    def archive(self) -> None:
        archive_channel(self.world, self.record, by=self.record.creator)

    def unarchive(self) -> None:
        unarchive_channel(self.world, self.record, by=self.record.creator)

    def rename(self, name: str) -> None:
        rename_channel(self.world, self.record, name)

    def make_private(self, value: bool = True) -> None:
        convert_channel(self.world, self.record, private=value, by=self.record.creator)

    def change_id(self) -> None:
        change_channel_id(self.world, self.record)

    def delete(self) -> None:
        delete_channel(self.world, self.record, by=self.record.creator)

    def share(self, other_team: str = "T0OTHERTEAM") -> None:
        share_channel(self.world, self.record, other_team)

    def unshare(self, other_team: str = "T0OTHERTEAM") -> None:
        unshare_channel(self.world, self.record, other_team)

    def remove_bot(self, *, told: bool = True) -> None:
        """`told`: whether the bot hears of it; people report that sometimes it does not."""
        bot_user = self.world.team_of(self.record).bot_user
        if told:
            leave_channel(self.world, self.record, bot_user)
            return
        with self.world.changing():
            self.record.members.remove(bot_user)

    def read_only(self, value: bool = True) -> None:
        with self.world.changing():
            self.record.read_only = value
