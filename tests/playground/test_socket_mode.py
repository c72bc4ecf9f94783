"""The SDK's own Socket Mode client against the stand-in: hello, envelopes, answers, refresh."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest
import websockets.sync.client
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground import HandClock, Playground
from tests.playground.test_control import ask


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []

    @app.command("/say")
    def say(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack(text=f"You said {body['text']}")

    @app.event("message")
    def message(body: dict[str, Any]) -> None:
        bodies.append(body)

    return bodies


@pytest.fixture
def connected(slack: Playground, app: App) -> Iterator[SocketModeHandler]:
    handler = SocketModeHandler(
        app, slack.app_token, web_client=WebClient(base_url=slack.api_url), ping_interval=0.2
    )
    handler.connect()
    slack.wait_until(lambda: slack.connections == 1)
    yield handler
    handler.close()


def opened(slack: Playground) -> Any:
    answer = WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    return websockets.sync.client.connect(answer["url"])


def test_a_command_and_an_event_reach_bolt_through_its_own_client(
    slack: Playground,
    place: SimpleNamespace,
    connected: SocketModeHandler,
    heard: list[dict[str, Any]],
) -> None:
    # The SDK's client begins to read within a tenth of a second of connecting.
    slack.wait_until(lambda: place.sam.command("/say", "hello", place.pricing).ok)
    assert place.sam.ephemerals(place.pricing)[-1].text == "You said hello"
    place.sam.post(place.pricing, "to the bot")
    slack.settle()
    assert heard[-1]["event"]["text"] == "to the bot"
    assert slack.wire.sent("command")[-1].by.startswith("socket")


def test_a_websocket_has_precedence_over_http(
    slack: Playground, place: SimpleNamespace, bot: Any, heard: list[dict[str, Any]]
) -> None:
    with opened(slack) as socket:
        assert json.loads(socket.recv())["type"] == "hello"
        slack.wait_until(lambda: slack.connections == 1)
        place.sam.post(place.pricing, "hello")
        assert json.loads(socket.recv())["payload"]["event"]["text"] == "hello"
        assert bot.requests == []


def test_an_envelope_is_acknowledged_by_its_id_or_comes_again(
    slack: Playground, impatient: None, clock: HandClock, place: SimpleNamespace
) -> None:
    with opened(slack) as socket:
        hello = json.loads(socket.recv())
        assert hello["num_connections"] == 1
        assert hello["connection_info"]["app_id"] == slack.app_id
        slack.wait_until(lambda: slack.connections == 1)
        place.sam.post(place.pricing, "hello")
        first = json.loads(socket.recv())
        assert (first["type"], first["accepts_response_payload"]) == ("events_api", False)
        assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
        slack.carrier.within = 3.0
        again = json.loads(socket.recv())
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "http_timeout")
        assert again["payload"]["event_id"] == first["payload"]["event_id"]
        assert again["envelope_id"] != first["envelope_id"]
        socket.send(json.dumps({"envelope_id": again["envelope_id"]}))
        slack.settle()
    assert slack.waiting_deliveries == []


def test_a_commands_answer_travels_in_the_acknowledgement(
    slack: Playground, place: SimpleNamespace
) -> None:
    with opened(slack) as socket:
        socket.recv()
        slack.wait_until(lambda: slack.connections == 1)

        def answer() -> None:
            envelope = json.loads(socket.recv())
            payload = {"text": envelope["payload"]["text"].upper()}
            socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": payload}))

        thread = threading.Thread(target=answer)
        thread.start()
        shown = place.sam.command("/say", "hello", place.pricing)
        thread.join()
    assert shown.text == "HELLO"


def test_a_ticket_opens_one_connection(slack: Playground) -> None:
    answer = WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    with websockets.sync.client.connect(answer["url"]) as socket:
        socket.recv()
        with pytest.raises(websockets.exceptions.InvalidStatus):
            websockets.sync.client.connect(answer["url"])


def test_ten_connections_share_the_payloads_and_an_eleventh_is_refused(
    slack: Playground, place: SimpleNamespace
) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(opened(slack)) for _ in range(10)]
        hellos = [json.loads(socket.recv())["num_connections"] for socket in sockets]
        assert hellos == list(range(1, 11))
        slack.wait_until(lambda: slack.connections == 10)
        with opened(slack) as eleventh:
            assert json.loads(eleventh.recv())["reason"] == "too_many_websockets"
        for n in range(10):
            place.sam.post(place.pricing, f"number {n}")
            envelope = json.loads(sockets[n].recv())
            sockets[n].send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        slack.settle()


def test_a_refresh_is_asked_for_and_the_connection_closed(slack: Playground) -> None:
    with opened(slack) as socket:
        socket.recv()
        slack.wait_until(lambda: slack.connections == 1)
        assert slack.refresh_connections() == 1
        message = json.loads(socket.recv())
        assert (message["type"], message["reason"]) == ("disconnect", "refresh_requested")
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            socket.recv()
    slack.wait_until(lambda: slack.connections == 0)


def test_bolts_client_connects_again_after_a_refresh(
    slack: Playground, connected: SocketModeHandler
) -> None:
    first = connected.client.session_id()
    slack.refresh_connections()
    slack.wait_until(lambda: connected.client.session_id() != first and slack.connections == 1)


def test_a_connection_that_breaks_before_the_acknowledgement_is_a_failed_delivery(
    slack: Playground, place: SimpleNamespace
) -> None:
    with opened(slack) as socket:
        socket.recv()
        slack.wait_until(lambda: slack.connections == 1)
        threading.Thread(target=lambda: (socket.recv(), slack.drop_socket_mode())).start()
        shown = place.sam.command("/say", "hello", place.pricing)
    assert shown.error == '/say failed with the error "dispatch_failed"'


def test_a_websocket_can_be_cut_in_the_middle_of_an_envelope(
    slack: Playground, place: SimpleNamespace
) -> None:
    """What came of it is no message; Slack counts it as not delivered, and sends events again."""
    ask(slack, "faults", {"kind": "cut_mid_envelope", "method": "event", "count": 1})
    with opened(slack) as broken, opened(slack) as whole:
        for socket in (broken, whole):
            socket.recv()
        slack.wait_until(lambda: slack.connections == 2)
        place.sam.post(place.pricing, "hello")
        with pytest.raises(websockets.exceptions.ConnectionClosedError):
            broken.recv(timeout=2)
        again = json.loads(whole.recv(timeout=2))
        assert again["payload"]["event"]["text"] == "hello"
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
        whole.send(json.dumps({"envelope_id": again["envelope_id"]}))
        slack.settle()
        assert slack.connections == 1


def test_a_connection_can_be_refreshed_while_a_command_is_answered(
    slack: Playground, place: SimpleNamespace
) -> None:
    ask(slack, "faults", {"kind": "refresh_meanwhile", "method": "command", "count": 1})
    with opened(slack) as socket:
        socket.recv()
        slack.wait_until(lambda: slack.connections == 1)
        heard: list[dict[str, Any]] = []
        reader = threading.Thread(target=lambda: heard.extend(json.loads(m) for m in socket))
        reader.start()
        shown = place.sam.command("/say", "hello", place.pricing)
        reader.join()
    assert [message["type"] for message in heard] == ["slash_commands", "disconnect"]
    assert shown.error == '/say failed with the error "dispatch_failed"'


def test_slacks_patience_can_end_at_once(slack: Playground, place: SimpleNamespace) -> None:
    """For who moves the clock by hand: three seconds never pass there."""
    slack.carrier.within = 60
    with opened(slack) as socket:
        socket.recv()
        slack.wait_until(lambda: slack.connections == 1)

        def be_late() -> None:
            slack.sockets.time_out(json.loads(socket.recv())["payload"])

        threading.Thread(target=be_late).start()
        shown = place.sam.command("/say", "hello", place.pricing)
    assert shown.error == '/say failed with the error "operation_timeout"'
