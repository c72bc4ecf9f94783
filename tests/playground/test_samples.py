"""Our payloads held against the samples in the tests of Slack's own SDKs.

Each shape below was written down from the file named beside it: the keys a bot may rely on and
their types. The samples themselves are not copied here. `None` in a shape means any value.
"""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import websockets.sync.client
from slack_bolt import App
from slack_sdk import WebClient

from playground import Playground
from tests.playground.bot_in_a_thread import ListeningBot

Shape = dict[str, Any]

BOLT = "slackapi/bolt-python tests/scenario_tests/"
JAVA = "slackapi/java-slack-sdk json-logs/samples/"


def differences(found: Any, shape: Any, where: str = "") -> Iterator[str]:
    if isinstance(shape, dict):
        if not isinstance(found, dict):
            yield f"{where} is {type(found).__name__}, not an object"
            return
        for name, inner in shape.items():
            if name not in found:
                yield f"{where}.{name} is missing"
            else:
                yield from differences(found[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        if not isinstance(found, list) or not found:
            yield f"{where} is not a list with something in it"
        else:
            yield from differences(found[0], shape[0], f"{where}[0]")
    elif shape is not None and not isinstance(found, shape):
        yield f"{where} is {found!r}, not {shape}"


PERSON = {"id": str, "username": str, "name": str, "team_id": str}
TEAM = {"id": str, "domain": str}
CHANNEL = {"id": str, "name": str}
ENVELOPE = {
    "token": str,
    "team_id": str,
    "api_app_id": str,
    "type": str,
    "event_id": str,
    "event_time": int,
    "authorizations": [
        {
            "enterprise_id": None,
            "team_id": str,
            "user_id": str,
            "is_bot": bool,
            "is_enterprise_install": bool,
        }
    ],
    "is_ext_shared_channel": bool,
    "event_context": str,
}
RICH_TEXT = {
    "type": str,
    "block_id": str,
    "elements": [{"type": str, "elements": [{"type": str, "text": str}]}],
}
MESSAGE = {
    "client_msg_id": str,
    "type": str,
    "text": str,
    "user": str,
    "ts": str,
    "team": str,
    "blocks": [RICH_TEXT],
}
IN_CHANNEL = {"channel": str, "event_ts": str, "channel_type": str}
WORDS = {"type": str, "text": str}
VIEW = {
    "id": str,
    "team_id": str,
    "type": str,
    "blocks": [{"type": str, "block_id": str}],
    "private_metadata": str,
    "callback_id": str,
    "state": {"values": dict},
    "hash": str,
    "title": WORDS,
    "clear_on_close": bool,
    "notify_on_close": bool,
    "close": None,
    "submit": WORDS,
    "previous_view_id": None,
    "root_view_id": str,
    "app_id": str,
    "external_id": str,
    "app_installed_team_id": str,
    "bot_id": str,
}
BOT_PROFILE = {
    "id": str,
    "deleted": bool,
    "name": str,
    "updated": int,
    "app_id": str,
    "icons": {"image_36": str, "image_48": str, "image_72": str},
    "team_id": str,
}

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


PRESSED = {
    "type": str,
    "user": PERSON,
    "api_app_id": str,
    "token": str,
    "trigger_id": str,
    "team": TEAM,
}
ASKED: dict[str, tuple[str, Shape]] = {
    "command": (
        JAVA + "app-backend/slash-commands/SlashCommandPayload.json",
        {
            "token": str,
            "api_app_id": str,
            "team_id": str,
            "team_domain": str,
            "channel_id": str,
            "channel_name": str,
            "user_id": str,
            "user_name": str,
            "command": str,
            "text": str,
            "response_url": str,
            "trigger_id": str,
            "is_enterprise_install": str,
        },
    ),
    "block_actions": (
        BOLT + "test_block_actions.py",
        PRESSED
        | {
            "container": {
                "type": str,
                "message_ts": str,
                "channel_id": str,
                "is_ephemeral": bool,
            },
            "channel": CHANNEL,
            "response_url": str,
            "actions": [
                {
                    "action_id": str,
                    "block_id": str,
                    "text": WORDS,
                    "value": str,
                    "type": str,
                    "action_ts": str,
                }
            ],
        },
    ),
    "message_action": (
        BOLT + "test_shortcut.py",
        {
            "type": str,
            "token": str,
            "action_ts": str,
            "team": TEAM,
            "user": {"id": str, "name": str},
            "channel": CHANNEL,
            "callback_id": str,
            "trigger_id": str,
            "message_ts": str,
            "message": MESSAGE,
            "response_url": str,
        },
    ),
    "shortcut": (
        BOLT + "test_shortcut.py",
        {
            "type": str,
            "token": str,
            "action_ts": str,
            "team": TEAM,
            "user": {"id": str, "username": str, "team_id": str},
            "callback_id": str,
            "trigger_id": str,
        },
    ),
    "view_submission": (
        BOLT + "test_view_submission.py",
        PRESSED | {"view": VIEW, "response_urls": list},
    ),
    "view_closed": (
        JAVA + "app-backend/views/ViewClosedPayload.json",
        {
            "type": str,
            "team": TEAM,
            "user": PERSON,
            "api_app_id": str,
            "token": str,
            "view": VIEW,
            "is_cleared": bool,
            "is_enterprise_install": bool,
        },
    ),
}
INPUT = {
    "type": "input",
    "block_id": "b",
    "label": {"type": "plain_text", "text": "Label"},
    "element": {"type": "plain_text_input", "action_id": "a"},
}
FORM = {
    "type": "modal",
    "callback_id": "view-id",
    "title": {"type": "plain_text", "text": "My App"},
    "submit": {"type": "plain_text", "text": "Submit"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "notify_on_close": True,
    "blocks": [INPUT],
}
BUTTON = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "action_id": "a",
            "value": "v",
            "text": {"type": "plain_text", "text": "B"},
        }
    ],
}


