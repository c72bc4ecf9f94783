"""Slack's own errors, called with the real WebClient."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk import WebClient

from playground import Playground
from tests.playground.refused import refused

Where = SimpleNamespace


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.fly", {}, "unknown_method"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C0", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "random", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "hidden", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "pricing"}, "no_text"),
        ("chat.postMessage", {"channel": "pricing", "text": "x" * 40001}, "msg_too_long"),
        (
            "chat.postMessage",
            {"channel": "pricing", "text": "x", "colour": "red"},
            "invalid_arguments",
        ),
        ("chat.postMessage", {"channel": "pricing", "text": 5}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "pricing", "blocks": "{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "pricing", "blocks": [{"type": "x"}]}, "invalid_blocks"),
        (
            "chat.postMessage",
            {"channel": "pricing", "text": "x", "metadata": "{"},
            "invalid_metadata_format",
        ),
        (
            "chat.postMessage",
            {"channel": "pricing", "text": "x", "metadata": {"event_type": "x"}},
            "invalid_metadata_format",
        ),
        (
            "chat.postMessage",
            {"channel": "pricing", "text": "x", "thread_ts": "1.2"},
            "invalid_thread_ts",
        ),
        ("chat.postMessage", {"channel": "pricing", "text": "x", "username": "x"}, "missing_scope"),
        ("chat.update", {"channel": "pricing", "ts": "1.2", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "pricing", "ts": "1.2"}, "message_not_found"),
        (
            "chat.postEphemeral",
            {"channel": "pricing", "user": "gus", "text": "x"},
            "user_not_in_channel",
        ),
        ("chat.postEphemeral", {"channel": "random", "user": "sam", "text": "x"}, "not_in_channel"),
        ("chat.getPermalink", {"channel": "pricing", "message_ts": "1.2"}, "message_not_found"),
        ("conversations.info", {"channel": "hidden"}, "channel_not_found"),
        ("conversations.join", {"channel": "secret"}, "method_not_supported_for_channel_type"),
        ("conversations.join", {"channel": "hidden"}, "channel_not_found"),
        ("conversations.members", {"channel": "C0"}, "channel_not_found"),
        ("conversations.members", {"channel": "pricing", "cursor": "nonsense"}, "invalid_cursor"),
        ("conversations.members", {"channel": "pricing", "limit": 0}, "invalid_limit"),
        ("conversations.history", {"channel": "random"}, "not_in_channel"),
        ("conversations.replies", {"channel": "pricing", "ts": "1.2"}, "thread_not_found"),
        ("conversations.open", {"users": "U0"}, "user_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.list", {"types": "im"}, "missing_scope"),
        ("conversations.list", {"types": "nonsense"}, "invalid_types"),
        ("users.info", {"user": "U0"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        (
            "reactions.add",
            {"channel": "pricing", "timestamp": "1.2", "name": "x"},
            "message_not_found",
        ),
        ("reactions.get", {}, "no_item_specified"),
        ("team.info", {}, "missing_scope"),
        ("views.open", {"trigger_id": "1.2.3", "view": {"type": "modal"}}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V0", "view": {}}, "not_found"),
        (
            "views.publish",
            {"user_id": "U0", "view": {"type": "home", "blocks": []}},
            "user_not_found",
        ),
        ("views.publish", {"user_id": "sam", "view": {"type": "modal"}}, "invalid_arguments"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
    ],
)
def test_a_wrong_call_is_refused_with_slacks_error(
    client: WebClient, place: Where, method: str, arguments: dict[str, Any], error: str
) -> None:
    for name in ("channel", "user", "user_id"):
        known = getattr(place, str(arguments.get(name)), None)
        if known is not None:
            arguments = arguments | {name: known.id}
    response = refused(lambda: client.api_call(method, json=arguments))
    assert response["error"] == error
    assert response["ok"] is False


def test_an_unknown_argument_is_named(client: WebClient, place: Where) -> None:
    response = refused(
        lambda: client.api_call(
            "chat.postMessage", json={"channel": place.pricing.id, "text": "x", "threadts": "1"}
        )
    )
    assert response["response_metadata"]["messages"] == ["[ERROR] unknown argument: threadts"]


def test_tokens_are_looked_at_before_anything_else(slack: Playground, place: Where) -> None:
    def call(token: str | None) -> Any:
        return refused(WebClient(token=token, base_url=slack.api_url).auth_test)["error"]

    assert call(None) == "not_authed"
    assert call("xoxb-nonsense") == "invalid_auth"
    slack.team.revoke_tokens()
    assert call(slack.bot_token) == "token_revoked"
    slack.team.uninstall()
    assert call(slack.bot_token) == "account_inactive"


def test_a_missing_scope_says_what_is_needed_and_what_there_is(
    slack: Playground, client: WebClient, place: Where
) -> None:
    slack.team.scopes.remove("chat:write")
    response = refused(lambda: client.chat_postMessage(channel=place.pricing.id, text="x"))
    assert (response["error"], response["needed"]) == ("missing_scope", "chat:write")
    assert "channels:read" in response["provided"]


def test_private_and_direct_places_need_their_own_scopes(
    slack: Playground, client: WebClient, place: Where
) -> None:
    slack.team.scopes.remove("groups:history")
    assert client.conversations_history(channel=place.pricing.id)["ok"]
    response = refused(lambda: client.conversations_history(channel=place.secret.id))
    assert response["needed"] == "groups:history"
    response = refused(lambda: client.conversations_info(channel=place.sam.dm.id))
    assert response["needed"] == "im:read"


def test_the_token_may_come_in_the_body_and_the_arguments_as_a_form(
    slack: Playground, place: Where
) -> None:
    client = WebClient(base_url=slack.api_url)
    data = {"token": slack.bot_token, "channel": place.pricing.id, "text": "hello", "mrkdwn": "1"}
    assert client.api_call("chat.postMessage", data=data)["message"]["text"] == "hello"


def test_a_post_comes_back_as_slack_keeps_it(client: WebClient, place: Where) -> None:
    answer = client.chat_postMessage(
        channel=place.pricing.id,
        text="a & b <c> <@U123> <https://x.invalid|x> &amp;",
        metadata={"event_type": "customer_seat", "event_payload": {"key": "1"}},
    )
    message = answer["message"]
    assert message["text"] == "a &amp; b &lt;c&gt; <@U123> <https://x.invalid|x> &amp;"
    assert message["bot_id"] == message["bot_profile"]["id"]
    assert message["ts"] == answer["ts"]
    assert place.pricing[0].metadata == {
        "event_type": "customer_seat",
        "event_payload": {"key": "1"},
    }


def test_a_reply_to_what_is_gone_is_posted_at_the_root(client: WebClient, place: Where) -> None:
    """And Slack says ok: only the message that it gives back shows it."""
    parent = client.chat_postMessage(channel=place.pricing.id, text="parent")["ts"]
    under = client.chat_postMessage(channel=place.pricing.id, text="x", thread_ts=parent)
    assert under["message"]["thread_ts"] == parent
    client.chat_delete(channel=place.pricing.id, ts=under["ts"])
    client.chat_delete(channel=place.pricing.id, ts=parent)
    for gone in (parent, "1700000000.000100"):
        stray = client.chat_postMessage(channel=place.pricing.id, text="stray", thread_ts=gone)
        assert stray["ok"]
        assert "thread_ts" not in stray["message"]
    assert [m.text for m in place.pricing.messages if not m.deleted] == ["stray", "stray"]


def test_metadata_is_read_back_only_when_asked_for(client: WebClient, place: Where) -> None:
    metadata = {"event_type": "customer_seat", "event_payload": {"key": "1"}}
    ts = client.chat_postMessage(channel=place.pricing.id, text="x", metadata=metadata)["ts"]
    plain = client.conversations_history(channel=place.pricing.id)["messages"][0]
    assert plain["metadata"] == {"event_type": "customer_seat"}
    asked = client.conversations_replies(channel=place.pricing.id, ts=ts, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata


def test_a_persons_id_stands_for_the_private_messages(client: WebClient, place: Where) -> None:
    answer = client.chat_postMessage(channel=place.ana.id, text="hello")
    assert answer["channel"] == place.ana.dm.id
    opened = client.conversations_open(users=[place.ana.id])
    assert opened["channel"]["id"] == place.ana.dm.id
    assert opened["already_open"]


def test_only_its_own_messages_can_be_changed(client: WebClient, place: Where) -> None:
    message = place.sam.post(place.pricing, "mine")
    for call, error in (
        (client.chat_update, "cant_update_message"),
        (client.chat_delete, "cant_delete_message"),
    ):
        more = {"text": "yours"} if error.startswith("cant_update") else {}
        response = refused(lambda: call(channel=place.pricing.id, ts=message.ts, **more))  # noqa: B023
        assert response["error"] == error


def test_an_update_with_text_alone_takes_the_blocks_away(client: WebClient, place: Where) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}
    ts = client.chat_postMessage(channel=place.pricing.id, text="x", blocks=[block])["ts"]
    assert place.pricing[0].all_text() == "words"
    client.chat_update(channel=place.pricing.id, ts=ts, text="only words")
    assert place.pricing[0].blocks == []
    assert place.pricing[0].edited


def test_reactions_are_put_once(client: WebClient, place: Where) -> None:
    message = place.sam.post(place.pricing, "hello")
    where = {"channel": place.pricing.id, "timestamp": message.ts}
    client.reactions_add(name="tada", **where)
    assert refused(lambda: client.reactions_add(name="tada", **where))["error"] == "already_reacted"
    shown = client.reactions_get(**where)["message"]["reactions"]
    assert shown == [{"name": "tada", "users": [place.sam.team.bot_user], "count": 1}]
    client.reactions_remove(name="tada", **where)
    assert refused(lambda: client.reactions_remove(name="tada", **where))["error"] == "no_reaction"
    assert refused(lambda: client.reactions_add(name="No!", **where))["error"] == "invalid_name"


def test_people_are_told_apart(client: WebClient, place: Where) -> None:
    def facts(person: Any) -> dict[str, Any]:
        user: dict[str, Any] = client.users_info(user=person.id)["user"]
        return user

    assert facts(place.sam)["tz"] == "Europe/Madrid"
    assert facts(place.gus)["is_restricted"] is True
    assert facts(place.eve)["is_stranger"] is True
    assert "is_stranger" not in facts(place.sam)
    place.sam.deactivate()
    assert facts(place.sam)["deleted"] is True
    listed = {member["id"] for page in client.users_list(limit=2) for member in page["members"]}
    assert place.ana.id in listed
    assert place.eve.id not in listed


def test_a_second_workspace_sees_nothing_of_the_first(
    slack: Playground, client: WebClient, place: Where
) -> None:
    other = slack.add_team("Beta")
    theirs = WebClient(token=other.bot_token, base_url=slack.api_url)
    assert theirs.auth_test()["team_id"] == other.id
    response = refused(lambda: theirs.chat_postMessage(channel=place.pricing.id, text="x"))
    assert response["error"] == "channel_not_found"
    assert refused(lambda: theirs.users_info(user=place.sam.id))["error"] == "user_not_found"


def test_an_install_code_is_exchanged_once(slack: Playground) -> None:
    client = WebClient(base_url=slack.api_url)
    ids = {"client_id": slack.world.client_id, "client_secret": slack.world.client_secret}
    code = slack.team.new_install_code()
    assert client.oauth_v2_access(code=code, **ids)["access_token"] == slack.bot_token
    response = refused(lambda: client.oauth_v2_access(code=code, **ids))
    assert response["error"] == "invalid_code"


def test_api_test_answers_without_a_token(slack: Playground) -> None:
    assert WebClient(base_url=slack.api_url).api_test(foo="bar")["args"] == {"foo": "bar"}


def test_the_answer_names_the_scopes(client: WebClient) -> None:
    assert "chat:write" in client.auth_test().headers["x-oauth-scopes"]
