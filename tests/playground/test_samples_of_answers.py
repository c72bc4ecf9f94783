"""What the Web API answers, beside the samples (samples.py)."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.playground.samples import BOT_PROFILE, JAVA, Shape, differences

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