@pytest.fixture
def asked(
    slack: Playground, place: SimpleNamespace, app: App, bot: ListeningBot
) -> dict[str, dict[str, Any]]:
    client = app.client

    @app.middleware
    def open_form(body: dict[str, Any], ack: Any, next: Any) -> None:
        if body.get("command") or body.get("type") == "block_actions":
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    client.chat_postMessage(channel=place.pricing.id, text="x", blocks=[BUTTON])
    place.sam.command("/hello", "Hi", place.pricing)
    place.sam.submit(a="test")
    place.sam.press(place.pricing[0], "a")
    place.sam.close()
    place.sam.shortcut("keep", place.ana.post(place.pricing, "hello"))
    place.sam.shortcut("keep")
    slack.settle()
    found: dict[str, dict[str, Any]] = {}
    for exchange in slack.wire.sent("command") + slack.wire.sent("interaction"):
        name = "command" if exchange.kind == "command" else exchange.name
        found[name] = exchange.request
    return found


@pytest.mark.parametrize("name", list(ASKED))
def test_a_command_or_interaction_has_what_the_sample_has(
    asked: dict[str, dict[str, Any]], name: str
) -> None:
    source, shape = ASKED[name]
    assert list(differences(asked[name], shape)) == [], source


def test_a_view_submission_holds_the_value_where_the_sample_has_it(
    asked: dict[str, dict[str, Any]],
) -> None:
    """slackapi/bolt-python tests/scenario_tests/test_view_submission.py"""
    values = asked["view_submission"]["view"]["state"]["values"]
    assert values == {"b": {"a": {"type": "plain_text_input", "value": "test"}}}


