"""Typing a command or choosing a shortcut, and what comes back."""

import re

from playground.driver.message import Message
from playground.driver.shown import Shown
from playground.driver.stage import Stage, error_of
from playground.errors import CannotDo
from playground.shapes.interactions import (
    command_payload,
    global_shortcut_payload,
    message_shortcut_payload,
)
from playground.state.records import ChannelRecord, PersonRecord, TeamRecord
from playground.text.escape import escape_around_markup
from playground.web_api.answers import SlackError
from playground.web_api.response_urls import read_response, say

_MENTION = re.compile(r"([@#])([\w.-]+)")


def run_command(
    stage: Stage,
    team: TeamRecord,
    person: PersonRecord,
    channel: ChannelRecord,
    command: str,
    text: str,
) -> Shown:
    """Works in any channel the person is in, with the bot or without. Never sent twice."""
    world = stage.world
    if person.id not in channel.members:
        raise CannotDo(f"{person.real_name} is not in {channel.name}")
    with world.lock:
        payload = command_payload(
            world, team, person, channel, command=command, text=_typed(stage, team, text)
        )
    answer = stage.send_once("command", command, payload)
    error = error_of(answer)
    if error is not None:
        words = f'{command} failed with the error "{error}"'
        return Shown(world, error=words, trigger_id=payload["trigger_id"], answer=answer.payload)
    message: Message | None = None
    trouble: str | None = None
    given = answer.payload
    if isinstance(given, str) and given.strip():
        given = {"text": given}
    if isinstance(given, dict) and given:
        url_id = payload["response_url"].rsplit("/", 1)[1]
        try:
            content = read_response(world, given, team)
            record = say(world, world.response_urls[url_id], content, given)
            message = Message(world, channel, record)
        except SlackError as refused:
            trouble = f'{command} failed with the error "{refused.error}" {refused.more}'
    return Shown(
        world,
        message=message,
        error=trouble,
        trigger_id=payload["trigger_id"],
        answer=answer.payload,
    )


def _typed(stage: Stage, team: TeamRecord, text: str) -> str:
    """With should_escape, Slack turns people and channels into ids; without, it leaves words."""
    escaped = escape_around_markup(text)
    if not stage.world.escape_command_text:
        return escaped

    def identified(match: re.Match[str]) -> str:
        mark, name = match.groups()
        if mark == "@":
            for person in team.people.values():
                if person.name == name:
                    return f"<@{person.id}|{name}>"
        for channel in team.channels.values():
            if mark == "#" and channel.name == name:
                return f"<#{channel.id}|>"
        return match.group(0)

    return _MENTION.sub(identified, escaped)


def run_message_shortcut(
    stage: Stage, team: TeamRecord, person: PersonRecord, callback_id: str, message: Message
) -> Shown:
    world = stage.world
    with world.lock:
        payload = message_shortcut_payload(
            world, team, person, message.channel_record, message.record, callback_id=callback_id
        )
    answer = stage.send_once("interaction", "message_action", payload)
    return Shown(
        world, error=error_of(answer), trigger_id=payload["trigger_id"], answer=answer.payload
    )


def run_global_shortcut(
    stage: Stage, team: TeamRecord, person: PersonRecord, callback_id: str
) -> Shown:
    world = stage.world
    with world.lock:
        payload = global_shortcut_payload(world, team, person, callback_id=callback_id)
    answer = stage.send_once("interaction", "shortcut", payload)
    return Shown(
        world, error=error_of(answer), trigger_id=payload["trigger_id"], answer=answer.payload
    )
