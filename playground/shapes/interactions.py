"""Commands and interactions as Slack sends them to the bot."""

from typing import Any

from playground.shapes.channels import command_channel_name
from playground.shapes.messages import message_shape
from playground.shapes.people import where_pressed, who_pressed
from playground.shapes.views import view_shape
from playground.state.records import (
    ChannelRecord,
    Json,
    MessageRecord,
    PersonRecord,
    TeamRecord,
    ViewRecord,
)
from playground.state.world import World


def _base(world: World, team: TeamRecord, person: PersonRecord, kind: str) -> Json:
    return {
        "type": kind,
        "team": where_pressed(team),
        "user": who_pressed(person),
        "api_app_id": world.app_id,
        "token": world.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command_payload(
    world: World,
    team: TeamRecord,
    person: PersonRecord,
    channel: ChannelRecord,
    *,
    command: str,
    text: str,
) -> Json:
    url = world.new_response_url(team_id=team.id, user=person.id, channel_id=channel.id)
    return {
        "token": world.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": command_channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": world.address_of(url),
        "trigger_id": world.new_trigger(user=person.id, team=team).id,
    }


def message_press_payload(
    world: World,
    team: TeamRecord,
    person: PersonRecord,
    channel: ChannelRecord,
    message: MessageRecord,
    *,
    action: Json,
    values: Json,
) -> Json:
    """An ephemeral message is not in the payload: Slack does not keep it."""
    ephemeral = message.ephemeral_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    url = world.new_response_url(
        team_id=team.id,
        user=person.id,
        channel_id=channel.id,
        message_ts=message.ts,
        ephemeral=ephemeral,
        thread_ts=message.thread_ts if message.is_reply else None,
    )
    payload = _base(world, team, person, "block_actions") | {
        "container": container,
        "trigger_id": world.new_trigger(user=person.id, team=team).id,
        "channel": {"id": channel.id, "name": command_channel_name(channel)},
        "state": {"values": values},
        "response_url": world.address_of(url),
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = message_shape(world, channel, message)
    return payload


def view_press_payload(
    world: World, team: TeamRecord, person: PersonRecord, view: ViewRecord, *, action: Json
) -> Json:
    trigger = world.new_trigger(user=person.id, team=team, view_id=view.id)
    return _base(world, team, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger.id,
        "view": view_shape(world, view),
        "actions": [action],
    }


def submission_payload(
    world: World, team: TeamRecord, person: PersonRecord, view: ViewRecord
) -> Json:
    trigger = world.new_trigger(user=person.id, team=team, view_id=view.id)
    return _base(world, team, person, "view_submission") | {
        "trigger_id": trigger.id,
        "view": view_shape(world, view),
        "response_urls": [],
    }


def closed_payload(
    world: World, team: TeamRecord, person: PersonRecord, view: ViewRecord, *, cleared: bool
) -> Json:
    return _base(world, team, person, "view_closed") | {
        "view": view_shape(world, view),
        "is_cleared": cleared,
    }


def message_shortcut_payload(
    world: World,
    team: TeamRecord,
    person: PersonRecord,
    channel: ChannelRecord,
    message: MessageRecord,
    *,
    callback_id: str,
) -> Json:
    url = world.new_response_url(team_id=team.id, user=person.id, channel_id=channel.id)
    return _base(world, team, person, "message_action") | {
        "action_ts": world.ts(),
        "channel": {"id": channel.id, "name": command_channel_name(channel)},
        "callback_id": callback_id,
        "trigger_id": world.new_trigger(user=person.id, team=team).id,
        "message_ts": message.ts,
        "message": message_shape(world, channel, message),
        "response_url": world.address_of(url),
    }


def global_shortcut_payload(
    world: World, team: TeamRecord, person: PersonRecord, *, callback_id: str
) -> Json:
    user: dict[str, Any] = {"id": person.id, "username": person.name, "team_id": person.team_id}
    return _base(world, team, person, "shortcut") | {
        "user": user,
        "action_ts": world.ts(),
        "callback_id": callback_id,
        "trigger_id": world.new_trigger(user=person.id, team=team).id,
    }
