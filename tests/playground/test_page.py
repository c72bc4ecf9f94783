"""The page's server side: its files, what one person sees, the clock and the story. No browser."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk import WebClient

import playground.page
from playground import Command, Playground, Step, read_kept
from playground.keeping import write_kept

STATIC = Path(playground.page.__file__).parent / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))


def get(slack: Playground, path: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urllib.request.urlopen(f"{slack.url}{path}") as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


def post(slack: Playground, path: str, body: Any, kind: str = "application/json") -> Any:
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{slack.url}{path}", data, {"content-type": kind})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return json.loads(error.read())


def seen(slack: Playground, person: Any) -> Any:
    return json.loads(get(slack, f"/page/seen?as={person.id}")[1])


def channels(view: Any) -> dict[str, Any]:
    return {channel["name"]: channel for channel in view["channels"]}


def test_the_page_says_that_it_is_not_slack_and_lets_no_script_in(slack: Playground) -> None:
    status, body, headers = get(slack, "/")
    assert status == 200
    assert "Stand-in, not Slack." in body
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in body
    assert "style=" not in body


def test_every_file_the_page_names_is_there(slack: Playground) -> None:
    named = re.findall(r'(?:href|src)="(/page/[^"]+)"', get(slack, "/")[1])
    assert len(named) > 5
    for script in SCRIPTS:
        named += [
            f"/page/js/{name}" for name in re.findall(r'from "\./([^"]+)"', script.read_text())
        ]
    for path in named:
        assert get(slack, path)[0] == 200, path


@pytest.mark.parametrize("path", ["/page/../routes.py", "/page/%2e%2e/routes.py", "/page/no.js"])
def test_nothing_else_is_served(slack: Playground, path: str) -> None:
    assert get(slack, path)[0] == 404


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_html_of_words_or_asks_another_address(script: Path) -> None:
    code = script.read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser", code)
    assert not re.search(r"\beval\(|new Function|\bimport\(", code)
    assert not re.search(r'fetch\("https?:|from "https?:', code)
    assert code.count("\n") <= 300


def test_a_person_sees_what_is_theirs_and_nothing_else(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    client.chat_postEphemeral(channel=place.pricing.id, user=place.sam.id, text="for Sam only")
    place.sam.post(place.secret, "kept quiet")
    assert "for Sam only" in json.dumps(seen(slack, place.sam))
    assert "kept quiet" in json.dumps(seen(slack, place.sam))
    ana = json.dumps(seen(slack, place.ana))
    assert "for Sam only" not in ana
    assert "kept quiet" not in ana
    assert set(channels(seen(slack, place.ana))) == {"pricing", "random", "with-eve"}
    assert channels(seen(slack, place.gus)) == {}
    assert set(channels(seen(slack, place.eve))) == {"with-eve"}


def test_only_a_persons_own_modals_are_seen(slack: Playground, place: SimpleNamespace) -> None:
    assert seen(slack, place.sam)["modals"] == []
    assert seen(slack, place.sam)["me"] == place.sam.id
    assert json.loads(get(slack, "/page/seen?as=nobody")[1])["me"] == place.sam.id


def test_commands_and_parts_are_told(slack: Playground, place: SimpleNamespace) -> None:
    slack.playbill.commands = [Command("/ask", "Asks", "[what]")]
    slack.playbill.parts = {place.sam.id: "proposes"}
    view = seen(slack, place.ana)
    assert view["commands"] == [{"name": "/ask", "description": "Asks", "usage": "[what]"}]
    assert view["people"][place.sam.id]["part"] == "proposes"


def test_the_clock_moves_by_name_and_says_what_went_wrong(slack: Playground) -> None:
    moved = []

    def fail() -> None:
        raise ValueError("It would not move.")

    slack.playbill.clock_moves = {"one hour": lambda: moved.append(1), "badly": fail}
    assert post(slack, "/page/clock", {"move": "one hour"}) == {"ok": True}
    assert moved == [1]
    assert post(slack, "/page/clock", {"move": "badly"})["error"] == "It would not move."
    assert not post(slack, "/page/clock", {"move": "two hours"})["ok"]
    assert not post(slack, "/page/clock", {"move": "one hour"}, kind="text/plain")["ok"]
    assert moved == [1]


def test_the_story_plays_in_order_and_keeps_each_steps_traffic(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    story = slack.playbill.story
    story.set_steps(
        [
            Step("one", lambda: client.api_test()),
            Step("two", lambda: [client.api_test(), client.auth_test()]),
        ]
    )
    assert post(slack, "/page/story", {"play": "next"}) == {"ok": True}
    first, second = seen(slack, place.sam)["story"]
    assert (first["state"], first["since"], first["until"]) == ("played", 0, 1)
    assert second["state"] == "waiting"
    post(slack, "/page/story", {"play": "all"})
    assert (story.shape()[1]["since"], story.shape()[1]["until"]) == (1, 3)
    assert not story.play_next()


def test_a_step_that_fails_says_why_and_can_be_played_again(slack: Playground) -> None:
    trouble = [RuntimeError("Nobody came.")]

    def play() -> None:
        if trouble:
            raise trouble.pop()

    story = slack.playbill.story
    story.set_steps([Step("one", play), Step("two", lambda: None)])
    story.play_all()
    assert [step["state"] for step in story.shape()] == ["failed", "waiting"]
    assert story.shape()[0]["trouble"] == "Nobody came."
    story.play_all()
    assert [step["state"] for step in story.shape()] == ["played", "played"]


def test_the_stream_tells_of_each_change(slack: Playground, place: SimpleNamespace) -> None:
    with urllib.request.urlopen(f"{slack.url}/page/stream", timeout=5) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        before = stream.readline()
        stream.readline()
        place.sam.post(place.pricing, "hello")
        assert stream.readline() != before


def test_what_was_read_is_the_same_in_every_window_and_never_goes_back(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    sam = place.sam.id
    ts = str(client.chat_postMessage(channel=sam, text="to Sam alone")["ts"])
    assert seen(slack, place.ana)["news"] == [sam]
    post(slack, "/page/read", {"person": sam, "places": {"dm": ts, place.pricing.id: ts}})
    assert seen(slack, place.ana)["news"] == []
    assert seen(slack, place.ana)["read"] == {}
    assert seen(slack, place.sam)["read"] == {"dm": ts, place.pricing.id: ts}
    for places in ({"dm": "1.0"}, {"dm": 9}, {"dm": None}, ["dm"], None):
        post(slack, "/page/read", {"person": sam, "places": places})
    post(slack, "/page/read", {"person": "U_NOBODY", "places": {"dm": "9"}})
    assert seen(slack, place.sam)["read"]["dm"] == ts
    assert set(slack.world.read) == {sam}
    with slack.world.lock:
        kept = read_kept(write_kept(slack.world, slack._queue))
    assert kept.read == slack.world.read
