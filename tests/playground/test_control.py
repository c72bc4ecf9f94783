"""The control API, as other tools and a browser page use it."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import Playground
from tests.playground.bot_in_a_thread import ListeningBot


def ask(slack: Playground, path: str, body: Any = None, method: str | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{slack.url}/playground/{path}",
        data,
        {"content-type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return json.loads(error.read()) | {"status": error.code}


def test_the_state_shows_people_channels_and_messages(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    client.chat_postEphemeral(channel=place.pricing.id, user=place.sam.id, text="for Sam")
    place.ana.react(place.sam.post(place.pricing, "hello"), "x")
    team = ask(slack, "state")["teams"][0]
    channel = next(c for c in team["channels"] if c["name"] == "pricing")
    assert channel["messages"][0]["all_text"] == "hello"
    assert channel["messages"][0]["reactions"][0]["users"] == [place.ana.id]
    assert team["ephemerals"][0]["seen_by"] == place.sam.id
    assert {p["id"] for p in team["people"]} >= {place.sam.id, place.ana.id}


def test_the_wire_can_be_read_from_a_number_on(slack: Playground, client: WebClient) -> None:
    client.auth_test()
    client.api_test()
    exchanges = ask(slack, "wire?since=1")["exchanges"]
    assert [(x["number"], x["name"], x["direction"]) for x in exchanges] == [
        (2, "api.test", "from_bot")
    ]


def test_faults_are_switched_on_and_off(slack: Playground, client: WebClient) -> None:
    added = ask(slack, "faults", [{"kind": "http_500", "count": 1}, {"kind": "slow"}])
    assert [fault["kind"] for fault in added["faults"]] == ["http_500", "slow"]
    assert ask(slack, "faults", method="DELETE") == {"faults": []}
    assert client.auth_test()["ok"]
    assert ask(slack, "faults", {"kind": "earthquake"})["status"] == 400
    assert ask(slack, "faults", {"kind": "slow", "colour": 1})["status"] == 400


@pytest.fixture
def asking(app: App, bot: ListeningBot) -> None:
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "title",
                "label": {"type": "plain_text", "text": "Title"},
                "element": {"type": "plain_text_input", "action_id": "title"},
            }
        ],
    }

    @app.command("/form")
    def form(ack: Any, body: dict[str, Any], client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack("Here it is")

    @app.view("form")
    def sent(ack: Any, body: dict[str, Any], client: Any) -> None:
        values = body["view"]["state"]["values"]
        client.chat_postMessage(channel=body["user"]["id"], text=values["title"]["title"]["value"])
        ack()

    app.event("message")(lambda: None)


def test_people_can_be_acted_as_over_http(
    slack: Playground, place: SimpleNamespace, asking: None
) -> None:
    def act(verb: str, person: str = "Sam Ortiz", **more: Any) -> Any:
        return ask(slack, "act", {"person": person, "verb": verb, **more})

    shown = act("command", command="/form", channel="pricing")["result"]
    assert (shown["text"], shown["modal"]["callback_id"]) == ("Here it is", "form")
    assert act("submit") == {
        "ok": False,
        "error": "cannot_submit",
        "fields": {"title": "Please complete this required field."},
    }
    assert act("submit", values={"title": "From afar"}) == {"ok": True, "result": {}}
    assert [m.text for m in place.sam.dm] == ["From afar"]
    posted = act("post", channel="pricing", text="hello")["result"]
    act("reply", "ana.lima", channel="pricing", ts=posted["ts"], text="3. hi", phone=True)
    act("react", place.ana.id, channel="pricing", ts=posted["ts"], name="x")
    assert place.pricing[0].reactions == {"x": [place.ana.id]}
    assert place.pricing[0].replies[0].blocks[0]["elements"][0]["offset"] == 2


@pytest.mark.parametrize(
    "request_body",
    [
        {"person": "Nobody", "verb": "post"},
        {"person": "Sam Ortiz", "verb": "fly"},
        {"person": "Sam Ortiz", "verb": "post", "channel": "nowhere"},
        {"person": "Sam Ortiz", "verb": "reply", "channel": "pricing", "ts": "1.2"},
        {"person": "Sam Ortiz", "verb": "command"},
        [],
    ],
)
def test_an_act_that_is_not_possible_is_refused(
    slack: Playground, place: SimpleNamespace, request_body: Any
) -> None:
    assert ask(slack, "act", request_body)["status"] == 400


def test_a_channel_is_shared_with_another_company_and_no_more(
    slack: Playground, place: SimpleNamespace
) -> None:
    def shared_with(verb: str) -> list[str]:
        ask(slack, "act", {"person": "Sam Ortiz", "verb": verb, "channel": "pricing"})
        channels = ask(slack, "state")["teams"][0]["channels"]
        return list(next(c for c in channels if c["name"] == "pricing")["shared_with"])

    assert shared_with("share") == ["T0OTHERTEAM"]
    assert shared_with("unshare") == []
    assert shared_with("unshare") == [], "and it is no error to say so twice"


def test_a_form_from_a_web_page_is_not_taken(slack: Playground, place: SimpleNamespace) -> None:
    request = urllib.request.Request(
        f"{slack.url}/playground/act", b"{}", {"content-type": "text/plain"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as error:
        assert error.code == 400


def test_connections_can_be_refreshed_and_dropped(slack: Playground) -> None:
    assert ask(slack, "connections", {"do": "refresh"}) == {"ok": True, "connections": 0}
    assert ask(slack, "connections", {"do": "explode"})["status"] == 400


def test_it_listens_on_loopback_only(slack: Playground) -> None:
    with socket.socket() as elsewhere:
        elsewhere.settimeout(0.1)
        assert elsewhere.connect_ex(("127.0.0.2", slack.port)) != 0
    assert slack.url == f"http://127.0.0.1:{slack.port}"


def test_a_name_that_only_resolves_to_loopback_is_refused(slack: Playground) -> None:
    request = urllib.request.Request(f"{slack.url}/playground/state", headers={"Host": "evil.test"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as error:
        assert error.code == 400


def test_it_starts_by_itself_and_says_what_a_bot_needs() -> None:
    command = [sys.executable, "-m", "playground", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("}"):
                break
        process.terminate()
    facts = json.loads("".join(lines))
    assert facts["SLACK_API_URL"] == f"{facts['url']}/api/"
    assert facts["SLACK_BOT_TOKEN"].startswith("xoxb-")
