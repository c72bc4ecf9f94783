"""Which events reach the bot, what they hold, and how they come again."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import HandClock, Playground
from tests.playground.bot_in_a_thread import ListeningBot


@pytest.fixture
def heard(slack: Playground, app: App, bot: ListeningBot) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []

    @app.middleware
    def keep(body: dict[str, Any], next: Any) -> None:
        if "event" in body:
            events.append(body["event"])
        next()

    @app.event({"type": "message"})
    def message() -> None:
        """Taken."""

    for kind in slack.world.events:
        if not kind.startswith("message"):
            app.event(kind)(lambda: None)
    return events


def test_an_edit_tells_what_was_and_what_is(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    message = place.sam.post(place.pricing, "before")
    place.sam.edit(message, "after")
    slack.settle()
    event = heard[-1]
    assert event["subtype"] == "message_changed"
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("before", "after")
    assert event["message"]["edited"]["user"] == place.sam.id
    assert event["message"]["ts"] == message.ts
    assert float(event["ts"]) > float(message.ts)
    assert event["hidden"] is True


def test_a_deletion_tells_what_was(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    message = place.sam.post(place.pricing, "gone")
    place.sam.delete(message)
    slack.settle()
    event = heard[-1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", message.ts)
    assert event["previous_message"]["text"] == "gone"
    assert message.deleted
    assert place.pricing.messages == []


def test_a_parent_with_replies_leaves_a_tombstone(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    parent = place.sam.post(place.pricing, "parent")
    place.ana.reply(parent, "reply")
    place.sam.delete(parent)
    slack.settle()
    event = heard[-1]
    assert event["subtype"] == "message_changed"
    assert event["message"]["subtype"] == "tombstone"
    assert event["previous_message"]["text"] == "parent"
    assert [m.deleted for m in place.pricing] == [True]
    assert [m.text for m in place.pricing.thread(parent)] == ["reply"]


def test_with_its_last_reply_a_tombstone_goes_too(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    parent = place.sam.post(place.pricing, "parent")
    replies = [place.ana.reply(parent, text) for text in ("one", "two")]
    place.sam.delete(parent)
    for reply in replies:
        place.ana.delete(reply)
    slack.settle()
    one, two, stone = heard[-3:]
    assert [e["deleted_ts"] for e in (one, two, stone)] == [replies[0].ts, replies[1].ts, parent.ts]
    assert stone["previous_message"]["subtype"] == "tombstone"
    assert stone["previous_message"]["reply_count"] == 0
    assert list(place.pricing) == []


def test_a_reply_names_its_thread_and_a_broadcast_carries_the_parent(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    parent = place.sam.post(place.pricing, "parent")
    place.ana.reply(parent, "reply")
    place.ana.reply(parent, "loud", broadcast=True)
    slack.settle()
    reply, loud = heard[-2:]
    assert "subtype" not in reply
    assert (reply["thread_ts"], reply["parent_user_id"]) == (parent.ts, place.sam.id)
    assert (loud["subtype"], loud["root"]["ts"]) == ("thread_broadcast", parent.ts)
    assert [m.text for m in place.pricing] == ["parent", "loud"]


def test_a_file_comes_as_a_file_share(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    place.ana.post(place.pricing, "", files=["voice.m4a"])
    slack.settle()
    assert heard[-1]["subtype"] == "file_share"
    assert heard[-1]["files"][0]["name"] == "voice.m4a"


def test_the_bots_own_messages_come_back_to_it(
    slack: Playground, client: WebClient, place: SimpleNamespace, bot: ListeningBot
) -> None:
    client.chat_postMessage(channel=place.pricing.id, text="mine")
    slack.settle()
    event = slack.wire.sent("event")[-1].request["event"]
    assert event["bot_id"] == slack.team.bot_id
    assert event["app_id"] == slack.app_id
    assert event["user"] == slack.team.bot_user


def test_coming_and_going_is_told_also_of_the_bot_itself(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    place.ana.join(place.shared)
    place.ana.leave(place.shared)
    place.sam.invite_bot(place.random)
    place.random.remove_bot()
    place.ana.leave(place.random)
    slack.settle()
    told = {(e["type"], e.get("user"), e["channel"]) for e in heard}
    bot_user = slack.team.bot_user
    assert told == {
        ("member_joined_channel", place.ana.id, place.shared.id),
        ("member_left_channel", place.ana.id, place.shared.id),
        ("member_joined_channel", bot_user, place.random.id),
        ("channel_left", None, place.random.id),
    }
    invited = next(e for e in heard if e.get("user") == bot_user)
    assert (invited["inviter"], invited["channel_type"]) == (place.sam.id, "C")


def test_what_happens_to_channels_is_told(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    place.pricing.rename("prices")
    place.pricing.share()
    place.pricing.unshare()
    place.pricing.archive()
    place.pricing.unarchive()
    place.pricing.delete()
    place.secret.archive()
    place.secret.unarchive()
    place.secret.delete()
    place.hidden.archive()
    slack.settle()
    told = [
        (e["type"], e["channel"] if isinstance(e["channel"], str) else e["channel"]["name"])
        for e in heard
    ]
    assert sorted(told) == sorted(
        [
            ("channel_rename", "prices"),
            ("channel_shared", place.pricing.id),
            ("channel_unshared", place.pricing.id),
            ("channel_archive", place.pricing.id),
            ("channel_unarchive", place.pricing.id),
            ("channel_deleted", place.pricing.id),
            ("group_archive", place.secret.id),
            ("group_unarchive", place.secret.id),
            ("group_deleted", place.secret.id),
        ]
    )


def test_people_who_come_or_change_are_told(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    new = slack.add_person("New Person", tell=True)
    place.sam.change(tz="Asia/Tokyo", status_text="Away")
    place.sam.open_home()
    slack.settle()
    assert [(e["type"]) for e in heard] == ["team_join", "user_change", "app_home_opened"]
    assert heard[0]["user"]["id"] == new.id
    assert heard[1]["user"]["tz"] == "Asia/Tokyo"
    assert heard[2]["channel"] == place.sam.dm.id


def test_an_uninstalled_bot_hears_of_it_and_then_nothing(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    slack.team.uninstall(tokens_first=True)
    place.sam.post(place.pricing, "anyone?")
    slack.settle()
    told = [x.request["event"]["type"] for x in slack.wire.sent("event")]
    assert told == ["tokens_revoked", "app_uninstalled"]


def test_a_scope_taken_away_takes_its_events_away(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    slack.team.scopes.remove("channels:history")
    message = place.sam.post(place.pricing, "unheard")
    place.ana.react(message, "x")
    slack.settle()
    assert [e["type"] for e in heard] == ["reaction_added"]


def test_messages_of_one_channel_come_in_order(
    slack: Playground, place: SimpleNamespace, heard: list[dict[str, Any]]
) -> None:
    for n in range(20):
        place.sam.post(place.pricing, f"number {n}")
    slack.settle()
    assert [e["text"] for e in heard] == [f"number {n}" for n in range(20)]
    times = [e["ts"] for e in heard]
    assert times == sorted(set(times))


def test_an_event_that_failed_comes_again_at_once_then_after_one_and_five_minutes(
    slack: Playground, clock: HandClock, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    bot.status_override = [500, 500, 500, 500]
    start = clock.now()
    place.sam.post(place.pricing, "hello")
    slack.settle()
    assert [due - start for due, _ in slack.waiting_deliveries] == [60]
    clock.advance(60)
    slack.settle()
    clock.advance(300)
    slack.settle()
    clock.advance(3600)
    slack.settle()
    assert len(bot.requests) == 4
    numbers = [headers.get("x-slack-retry-num") for _, headers in bot.requests]
    assert numbers == [None, "1", "2", "3"]
    assert bot.requests[1][1]["x-slack-retry-reason"] == "http_error"
    assert len({x.request["event_id"] for x in slack.wire.sent("event")}) == 1


def test_an_event_answered_too_late_comes_again(
    slack: Playground, impatient: None, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    bot.gate = threading.Event()
    place.sam.post(place.pricing, "hello")
    slack.wait_until(lambda: slack.wire.sent("event"))
    bot.gate.set()
    bot.gate = None
    slack.settle()
    attempts = [(x.attempt, x.trouble) for x in slack.wire.sent("event")]
    assert attempts[0] == (0, "timeout")
    assert bot.requests[-1][1]["x-slack-retry-reason"] == "http_timeout"


def test_a_bot_that_was_away_gets_what_it_missed(
    slack: Playground, clock: HandClock, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    slack.deliver_to()
    place.sam.post(place.pricing, "while you were away")
    slack.settle()
    slack.deliver_to(bot.address)
    clock.advance(60)
    slack.settle()
    assert [e["text"] for e in heard] == ["while you were away"]


def test_a_second_workspace_hears_its_own_events(
    slack: Playground, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    other = slack.add_team("Beta")
    kim = other.add_person("Kim Wu")
    kim.post(kim.dm, "hello")
    slack.settle()
    envelope = slack.wire.sent("event")[-1].request
    assert envelope["team_id"] == other.id
    assert envelope["authorizations"][0]["user_id"] == other.bot_user


def test_replicas_behind_a_balancer_take_turns(
    slack: Playground, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    second = ListeningBot(bot.app)
    try:
        slack.deliver_to(bot.address, second.address)
        for n in range(4):
            place.sam.post(place.pricing, f"number {n}")
        slack.settle()
        assert (len(bot.requests), len(second.requests)) == (2, 2)
    finally:
        second.close()


def test_a_bot_can_ask_not_to_be_told_again(
    slack: Playground, place: SimpleNamespace, bot: ListeningBot, heard: list[Any]
) -> None:
    bot.status_override = [500]
    bot.headers_override = {"x-slack-no-retry": "1"}
    place.sam.post(place.pricing, "hello")
    slack.settle()
    assert len(bot.requests) == 1
    assert slack.waiting_deliveries == []
