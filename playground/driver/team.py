"""A workspace that has installed the bot: its people and channels."""

import re

from playground.acts.people import revoke_tokens, tell_of_arrival, uninstall
from playground.driver.message import Channel
from playground.driver.person import Person
from playground.driver.stage import Stage
from playground.state.records import ChannelRecord, PersonRecord, TeamRecord
from playground.state.world import DEFAULT_SCOPES, World

OTHER_TEAM = "T0OTHERTEAM"


def new_team_record(world: World, *, name: str) -> TeamRecord:
    team_id, bot_id = world.names.id("T"), world.names.id("B")
    bot = PersonRecord(
        id=world.names.id("U"),
        team_id=team_id,
        name=re.sub(r"[^a-z0-9]+", "_", world.app_name.lower()),
        real_name=world.app_name,
        is_bot=True,
        bot_id=bot_id,
        updated=int(world.clock.now()),
    )
    team = TeamRecord(
        id=team_id,
        domain=re.sub(r"[^a-z0-9]+", "-", name.lower()),
        name=name,
        bot_user=bot.id,
        bot_id=bot_id,
        bot_token=f"xoxb-{team_id}-{world.names.secret()}",
        scopes=list(DEFAULT_SCOPES),
        people={bot.id: bot},
    )
    world.teams[team_id] = team
    return team


class Team:
    def __init__(self, stage: Stage, record: TeamRecord) -> None:
        self._stage = stage
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Team) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def bot_token(self) -> str:
        return self.record.bot_token

    @property
    def bot_user(self) -> str:
        return self.record.bot_user

    @property
    def bot_id(self) -> str:
        return self.record.bot_id

    @property
    def scopes(self) -> list[str]:
        """Change it in place to take a scope away."""
        return self.record.scopes

    @property
    def people(self) -> list[Person]:
        """Everyone but the bot itself; other bots too."""
        return [
            Person(self._stage, self.record, person)
            for person in self.record.people.values()
            if person.id != self.bot_user
        ]

    @property
    def channels(self) -> list[Channel]:
        """Public and private ones; the direct messages are each person's `dm`."""
        return [
            Channel(self._stage.world, c)
            for c in self.record.channels.values()
            if c.kind != "im" and not c.deleted
        ]

    def person(self, name: str) -> Person:
        """By id, handle or real name."""
        for person in self.people:
            if name in (person.id, person.name, person.real_name):
                return person
        raise KeyError(name)

    def channel(self, name: str) -> Channel:
        """By id or name."""
        for record in self.record.channels.values():
            if name in (record.id, record.name):
                return Channel(self._stage.world, record)
        raise KeyError(name)

    def add_person(
        self,
        real_name: str,
        *,
        name: str | None = None,
        tz: str = "UTC",
        guest: bool = False,
        single_channel_guest: bool = False,
        stranger: bool = False,
        bot: bool = False,
        deleted: bool = False,
        admin: bool = False,
        tell: bool = False,
    ) -> Person:
        """`tell`: the bot hears of it with `team_join`. A stranger belongs to another workspace and
        is known here only from channels shared with it."""
        world = self._stage.world
        with world.changing():
            record = PersonRecord(
                id=world.names.id("U"),
                team_id=OTHER_TEAM if stranger else self.id,
                name=name or self._handle(real_name),
                real_name=real_name,
                tz=tz,
                is_guest=guest,
                is_single_channel_guest=single_channel_guest,
                is_stranger=stranger,
                is_bot=bot,
                is_admin=admin,
                deleted=deleted,
                bot_id=world.names.id("B") if bot else None,
                updated=int(world.clock.now()),
            )
            self.record.people[record.id] = record
            if tell:
                tell_of_arrival(world, self.record, record)
        return Person(self._stage, self.record, record)

    def _handle(self, real_name: str) -> str:
        handle = base = re.sub(r"[^\w]+", ".", real_name.lower()).strip(".")
        taken = {person.name for person in self.record.people.values()}
        number = 2
        while handle in taken:
            handle, number = f"{base}{number}", number + 1
        return handle

    def add_channel(
        self,
        name: str,
        *,
        members: list[Person] | None = None,
        private: bool = False,
        shared: bool = False,
        bot_in: bool = False,
    ) -> Channel:
        """Already there when the story begins: no event."""
        world = self._stage.world
        who = [person.id for person in members or []]
        with world.changing():
            record = ChannelRecord(
                id=world.names.id("C"),
                team_id=self.id,
                name=name,
                kind="group" if private else "channel",
                created=int(world.clock.now()),
                creator=who[0] if who else self.record.bot_user,
                members=[*who, *([self.record.bot_user] if bot_in else [])],
                shared_with=[OTHER_TEAM] if shared else [],
            )
            self.record.channels[record.id] = record
        return Channel(world, record)

    def uninstall(self, *, tokens_first: bool = False) -> None:
        uninstall(self._stage.world, self.record, tokens_first=tokens_first)

    def revoke_tokens(self) -> None:
        revoke_tokens(self._stage.world, self.record)

    def new_install_code(self) -> str:
        """A code for oauth.v2.access, as after someone pressed Allow."""
        world = self._stage.world
        with world.changing():
            code = world.names.secret()
            world.codes[code] = self.id
        return code
