"""Each fault does what it is called, and only where it was switched on."""

import json
import time
from http.client import HTTPException
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import HandClock, Playground
from playground.faults import Fault, Faults
from tests.playground.bot_in_a_thread import ListeningBot


def post(client: WebClient, place: SimpleNamespace, text: str = "x") -> Any:
    return client.chat_postMessage(channel=place.pricing.id, text=text)


def test_a_rate_limit_says_how_long_to_wait_or_does_not(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    for wait in (7, None):
        slack.faults.add("ratelimited", method="chat.postMessage", count=1, retry_after=wait)
        with pytest.raises(SlackApiError) as refused:
            post(client, place)
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers.get("retry-after") == (str(wait) if wait else None)
    assert post(client, place)["ok"]
    assert len(place.pricing) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_slack_can_be_down(
    slack: Playground, client: WebClient, place: SimpleNamespace, status: int
) -> None:
    slack.faults.add(f"http_{status}", count=1)
    with pytest.raises(SlackApiError) as refused:
        post(client, place)
    assert refused.value.response.status_code == status
    assert len(place.pricing) == 0


@pytest.mark.parametrize(("fault", "posted"), [("drop_before", 0), ("drop_after", 1)])
def test_a_connection_breaks_before_or_after_the_call_was_carried_out(
    slack: Playground, client: WebClient, place: SimpleNamespace, fault: str, posted: int
) -> None:
    slack.faults.add(fault, count=1)
    with pytest.raises((OSError, HTTPException)):
        post(client, place)
    assert len(place.pricing) == posted
    assert slack.wire.calls("chat.postMessage")[-1].trouble == "dropped"


def test_an_answer_can_be_slow_cut_off_or_an_error(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    slack.faults.add("slow", count=1, seconds=0.05)
    start = time.monotonic()
    post(client, place)
    assert time.monotonic() - start >= 0.05
    slack.faults.add("truncated_json", count=1)
    with pytest.raises(SlackApiError):
        post(client, place)
    assert len(place.pricing) == 2
    slack.faults.add("error:fatal_error", count=1)
    with pytest.raises(SlackApiError) as refused:
        post(client, place)
    assert refused.value.response["error"] == "fatal_error"


def test_a_fault_hits_only_its_method_and_channel_after_some_were_let_by(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    fault = slack.faults.add(
        "error:fatal_error", method="chat.postMessage", channel=place.pricing.id, skip=1
    )
    client.auth_test()
    client.chat_postMessage(channel=place.secret.id, text="x")
    assert post(client, place)["ok"]
    with pytest.raises(SlackApiError):
        post(client, place)
    assert fault.hits == 1
    slack.faults.clear()
    assert post(client, place)["ok"]


def test_the_same_seed_hits_the_same_calls() -> None:
    def run() -> list[bool]:
        faults = Faults()
        faults.add("slow", probability=0.5, seed=7)
        return [bool(faults.hitting(frozenset({"slow"}), "x")) for _ in range(20)]

    assert run() == run()
    assert set(run()) == {True, False}


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="no fault is called"):
        Fault(kind="earthquake")


def test_an_ephemeral_can_be_lost_though_slack_said_ok(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    slack.faults.add("drop_ephemeral", count=1)
    where = {"channel": place.pricing.id, "user": place.ana.id}
    assert client.chat_postEphemeral(text="lost", **where)["ok"]
    assert client.chat_postEphemeral(text="seen", **where)["ok"]
    assert [m.text for m in place.ana.ephemerals()] == ["seen"]


@pytest.fixture
def heard(app: App, bot: ListeningBot) -> list[str]:
    texts: list[str] = []

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        texts.append(event.get("text") or event["message"]["text"])

    return texts


def test_a_delivery_can_come_twice_late_or_out_of_order(
    slack: Playground, clock: HandClock, place: SimpleNamespace, heard: list[str]
) -> None:
    slack.faults.add("duplicate", method="message", count=1)
    place.sam.post(place.pricing, "twice")
    slack.settle()
    assert heard == ["twice", "twice"]
    ids = {x.request["event_id"] for x in slack.wire.sent("event")}
    assert len(ids) == 1

    heard.clear()
    slack.faults.add("late", count=1, seconds=30)
    place.sam.post(place.pricing, "late")
    place.sam.post(place.pricing, "in time")
    slack.settle()
    clock.advance(30)
    slack.settle()
    assert heard == ["in time", "late"]

    heard.clear()
    slack.faults.add("reorder", count=1)
    place.sam.post(place.pricing, "first")
    place.sam.post(place.pricing, "second")
    slack.settle()
    assert heard == ["second", "first"]


def test_a_delivery_held_back_comes_even_if_nothing_follows(
    slack: Playground, place: SimpleNamespace, heard: list[str]
) -> None:
    slack.faults.add("reorder", count=1)
    place.sam.post(place.pricing, "alone")
    slack.settle()
    assert heard == ["alone"]


def test_a_link_preview_is_a_change_in_which_the_text_stays(
    slack: Playground, place: SimpleNamespace, heard: list[str]
) -> None:
    slack.faults.add("link_preview")
    place.sam.post(place.pricing, "no link")
    place.sam.post(place.pricing, "see https://x.invalid/page")
    slack.settle()
    changes = slack.wire.sent("event", "message.message_changed")
    assert len(changes) == 1
    event = changes[0].request["event"]
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert "attachments" in event["message"]
    assert "edited" not in event["message"]


def test_a_deletion_can_be_a_tombstone(
    slack: Playground, place: SimpleNamespace, heard: list[str]
) -> None:
    slack.faults.add("tombstone", count=1)
    message = place.sam.post(place.pricing, "gone")
    place.sam.delete(message)
    slack.settle()
    event = slack.wire.sent("event")[-1].request["event"]
    assert event["message"]["subtype"] == "tombstone"


def test_what_is_on_the_wire_can_be_written_down(slack: Playground, client: WebClient) -> None:
    client.auth_test()
    assert json.dumps(slack.wire.since(0))
