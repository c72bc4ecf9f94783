"""Channels and threads by the Web API, called with the real WebClient."""

from types import SimpleNamespace
from typing import Any

from slack_sdk import WebClient

from playground import HandClock, Playground
from tests.playground.refused import refused

Where = SimpleNamespace


def test_an_archived_channel_takes_nothing(client: WebClient, place: Where) -> None:
    place.pricing.archive()
    response = refused(lambda: client.chat_postMessage(channel=place.pricing.id, text="x"))
    assert response["error"] == "is_archived"
    place.pricing.unarchive()
    place.pricing.read_only()
    response = refused(lambda: client.chat_postMessage(channel=place.pricing.id, text="x"))
    assert response["error"] == "restricted_action"


def test_joining_twice_is_a_warning(client: WebClient, place: Where) -> None:
    assert client.conversations_join(channel=place.random.id)["channel"]["is_member"]
    assert client.conversations_join(channel=place.random.id)["warning"] == "already_in_channel"


def test_members_come_in_pages(slack: Playground, client: WebClient, place: Where) -> None:
    people = [slack.add_person(f"Person {n}") for n in range(7)]
    channel = slack.add_channel("many", members=people)
    found: list[str] = []
    for answer in client.conversations_members(channel=channel.id, limit=3):
        assert len(answer["members"]) <= 3
        found += answer["members"]
    assert found == [person.id for person in people]


def test_a_thread_is_read_between_two_times(
    clock: HandClock, client: WebClient, place: Where
) -> None:
    parent = place.sam.post(place.pricing, "parent")
    replies = []
    for n in range(4):
        clock.advance(1)
        replies.append(place.ana.reply(parent, f"reply {n}"))

    def texts(**span: Any) -> list[str]:
        answer = client.conversations_replies(channel=place.pricing.id, ts=parent.ts, **span)
        return [m["text"] for m in answer["messages"]]

    assert texts() == ["parent", "reply 0", "reply 1", "reply 2", "reply 3"]
    assert texts(oldest=replies[1].ts) == ["parent", "reply 2", "reply 3"]
    assert texts(oldest=replies[1].ts, inclusive=True, latest=replies[2].ts) == [
        "parent",
        "reply 1",
        "reply 2",
    ]
    first = client.conversations_replies(channel=place.pricing.id, ts=parent.ts, limit=3)
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_replies(channel=place.pricing.id, ts=parent.ts, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["parent", "reply 3"]
    history = client.conversations_history(channel=place.pricing.id)["messages"]
    assert [(m["text"], m["reply_count"]) for m in history] == [("parent", 4)]


def test_a_shared_channel_says_so_and_has_strangers(client: WebClient, place: Where) -> None:
    info = client.conversations_info(channel=place.shared.id, include_num_members=True)["channel"]
    assert (info["is_ext_shared"], info["num_members"]) == (True, 3)
    assert place.eve.id in client.conversations_members(channel=place.shared.id)["members"]


def test_only_private_channels_the_bot_is_in_are_listed(client: WebClient, place: Where) -> None:
    answer = client.conversations_list(types="public_channel,private_channel")
    names = {channel["name"] for channel in answer["channels"]}
    assert names == {"pricing", "random", "secret", "with-eve"}
    mine = client.users_conversations(types="public_channel", user=place.ana.id)
    assert {channel["name"] for channel in mine["channels"]} == {"pricing", "random"}


def test_a_link_to_a_reply_names_its_thread(client: WebClient, place: Where) -> None:
    parent = place.sam.post(place.pricing, "parent")
    reply = place.ana.reply(parent, "reply")
    link = client.chat_getPermalink(channel=place.pricing.id, message_ts=reply.ts)["permalink"]
    assert f"thread_ts={parent.ts}" in link
