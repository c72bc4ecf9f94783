"""Everything the stand-in knows, behind one lock, and a condition told of each change.

Looking things up belongs here; what happens (and which events follow) is in acts.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.clock import Clock
from playground.durations import Durations
from playground.state.names import Names
from playground.state.records import (
    ChannelRecord,
    Json,
    MessageRecord,
    PersonRecord,
    ResponseUrl,
    TeamRecord,
    Trigger,
    ViewRecord,
)

Emit = Callable[[TeamRecord, Json, ChannelRecord | None], None]

DEFAULT_SCOPES = [
    "commands",
    "chat:write",
    "channels:read",
    "groups:read",
    "channels:history",
    "groups:history",
    "im:history",
    "im:write",
    "channels:join",
    "users:read",
    "reactions:read",
    "reactions:write",
]

DEFAULT_EVENTS = [
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "team_join",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_left",
    "channel_id_changed",
    "channel_deleted",
    "channel_shared",
    "channel_unshared",
    "group_archive",
    "group_unarchive",
    "group_rename",
    "group_left",
    "group_deleted",
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
]


class World:
    def __init__(self, *, clock: Clock, durations: Durations, app_name: str) -> None:
        self.clock = clock
        self.durations = durations
        self.names = Names()
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.changes = 0
        self.edits = 0
        """Counts what changed in the world itself; `changes` counts traffic too."""
        self.app_name = app_name
        self.app_id = self.names.id("A")
        self.app_token = f"xapp-1-{self.app_id}-{self.names.secret()}"
        self.signing_secret = self.names.secret()
        self.verification_token = self.names.secret()
        self.client_id = "1111111111.2222222222"
        self.client_secret = self.names.secret()
        self.events: set[str] = set(DEFAULT_EVENTS)
        self.rich_text_escaped = True
        self.escape_command_text = False
        self.url = ""
        self.teams: dict[str, TeamRecord] = {}
        self.views: dict[str, ViewRecord] = {}
        self.stacks: dict[str, list[ViewRecord]] = {}
        self.homes: dict[tuple[str, str], ViewRecord] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.ephemerals: dict[tuple[str, str], list[MessageRecord]] = {}
        self.read: dict[str, dict[str, str]] = {}
        """Person -> place -> the ts up to which they have read; for the page (page/marks.py)."""
        self.codes: dict[str, str] = {}
        self.emit: Emit = lambda team, event, channel: None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, and tell everyone who waits when done."""
        with self.lock:
            yield
            self.edits += 1
            self.tell()

    def touch(self) -> None:
        """Something changed that is not in a record: the clock was moved."""
        with self.changing():
            pass

    def tell(self) -> None:
        with self.changed:
            self.changes += 1
            self.changed.notify_all()

    def ts(self) -> str:
        return self.names.ts(self.clock.now())

    def team_of(self, channel: ChannelRecord) -> TeamRecord:
        return self.teams[channel.team_id]

    def person(self, user_id: str) -> PersonRecord | None:
        for team in self.teams.values():
            if user_id in team.people:
                return team.people[user_id]
        return None

    def channel(self, channel_id: str) -> ChannelRecord | None:
        for team in self.teams.values():
            if channel_id in team.channels:
                return team.channels[channel_id]
        return None

    def im(self, team: TeamRecord, user_id: str) -> ChannelRecord | None:
        return next((c for c in team.channels.values() if c.im_user == user_id), None)

    def new_trigger(self, *, user: str, team: TeamRecord, view_id: str | None = None) -> Trigger:
        with self.lock:
            now = self.clock.now()
            name = f"{int(now * 1000)}.{abs(hash(team.id)) % 10**9}.{self.names.word('trigger')}"
            trigger = Trigger(id=name, user=user, team_id=team.id, made_at=now, view_id=view_id)
            self.triggers[name] = trigger
            self.edits += 1  # its number is used up
            return trigger

    def new_response_url(self, **facts: object) -> ResponseUrl:
        with self.lock:
            url = ResponseUrl(
                id=self.names.secret(),
                made_at=self.clock.now(),
                **facts,  # type: ignore[arg-type]
            )
            self.response_urls[url.id] = url
            return url

    def address_of(self, url: ResponseUrl) -> str:
        return f"{self.url}/actions/{url.team_id}/{url.id}"

    def top_view(self, user_id: str) -> ViewRecord | None:
        stack = self.stacks.get(user_id) or []
        return stack[-1] if stack else None
