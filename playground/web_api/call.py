"""One call: what it may use, and how it finds a channel or a message it is allowed to see."""

from dataclasses import dataclass
from typing import Any, NoReturn

from playground.delivery.sockets import SocketMode
from playground.faults import Faults
from playground.state.records import ChannelRecord, Json, MessageRecord, TeamRecord
from playground.state.world import World
from playground.web_api.answers import SlackError, missing_scope

FAMILIES = {"channel": "channels", "group": "groups", "im": "im"}


@dataclass
class Call:
    method: str
    world: World
    team: TeamRecord
    arguments: Json
    sockets: SocketMode
    faults: Faults

    def get(self, name: str, default: Any = None) -> Any:
        return self.arguments.get(name, default)

    def fail(self, error: str, **more: Any) -> NoReturn:
        raise SlackError(error, **more)

    def need_scope(self, *any_of: str) -> None:
        if not set(any_of) & set(self.team.scopes):
            raise missing_scope(",".join(any_of), self.team.scopes)

    def is_member(self, channel: ChannelRecord) -> bool:
        return self.team.bot_user in channel.members

    def find_channel(self, name: str = "channel", *, scope: str | None = None) -> ChannelRecord:
        """Private places the bot is not in do not exist for it. `scope`: `read` or `history`."""
        given = self.arguments.get(name, "")
        channel = self.team.channels.get(given)
        if channel is None or channel.deleted:
            self.fail("channel_not_found")
        if scope is not None:
            self.need_scope(f"{FAMILIES[channel.kind]}:{scope}")
        if channel.kind != "channel" and not self.is_member(channel):
            self.fail("channel_not_found")
        return channel

    def find_message(
        self, channel: ChannelRecord, ts: str, *, error: str = "message_not_found"
    ) -> MessageRecord:
        message = channel.messages.get(ts)
        if message is None or (message.deleted and not message.tombstone):
            self.fail(error)
        return message
