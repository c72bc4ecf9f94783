"""What comes in over HTTP, and what is turned away without a trace of what it said."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import structlog
from slack_bolt import App

from bot.clock import SystemClock
from bot.web.app import build_web
from bot.web.http import HttpRunner
from tests.web.requests import FORM, SECRET, bolt_app, command, event, signed

JSON = "application/json"
PATH = "/slack/events"


_SEEN: list[Any] = []


@pytest.fixture
def seen() -> list[Any]:
    _SEEN.clear()
    return _SEEN


@contextmanager
def serving(app: App | None, **options: Any) -> Iterator[httpx.Client]:
    options.setdefault("checks", dict)
    web = build_web(app, signing_secret=SECRET, clock=SystemClock(), **options)
    runner = HttpRunner(web, host="127.0.0.1", port=0)
    runner.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{runner.port}", timeout=5) as client:
            yield client
    finally:
        runner.stop()


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    """One server for the module: it keeps nothing from one request to the next."""
    with serving(bolt_app(_SEEN)) as client:
        yield client


def test_a_command_is_answered(http: httpx.Client, seen: list[Any]) -> None:
    body = command("help")
    answer = http.post(PATH, content=body, headers=signed(body))
    assert (answer.status_code, answer.text) == (200, "heard help")


def test_a_command_may_say_payload(http: httpx.Client, seen: list[Any]) -> None:
    """Bolt alone reads such a body as empty, and answers 404."""
    body = command("payload limits")
    assert http.post(PATH, content=body, headers=signed(body)).status_code == 200
    assert seen == ["payload limits"]


def test_an_event_and_a_press_arrive(http: httpx.Client, seen: list[Any]) -> None:
    body = event()
    assert http.post(PATH, content=body, headers=signed(body, content_type=JSON)).is_success
    press = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "actions": [{"action_id": "press", "block_id": "b", "type": "button", "value": "1:1"}],
    }
    form = urlencode({"payload": json.dumps(press)})
    assert http.post(PATH, content=form, headers=signed(form)).is_success
    assert seen == ["Ev1", "press"]


BODY = command("secret words")
TIME, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


@pytest.mark.parametrize(
    ("without", "instead"),
    [
        ((TIME, SIGNATURE), {}),
        ((TIME,), {}),
        ((SIGNATURE,), {}),
        ((), {SIGNATURE: "v0=00"}),
        ((), {SIGNATURE: ""}),
        ((), {SIGNATURE: "v0=\xe9"}),
        ((), signed(BODY, secret="another")),
        ((), signed(BODY, timestamp="1500000000")),
        ((), signed(BODY, timestamp="99999999999")),
        ((), signed(BODY, timestamp="9" * 5000)),
        ((), signed(BODY, timestamp="soon")),
        ((), signed(BODY, timestamp="-1")),
        ((), signed(BODY, timestamp="1_5")),
        ((), signed(BODY, timestamp="1.5")),
    ],
)
def test_what_slack_did_not_sign_just_now_is_turned_away(
    http: httpx.Client,
    seen: list[Any],
    without: tuple[str, ...],
    instead: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    headers = {**signed(BODY), **instead}
    raw = {name: value.encode("latin-1") for name, value in headers.items() if name not in without}
    with structlog.testing.capture_logs() as logged:
        answer = http.post(PATH, content=BODY, headers=raw)
    assert answer.status_code == 401
    assert seen == []
    written = caplog.text + repr(logged) + answer.text
    assert "secret" not in written


def test_a_body_that_was_changed_is_turned_away(http: httpx.Client) -> None:
    assert http.post(PATH, content=BODY + "&x=1", headers=signed(BODY)).status_code == 401


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", FORM),
        ("{", JSON),
        ("[1]", JSON),
        ("null", JSON),
        ("[" * 200_000, JSON),
        ("payload=%7B", FORM),
        ("payload=[]", FORM),
        ("just words", FORM),
        (b"\xff\xfe", FORM),
    ],
)
def test_a_body_of_no_known_shape_is_400(
    http: httpx.Client, body: str | bytes, content_type: str
) -> None:
    headers = signed(body, content_type=content_type)
    assert http.post(PATH, content=body, headers=headers).status_code == 400


def test_too_much_is_413(http: httpx.Client) -> None:
    body = "x=" + "y" * 1_000_000
    assert http.post(PATH, content=body, headers=signed(body)).status_code == 413

    def stream() -> Iterator[bytes]:
        yield from (b"y" * 100_000 for _ in range(11))

    assert http.post(PATH, content=stream(), headers=signed(BODY)).status_code == 413


def test_other_methods_and_paths_are_refused(http: httpx.Client) -> None:
    assert http.get(PATH).status_code == 405
    assert http.put(PATH).status_code == 405
    assert http.post("/elsewhere").status_code == 404


def test_slack_may_look_at_the_certificate(http: httpx.Client, seen: list[Any]) -> None:
    assert http.post(PATH, content="ssl_check=1&token=x").status_code == 200
    assert seen == []


def test_the_address_is_verified_by_its_challenge(http: httpx.Client) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"})
    answer = http.post(PATH, content=body, headers=signed(body, content_type=JSON))
    assert answer.json() == {"challenge": "3eZbrw1a"}
    assert http.post(PATH, content=body).status_code == 401


def test_more_than_can_be_answered_in_time_is_refused(seen: list[Any]) -> None:
    app, let_go = bolt_app(seen), threading.Event()
    arrived = threading.Semaphore(0)

    @app.command("/slow")
    def slow(ack: Any) -> None:
        arrived.release()
        let_go.wait(5)
        ack()

    body = command().replace("seat", "slow")
    statuses: list[int] = []
    with serving(app, workers=1, backlog=1) as client:

        def post() -> None:
            statuses.append(client.post(PATH, content=body, headers=signed(body)).status_code)

        first = threading.Thread(target=post)
        first.start()
        arrived.acquire(timeout=5)
        others = [threading.Thread(target=post) for _ in range(2)]
        for thread in others:
            thread.start()
        # One of the two waits in line, the other is refused at once.
        while not statuses:
            others[0].join(0.01)
        assert statuses == [503]
        let_go.set()
        for thread in (first, *others):
            thread.join(5)
    assert sorted(statuses) == [200, 200, 503]


@pytest.mark.parametrize(
    ("found", "status"), [({"database": True}, 200), ({"database": True, "slack": False}, 503)]
)
def test_health_names_what_is_missing(found: dict[str, bool], status: int) -> None:
    with serving(None, checks=lambda: found) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()) == (status, found)
        assert client.post(PATH).status_code == 404