ANSWERS: dict[str, tuple[str, Shape]] = {
    "auth.test": (
        JAVA + "api/auth.test.json",
        {
            "url": str,
            "team": str,
            "user": str,
            "team_id": str,
            "user_id": str,
            "bot_id": str,
            "is_enterprise_install": bool,
        },
    ),
    "chat.postMessage": (
        JAVA + "api/chat.postMessage.json",
        {
            "channel": str,
            "ts": str,
            "message": {
                "bot_id": str,
                "type": str,
                "text": str,
                "user": str,
                "ts": str,
                "team": str,
                "bot_profile": BOT_PROFILE,
                "app_id": str,
            },
        },
    ),
    "chat.postEphemeral": (JAVA + "api/chat.postEphemeral.json", {"message_ts": str}),
    "chat.getPermalink": (
        JAVA + "api/chat.getPermalink.json",
        {"permalink": str, "channel": str},
    ),
    "conversations.info": (
        JAVA + "api/conversations.info.json",
        {
            "channel": {
                "id": str,
                "name": str,
                "is_channel": bool,
                "is_group": bool,
                "is_im": bool,
                "created": int,
                "is_archived": bool,
                "is_general": bool,
                "unlinked": int,
                "name_normalized": str,
                "is_shared": bool,
                "creator": str,
                "is_ext_shared": bool,
                "is_org_shared": bool,
                "shared_team_ids": [str],
                "pending_shared": list,
                "pending_connected_team_ids": list,
                "is_pending_ext_shared": bool,
                "is_member": bool,
                "is_private": bool,
                "is_mpim": bool,
                "last_read": str,
                "topic": {"value": str, "creator": str, "last_set": int},
                "purpose": {"value": str, "creator": str, "last_set": int},
                "previous_names": list,
                "num_members": int,
                "context_team_id": str,
                "updated": int,
            }
        },
    ),
    "conversations.members": (
        JAVA + "api/conversations.members.json",
        {"members": [str], "response_metadata": {"next_cursor": str}},
    ),
    "conversations.open": (
        JAVA + "api/conversations.open.json",
        {
            "channel": {
                "id": str,
                "created": int,
                "is_archived": bool,
                "is_im": bool,
                "is_org_shared": bool,
                "user": str,
            }
        },
    ),
    "conversations.history": (
        JAVA + "api/conversations.history.json",
        {
            "messages": [{"type": str, "text": str, "user": str, "ts": str, "team": str}],
            "has_more": bool,
            "pin_count": int,
        },
    ),
    "conversations.replies": (
        JAVA + "api/conversations.replies.json",
        {"messages": [{"type": str, "text": str, "ts": str, "thread_ts": str}], "has_more": bool},
    ),
    "users.info": (
        JAVA + "api/users.info.json",
        {
            "user": {
                "id": str,
                "team_id": str,
                "name": str,
                "deleted": bool,
                "real_name": str,
                "tz": str,
                "tz_label": str,
                "tz_offset": int,
                "profile": {
                    "real_name": str,
                    "display_name": str,
                    "status_text": str,
                    "status_emoji": str,
                    "status_expiration": int,
                    "first_name": str,
                    "last_name": str,
                    "team": str,
                },
                "is_admin": bool,
                "is_owner": bool,
                "is_restricted": bool,
                "is_ultra_restricted": bool,
                "is_bot": bool,
                "updated": int,
                "who_can_share_contact_card": str,
            }
        },
    ),
    "reactions.get": (
        JAVA + "api/reactions.get.json",
        {
            "type": str,
            "channel": str,
            "message": {"text": str, "reactions": [{"name": str, "users": [str], "count": int}]},
        },
    ),
}


@pytest.mark.parametrize("method", list(ANSWERS))
def test_an_answer_has_what_the_sample_has(
    client: WebClient, place: SimpleNamespace, method: str
) -> None:
    message = place.sam.post(place.pricing, "hello")
    place.ana.reply(message, "hi")
    place.ana.react(message, "tada")
    channel = place.pricing.id
    arguments: dict[str, dict[str, Any]] = {
        "auth.test": {},
        "chat.postMessage": {"channel": channel, "text": "x"},
        "chat.postEphemeral": {"channel": channel, "user": place.sam.id, "text": "x"},
        "chat.getPermalink": {"channel": channel, "message_ts": message.ts},
        "conversations.info": {"channel": channel, "include_num_members": True},
        "conversations.open": {"users": place.sam.id, "return_im": True},
        "conversations.replies": {"channel": channel, "ts": message.ts},
        "users.info": {"user": place.sam.id},
        "reactions.get": {"channel": channel, "timestamp": message.ts},
    }
    answer = client.api_call(method, json=arguments.get(method, {"channel": channel}))
    source, shape = ANSWERS[method]
    assert list(differences(answer.data, shape | {"ok": bool})) == [], source


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
