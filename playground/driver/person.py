"""A person in the workspace, and everything one can do in Slack that a bot may notice."""

from typing import TYPE_CHECKING, Any

from playground.acts.channels import join_channel, leave_channel
from playground.acts.people import change_person, open_home, open_im
from playground.acts.reactions import add_reaction, remove_reaction
from playground.driver import forms
from playground.driver.commands import run_command, run_global_shortcut, run_message_shortcut
from playground.driver.message import Channel, Message
from playground.driver.pressing import find_element, press_message, press_view, read_choice
from playground.driver.shown import Shown
from playground.driver.stage import Stage
from playground.driver.view import View
from playground.driver.writing import rewrite, take_back, write
from playground.errors import CannotDo
from playground.state.records import Json, PersonRecord, TeamRecord

if TYPE_CHECKING:
    from playground.driver.team import Team


class Person:
    def __init__(self, stage: Stage, team_record: TeamRecord, record: PersonRecord) -> None:
        self._stage = stage
        self._team = team_record
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Person {self.id} {self.real_name}>"

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        """The handle; see real_name."""
        return self.record.name

    @property
    def real_name(self) -> str:
        return self.record.real_name

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def team(self) -> "Team":
        from playground.driver.team import Team

        return Team(self._stage, self._team)

    # Writing

    def post(
        self,
        channel: Channel,
        text: str,
        *,
        phone: bool = False,
        as_list: bool = False,
        blocks: list[Json] | None = None,
        files: list[str] | None = None,
    ) -> Message:
        """`phone` (or `as_list`): `3. foo` becomes a list while typing, as Slack's apps do."""
        return write(
            self._stage,
            self.record,
            channel.record,
            text,
            as_list=phone or as_list,
            blocks=blocks,
            files=files,
        )

    def reply(
        self,
        message: Message,
        text: str,
        *,
        broadcast: bool = False,
        phone: bool = False,
        as_list: bool = False,
        blocks: list[Json] | None = None,
        files: list[str] | None = None,
    ) -> Message:
        return write(
            self._stage,
            self.record,
            message.channel_record,
            text,
            thread_ts=message.thread_ts or message.ts,
            broadcast=broadcast,
            as_list=phone or as_list,
            blocks=blocks,
            files=files,
        )

    def edit(
        self,
        message: Message,
        text: str,
        *,
        phone: bool = False,
        as_list: bool = False,
        blocks: list[Json] | None = None,
    ) -> Message:
        return rewrite(
            self._stage, self.record, message, text, as_list=phone or as_list, blocks=blocks
        )

    def delete(self, message: Message) -> None:
        take_back(self._stage, self.record, message)

    def react(self, message: Message, name: str) -> None:
        if not add_reaction(
            self._stage.world,
            message.channel_record,
            message.record,
            name=name.strip(":"),
            by=self.id,
        ):
            raise CannotDo(f"{self.real_name} has put :{name}: there already")

    def unreact(self, message: Message, name: str) -> None:
        if not remove_reaction(
            self._stage.world,
            message.channel_record,
            message.record,
            name=name.strip(":"),
            by=self.id,
        ):
            raise CannotDo(f"{self.real_name} has not put :{name}: there")

    # Commands, shortcuts, presses

    def command(self, command: str, text: str = "", channel: Channel | None = None) -> Shown:
        """In `channel`, else in the messages with the bot. Returns once it was answered or not."""
        place = (self.dm if channel is None else channel).record
        return run_command(self._stage, self._team, self.record, place, command, text)

    def shortcut(self, callback_id: str, message: Message | None = None) -> Shown:
        if message is None:
            return run_global_shortcut(self._stage, self._team, self.record, callback_id)
        return run_message_shortcut(self._stage, self._team, self.record, callback_id, message)

    def press(
        self,
        message: Message,
        action_id: str,
        value: str | None = None,
        option: str | None = None,
        *,
        select: Any = None,
        block: str | None = None,
        text: str | None = None,
    ) -> Shown:
        """A button, a menu's `option`, or something to `select`, in a message."""
        holder, element = find_element(
            message.blocks, action_id, value=value, option=option, block=block, text=text
        )
        chosen = read_choice(element, option=option, select=select)
        return press_message(self._stage, self.record, message, element, holder, chosen)

    def press_in_modal(
        self,
        action_id: str,
        value: str | None = None,
        option: str | None = None,
        *,
        select: Any = None,
        block: str | None = None,
        text: str | None = None,
    ) -> Shown:
        view = forms.top_view(self._stage, self.record)
        return self._press_in(View(view), action_id, value, option, select, block, text)

    def press_in_home(
        self,
        action_id: str,
        value: str | None = None,
        option: str | None = None,
        *,
        select: Any = None,
        block: str | None = None,
        text: str | None = None,
    ) -> Shown:
        if self.home is None:
            raise CannotDo("the bot has not published a home")
        return self._press_in(self.home, action_id, value, option, select, block, text)

    def _press_in(
        self,
        view: View,
        action_id: str,
        value: str | None,
        option: str | None,
        select: Any,
        block: str | None,
        text: str | None,
    ) -> Shown:
        holder, element = find_element(
            view.blocks, action_id, value=value, option=option, block=block, text=text
        )
        chosen = read_choice(element, option=option, select=select)
        return press_view(self._stage, self.record, view.record, element, holder, chosen)

    # Forms

    @property
    def modal(self) -> View | None:
        """The view on top of what is open, or None."""
        view = self._stage.world.top_view(self.id)
        return View(view) if view else None

    def fill(self, *, force: bool = False, **values: Any) -> None:
        """By block_id (or action_id). `force` puts in options that are not there."""
        forms.fill(self._stage, self.record, values, force=force)

    def submit(
        self, *, force: bool = False, form: View | None = None, **values: Any
    ) -> dict[str, str]:
        """Fills, presses submit, and returns the errors beside fields; {} if it was accepted.

        Raises CannotSubmit where Slack's own client would not send; `force` sends all the same.
        With `form`, CannotDo if that is not the one on top (any more).
        """
        meant = form.id if form else ""
        return forms.submit(self._stage, self.record, values, force=force, meant=meant)

    def close(self, *, everything: bool = False) -> None:
        forms.close(self._stage, self.record, everything=everything)

    # Places

    @property
    def dm(self) -> Channel:
        """Her messages with the bot."""
        world = self._stage.world
        return Channel(world, open_im(world, self._team, self.record))

    def ephemerals(self, channel: Channel | None = None) -> list[Message]:
        """What only she saw, in one channel or everywhere, oldest first."""
        world = self._stage.world
        with world.lock:
            found = [
                Message(world, self._team.channels[place], record)
                for (user, place), records in world.ephemerals.items()
                if user == self.id and channel in (None, Channel(world, self._team.channels[place]))
                for record in records
                if not record.deleted
            ]
        return sorted(found, key=lambda m: m.ts)

    def reload(self) -> None:
        """She reloads Slack: what only she saw is gone."""
        world = self._stage.world
        with world.changing():
            for place in [key for key in world.ephemerals if key[0] == self.id]:
                del world.ephemerals[place]

    @property
    def home(self) -> View | None:
        view = self._stage.world.homes.get((self._team.id, self.id))
        return View(view) if view else None

    def open_home(self, tab: str = "home") -> None:
        open_home(self._stage.world, self._team, self.record, tab)

    def join(self, channel: Channel) -> None:
        join_channel(self._stage.world, channel.record, self.id)

    def leave(self, channel: Channel) -> None:
        leave_channel(self._stage.world, channel.record, self.id)

    def invite(self, channel: Channel, person: "Person") -> None:
        join_channel(self._stage.world, channel.record, person.id, inviter=self.id)

    def invite_bot(self, channel: Channel) -> None:
        if self.id not in channel.record.members:
            raise CannotDo(f"{self.real_name} is not in {channel.name}")
        join_channel(self._stage.world, channel.record, self._team.bot_user, inviter=self.id)

    # Being changed

    def change(self, **changes: object) -> None:
        """Fields of PersonRecord: tz, deleted, is_guest, is_admin, status_text, real_name …"""
        change_person(self._stage.world, self._team, self.record, **changes)

    def deactivate(self) -> None:
        self.change(deleted=True)
