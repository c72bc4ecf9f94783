"""Events, and envelopes of Socket Mode, beside the samples (samples.py)."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
import websockets.sync.client
from slack_sdk import WebClient

from playground import Playground
from tests.playground.samples import ENVELOPE, differences
from tests.playground.samples_of_events import EVENTS


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
    place.pricing.unarchive()
    place.pricing.remove_bot()
    place.pricing.delete()
    place.secret.rename("hidden")
    place.secret.change_id()
    place.secret.archive()
    place.secret.unarchive()
    place.secret.remove_bot()
    place.sam.invite_bot(place.secret)
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
