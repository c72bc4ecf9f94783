"""A Slack with a person and a channel, and a bot that is connected to it by Socket Mode."""

from collections.abc import Iterator

import pytest

from bot.slack.socket_mode import SocketRunner
from playground import Durations, Playground
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.slack.socket_bot import BOTH, QUICK, Bot


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(durations=Durations(answer_within=1.5)) as playground:
        yield playground


@pytest.fixture
def ana(slack: Playground) -> Person:
    return slack.add_person("Ana Lima")


@pytest.fixture
def pricing(slack: Playground, ana: Person) -> Channel:
    return slack.add_channel("pricing", members=[ana], bot_in=True)


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def runner(slack: Playground, bot: Bot) -> Iterator[SocketRunner]:
    runner = SocketRunner(
        bot.dispatch, app_token=slack.app_token, base_url=slack.api_url, durations=QUICK
    )
    runner.start()
    slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
    try:
        yield runner
    finally:
        runner.stop()
