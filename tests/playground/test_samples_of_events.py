"""Events, and envelopes of Socket Mode, beside the samples (samples.py)."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
import websockets.sync.client
from slack_sdk import WebClient

from playground import Playground
from tests.playground.samples import (
    BOLT,
    BOT_PROFILE,
    ENVELOPE,
    IN_CHANNEL,
    JAVA,
    MESSAGE,
    RICH_TEXT,
    Shape,
    differences,
)

EVENTS: dict[str, tuple[str, Shape]] = {
    "message": (BOLT + "test_message_bot.py", MESSAGE | IN_CHANNEL),
    "message by the bot": (
        BOLT + "test_message_bot.py",
        {
            "bot_id": str,
            "type": str,
            "text": str,
            "user": str,
            "ts": str,
            "team": str,
            "bot_profile": BOT_PROFILE,
            **IN_CHANNEL,
        },
    ),
    "message.message_changed": (
        BOLT + "test_message_changed.py",
        {
            "type": str,
            "subtype": str,
            "message": {
                "type": str,
                "text": str,
                "user": str,
                "team": str,
                "edited": {"user": str, "ts": str},
                "blocks": [RICH_TEXT],
            },
            "previous_message": {
                "type": str,
                "text": str,
                "user": str,
                "team": str,
                "ts": str,
                "blocks": [RICH_TEXT],
            },
            "hidden": bool,
            "ts": str,
            **IN_CHANNEL,
        },
    ),
    "message.message_deleted": (
        BOLT + "test_message_deleted.py",
        {
            "type": str,
            "subtype": str,
            "previous_message": {"type": str, "text": str, "user": str, "team": str, "ts": str},
            "hidden": bool,
            "deleted_ts": str,
            "ts": str,
            **IN_CHANNEL,
        },
    ),
    "message.file_share": (
        BOLT + "test_message_file_share.py",
        MESSAGE
        | IN_CHANNEL
        | {
            "subtype": str,
            "upload": bool,
            "display_as_bot": bool,
            "files": [
                {
                    "id": str,
                    "created": int,
                    "timestamp": int,
                    "name": str,
                    "title": str,
                    "mimetype": str,
                    "filetype": str,
                    "pretty_type": str,
                    "user": str,
                    "editable": bool,
                    "size": int,
                    "mode": str,
                    "is_external": bool,
                    "external_type": str,
                    "is_public": bool,
                    "public_url_shared": bool,
                    "display_as_bot": bool,
                    "username": str,
                    "url_private": str,
                    "url_private_download": str,
                    "media_display_type": str,
                    "permalink": str,
                    "permalink_public": str,
                    "has_rich_preview": bool,
                }
            ],
        },
    ),
    "message.thread_broadcast": (
        BOLT + "test_message_thread_broadcast.py",
        {
            "type": str,
            "subtype": str,
            "text": str,
            "user": str,
            "ts": str,
            "thread_ts": str,
            "client_msg_id": str,
            "root": {
                "client_msg_id": str,
                "type": str,
                "text": str,
                "user": str,
                "ts": str,
                "team": str,
                "thread_ts": str,
                "reply_count": int,
                "reply_users_count": int,
                "latest_reply": str,
                "reply_users": [str],
                "is_locked": bool,
            },
            **IN_CHANNEL,
        },
    ),
    "reaction_added": (
        BOLT + "test_events.py",
        {
            "type": str,
            "user": str,
            "item": {"type": str, "channel": str, "ts": str},
            "reaction": str,
            "item_user": str,
            "event_ts": str,
        },
    ),
    "member_joined_channel": (
        JAVA + "events/MemberJoinedChannelPayload.json",
        {
            "type": str,
            "user": str,
            "channel": str,
            "channel_type": str,
            "team": str,
            "event_ts": str,
            "inviter": str,
        },
    ),
    "member_left_channel": (
        JAVA + "events/MemberLeftChannelPayload.json",
        {
            "type": str,
            "user": str,
            "channel": str,
            "channel_type": str,
            "team": str,
            "event_ts": str,
        },
    ),
    "channel_archive": (
        JAVA + "events/ChannelArchivePayload.json",
        {"type": str, "channel": str, "user": str, "event_ts": str},
    ),
    "channel_rename": (
        JAVA + "events/ChannelRenamePayload.json",
        {
            "type": str,
            "channel": {
                "id": str,
                "is_channel": bool,
                "is_mpim": bool,
                "name": str,
                "name_normalized": str,
                "created": int,
            },
            "event_ts": str,
        },
    ),
    "channel_shared": (
        JAVA + "events/ChannelSharedPayload.json",
        {"type": str, "connected_team_id": str, "channel": str, "event_ts": str},
    ),
    "channel_unshared": (
        JAVA + "events/ChannelUnsharedPayload.json",
        {
            "type": str,
            "previously_connected_team_id": str,
            "channel": str,
            "is_ext_shared": bool,
            "event_ts": str,
        },
    ),
    "channel_deleted": (
        JAVA + "events/ChannelDeletedPayload.json",
        {"type": str, "channel": str, "actor_id": str, "event_ts": str},
    ),
    "group_archive": (
        JAVA + "events/GroupArchivePayload.json",
        {"type": str, "channel": str, "user": str, "event_ts": str},
    ),
    "group_deleted": (
        JAVA + "events/GroupDeletedPayload.json",
        {"type": str, "channel": str, "date_deleted": int, "actor_id": str, "event_ts": str},
    ),
    "user_change": (
        JAVA + "events/UserChangePayload.json",
        {
            "type": str,
            "user": {
                "id": str,
                "team_id": str,
                "name": str,
                "deleted": bool,
                "color": str,
                "real_name": str,
                "tz": str,
                "tz_label": str,
                "tz_offset": int,
                "profile": {
                    "status_text": str,
                    "status_emoji": str,
                    "status_expiration": int,
                    "display_name": str,
                    "real_name": str,
                    "team": str,
                },
                "is_admin": bool,
                "is_owner": bool,
                "is_primary_owner": bool,
                "is_restricted": bool,
                "is_ultra_restricted": bool,
                "is_bot": bool,
                "is_app_user": bool,
                "updated": int,
            },
            "cache_ts": int,
        },
    ),
    "team_join": (
        JAVA + "events/TeamJoinPayload.json",
        {"type": str, "user": {"id": str, "team_id": str, "tz": str, "profile": dict}},
    ),
    "app_home_opened": (
        JAVA + "events/AppHomeOpenedPayload.json",
        {"type": str, "user": str, "channel": str, "tab": str, "event_ts": str},
    ),
    "app_uninstalled": (JAVA + "events/AppUninstalledPayload.json", {"type": str}),
    "tokens_revoked": (
        JAVA + "events/TokensRevokedPayload.json",
        {"type": str, "tokens": {"oauth": list, "bot": [str]}},
    ),
}


@pytest.fixture
def told(slack: Playground, client: WebClient, place: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """One of each event, as it went out (to nobody)."""
    parent = place.sam.post(place.pricing, "Hi there!")
    place.ana.reply(parent, "Hi", broadcast=True)
    place.ana.react(parent, "tada")
    place.sam.edit(parent, "Hi, everyone")
    place.sam.delete(place.sam.post(place.pricing, "gone"))
    place.sam.post(place.pricing, "a file", files=["a.png"])
    place.sam.invite(place.shared, place.ana)
    place.ana.leave(place.shared)
    place.sam.change(tz="Asia/Tokyo")
    slack.add_person("New Person", tell=True)
    place.sam.open_home()
    place.pricing.rename("prices")
    place.pricing.share()
    place.pricing.unshare()
    place.pricing.archive()
    place.pricing.delete()
    place.secret.archive()
    place.secret.delete()
    client.chat_postMessage(channel=place.shared.id, text="By the bot")
    slack.team.uninstall()
    slack.settle()
    found: dict[str, dict[str, Any]] = {}
    for exchange in slack.wire.sent("event"):
        name = "message by the bot" if "bot_id" in exchange.request["event"] else exchange.name
        found.setdefault(name, exchange.request)
    return found


@pytest.mark.parametrize("name", list(EVENTS))
def test_an_event_has_what_the_sample_has(told: dict[str, dict[str, Any]], name: str) -> None:
    source, shape = EVENTS[name]
    assert list(differences(told[name], ENVELOPE | {"event": shape})) == [], source


def test_an_envelope_of_socket_mode_has_what_the_sample_has(slack: Playground) -> None:
    """slackapi/python-slack-sdk tests/slack_sdk/socket_mode/mock_socket_mode_server.py"""
    answer = WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    sam = slack.add_person("Sam Ortiz")
    with websockets.sync.client.connect(answer["url"]) as socket:
        hello = json.loads(socket.recv())
        slack.wait_until(lambda: slack.connections == 1)
        sam.post(sam.dm, "hello")
        envelope = json.loads(socket.recv())
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        slack.settle()
    debug = {"host": str, "build_number": int, "approximate_connection_time": int}
    shape = {"type": str, "num_connections": int, "debug_info": debug}
    assert list(differences(hello, shape | {"connection_info": {"app_id": str}})) == []
    shape = {"envelope_id": str, "payload": dict, "type": str, "accepts_response_payload": bool}
    assert list(differences(envelope, shape | {"retry_attempt": int, "retry_reason": str})) == []
