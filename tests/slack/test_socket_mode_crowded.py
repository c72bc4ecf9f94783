"""Socket Mode gives an app ten connections: who finds them taken waits, longer each time."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import websockets.sync.client
from slack_sdk import WebClient

from bot.slack.patience import Patience
from bot.slack.socket_mode import SocketRunner
from playground import Playground
from playground.delivery.sockets import MOST_CONNECTIONS
from tests.slack.socket_bot import BOTH, QUICK, Bot


@contextmanager
def others(slack: Playground, many: int) -> Iterator[ExitStack]:
    """Connections of this app's that somebody else has; closed when the stack is."""
    client = WebClient(base_url=slack.api_url)
    with ExitStack() as stack:
        for _ in range(many):
            url = client.apps_connections_open(app_token=slack.app_token)["url"]
            stack.enter_context(websockets.sync.client.connect(url)).recv()
        yield stack


@contextmanager
def running(slack: Playground, bot: Bot, crowded: list[float]) -> Iterator[SocketRunner]:
    runner = SocketRunner(
        bot.dispatch,
        app_token=slack.app_token,
        base_url=slack.api_url,
        durations=QUICK,
        on_crowded=lambda: crowded.append(time.monotonic()),
    )
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def test_who_finds_no_room_waits_longer_each_time_and_takes_the_first_that_comes(
    slack: Playground, bot: Bot
) -> None:
    crowded: list[float] = []
    with others(slack, MOST_CONNECTIONS) as taken, running(slack, bot, crowded) as runner:
        slack.wait_until(lambda: len(crowded) >= 3 * BOTH, timeout=20)  # a try takes a second
        # Three refusals of each cannot come sooner than half of 0.1 and of 0.2 s.
        assert crowded[3 * BOTH - 1] - crowded[0] > 0.15
        assert not runner.is_connected()
        assert len(slack.wire.calls("apps.connections.open")) < MOST_CONNECTIONS + 5 * BOTH
        taken.close()
        slack.wait_until(lambda: runner.connected == BOTH)
    refused = [m for m in slack.wire.sent("socket") if m.request.get("reason")]
    assert {m.request["reason"] for m in refused} == {"too_many_websockets"}


def test_asked_to_refresh_where_there_is_no_room_the_old_one_serves_until_it_is_closed(
    slack: Playground, bot: Bot
) -> None:
    crowded: list[float] = []
    with running(slack, bot, crowded) as runner:
        slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
        with others(slack, MOST_CONNECTIONS - BOTH):
            slack.sockets.warn()
            slack.wait_until(lambda: len(crowded) >= BOTH)
            assert runner.connected == BOTH
        slack.wait_until(lambda: slack.connections == 2 * BOTH)  # the new ones, beside the old


def test_a_connection_that_is_taken_back_is_not_asked_for_again_at_once(
    slack: Playground, bot: Bot
) -> None:
    """Two programs with one app's token would take them from each other without an end."""
    crowded: list[float] = []
    back = threading.Event()
    with running(slack, bot, crowded) as runner:
        slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
        runner._on_back = back.set
        opened = len(slack.wire.calls("apps.connections.open"))
        slack.refresh_connections("too_many_websockets")
        slack.wait_until(lambda: len(crowded) == BOTH)
        assert len(slack.wire.calls("apps.connections.open")) == opened
        slack.wait_until(lambda: runner.connected == BOTH)
        assert back.wait(2)  # meanwhile nobody may have heard Slack


def test_patience_grows_to_its_limit_and_begins_anew() -> None:
    patience = Patience(1.0, 5.0)
    waits = [patience.next() for _ in range(5)]
    for wait, most in zip(waits, (1.0, 2.0, 4.0, 5.0, 5.0), strict=True):
        assert most / 2 <= wait <= most
    patience.calm()
    assert patience.next() <= 1.0


@pytest.mark.parametrize("first", [1.0, 5.0])
def test_two_processes_are_not_patient_in_step(first: float) -> None:
    assert len({Patience(first, 30.0).next() for _ in range(20)}) > 10
