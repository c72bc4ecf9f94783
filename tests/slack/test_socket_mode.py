"""Socket Mode over real websockets: answered, never deaf while refreshed, rebuilt when dead."""

import threading
import time
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.slack.socket_mode import SocketDurations, SocketRunner
from playground import Playground
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.slack.socket_bot import BOTH, QUICK, Bot


def test_a_command_is_answered_on_either_connection(
    runner: SocketRunner, ana: Person, pricing: Channel
) -> None:
    for number in range(4):
        shown = ana.command("/customer-seat", f"help {number}", pricing)
        assert f"heard help {number}" in str(shown)


def test_json_is_answered_as_json(
    runner: SocketRunner, slack: Playground, bot: Bot, ana: Person, pricing: Channel
) -> None:
    bot.answer = lambda _: BoltResponse(
        status=200,
        body='{"response_type": "ephemeral", "text": "two lists"}',
        headers={"content-type": ["application/json;charset=utf-8"]},
    )
    ana.command("/customer-seat", "list", pricing)
    [command] = slack.wire.sent("command")
    assert command.answer == {"response_type": "ephemeral", "text": "two lists"}


def test_what_was_not_carried_out_is_not_acknowledged(
    runner: SocketRunner, slack: Playground, bot: Bot
) -> None:
    answers = [BoltResponse(status=500, body=""), BoltResponse(status=200, body="")]
    bot.answer = lambda _: answers.pop(0)
    slack.add_person("Ben Osei", tell=True)
    slack.wait_until(lambda: len(bot.seen) == 2)
    slack.settle()
    assert bot.headers[0] == {}
    assert bot.headers[1]["x-slack-retry-num"] == "1"


def test_a_refresh_leaves_nobody_unheard(
    runner: SocketRunner, slack: Playground, bot: Bot, ana: Person, pricing: Channel
) -> None:
    """Slack warns before it closes: by then the next connection reads already."""
    opened = len(slack.wire.calls("apps.connections.open"))
    slack.sockets.warn()
    for number in range(20):
        began = time.monotonic()
        shown = ana.command("/customer-seat", f"{number}", pricing)
        assert f"heard {number}" in str(shown)
        assert time.monotonic() - began < 1
    slack.wait_until(lambda: len(slack.wire.calls("apps.connections.open")) == opened + BOTH)


def test_after_a_refresh_without_warning_it_reads_at_once(
    runner: SocketRunner, slack: Playground, ana: Person, pricing: Channel
) -> None:
    """The SDK alone begins to read about 3 s late."""
    began = time.monotonic()
    slack.refresh_connections()
    slack.wait_until(lambda: slack.connections == BOTH)
    assert "heard now" in str(ana.command("/customer-seat", "now", pricing))
    assert time.monotonic() - began < 2


def test_a_slow_command_is_answered_though_its_connection_is_replaced(
    runner: SocketRunner, slack: Playground, bot: Bot, ana: Person, pricing: Channel
) -> None:
    arrived, let_go = threading.Event(), threading.Event()

    def slowly(body: dict[str, Any]) -> BoltResponse:
        arrived.set()
        let_go.wait(1)
        return BoltResponse(status=200, body="heard at last")

    bot.answer = slowly
    shown: list[object] = []
    asking = threading.Thread(
        target=lambda: shown.append(ana.command("/customer-seat", "x", pricing))
    )
    asking.start()
    assert arrived.wait(2)
    first = set(runner._lines)
    slack.sockets.warn()
    slack.wait_until(lambda: not first & set(runner._lines))
    let_go.set()
    asking.join(3)
    assert "heard at last" in str(shown)


def test_dead_connections_are_rebuilt(
    runner: SocketRunner, slack: Playground, ana: Person, pricing: Channel
) -> None:
    assert slack.drop_socket_mode() == BOTH
    slack.wait_until(lambda: slack.connections == BOTH)
    assert "heard again" in str(ana.command("/customer-seat", "again", pricing))


def test_connections_that_end_without_a_word_are_replaced_at_once(
    slack: Playground, bot: Bot, ana: Person, pricing: Channel
) -> None:
    """No close frame, as when a balancer goes. The SDK alone reads the end over and over, with all
    of a processor, and takes the connection to be alive until five pings could not be sent."""
    never = SocketDurations(stagger=0, watch=0.02, ping=60, silent=60, first_retry=0.02)
    runner = SocketRunner(
        bot.dispatch, app_token=slack.app_token, base_url=slack.api_url, durations=never
    )
    runner.start()
    try:
        slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
        slack.faults.add("cut_mid_envelope", method="command", count=BOTH)
        for _ in range(BOTH):
            assert ana.command("/customer-seat", "lost", pricing).error
        slack.wait_until(lambda: slack.connections == BOTH)
        assert "heard again" in str(ana.command("/customer-seat", "again", pricing))
    finally:
        runner.stop()


def test_it_says_when_it_may_have_missed_something_and_not_at_each_refresh(
    slack: Playground, bot: Bot
) -> None:
    back: list[int] = []
    runner = SocketRunner(
        bot.dispatch,
        app_token=slack.app_token,
        base_url=slack.api_url,
        durations=QUICK,
        on_back=lambda: back.append(slack.connections),
    )
    runner.start()
    try:
        slack.wait_until(lambda: runner.connected == BOTH and len(back) == 1)
        opened = len(slack.wire.calls("apps.connections.open"))
        slack.sockets.warn()
        slack.wait_until(lambda: len(slack.wire.calls("apps.connections.open")) == opened + BOTH)
        slack.wait_until(lambda: runner.connected == BOTH)
        assert len(back) == 1
        slack.drop_socket_mode()
        slack.wait_until(lambda: len(back) > 1)
    finally:
        runner.stop()


def test_a_connection_that_answers_no_ping_is_rebuilt(
    slack: Playground, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = SocketDurations(stagger=0, watch=0.02, ping=60, silent=0.2, retire=0.1)
    runner = SocketRunner(
        bot.dispatch,
        app_token=slack.app_token,
        base_url=slack.api_url,
        connections=1,
        durations=silent,
    )
    runner.start()
    try:
        slack.wait_until(lambda: len(slack.wire.calls("apps.connections.open")) >= 2)
    finally:
        runner.stop()


def test_it_keeps_trying_while_slack_is_away(slack: Playground, bot: Bot) -> None:
    slack.faults.add("http_503", method="apps.connections.open", count=3)
    runner = SocketRunner(
        bot.dispatch, app_token=slack.app_token, base_url=slack.api_url, durations=QUICK
    )
    runner.start()
    try:
        slack.wait_until(lambda: slack.connections == BOTH)
    finally:
        runner.stop()
