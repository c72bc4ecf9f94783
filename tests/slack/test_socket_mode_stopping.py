"""Socket Mode comes to its end: what was taken is answered, no secret is logged, nothing hangs."""

import threading
import time
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.slack.socket_mode import SocketRunner
from playground import Playground
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.slack.socket_bot import BOTH, Bot


def test_stopping_answers_what_was_taken_and_takes_no_more(
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
    stopping = threading.Thread(target=runner.stop)
    stopping.start()
    let_go.set()
    asking.join(3)
    stopping.join(5)
    assert "heard at last" in str(shown)
    assert runner.connected == 0
    assert not stopping.is_alive()


def test_no_token_and_no_words_are_logged(
    runner: SocketRunner,
    slack: Playground,
    ana: Person,
    pricing: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    ana.command("/customer-seat", "our secret price", pricing)
    slack.sockets.warn()
    slack.wait_until(lambda: slack.connections == BOTH)
    assert "secret price" not in caplog.text
    assert "xapp-" not in caplog.text


def test_hanging_up_just_when_the_reader_closes_ends_everything_all_the_same(
    runner: SocketRunner,
) -> None:
    line = next(line for line in runner._lines if line is not None)
    session = line.current_session
    assert session is not None
    hung_up: list[bool] = []
    with session.sock_send_lock:  # as the reader holds it while it closes
        hanging_up = threading.Thread(target=lambda: hung_up.append(line.hang_up() is None))
        hanging_up.start()
        while not line.closed:
            time.sleep(0.01)
        time.sleep(0.1)  # it has seen the socket, and waits for the lock
        sock, session.sock = session.sock, None
        assert sock is not None
        sock.close()
    hanging_up.join(5)
    assert hung_up == [True]
    assert not line.message_processor.is_alive()
