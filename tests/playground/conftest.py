from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import HandClock, Playground
from tests.playground.bot_in_a_thread import ListeningBot, build_bolt_app


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Playground]:
    with Playground(clock=clock) as playground:
        yield playground


@pytest.fixture
def impatient(slack: Playground) -> None:
    """For tests in which the bot is too late: it has a tenth of a second."""
    slack.carrier.within = 0.1


@pytest.fixture
def client(slack: Playground) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def place(slack: Playground) -> SimpleNamespace:
    """A few people and channels."""
    sam = slack.add_person("Sam Ortiz", tz="Europe/Madrid")
    ana = slack.add_person("Ana Lima", tz="America/Sao_Paulo")
    gus = slack.add_person("Gus Guest", guest=True)
    eve = slack.add_person("Eve Elsewhere", stranger=True)
    return SimpleNamespace(
        sam=sam,
        ana=ana,
        gus=gus,
        eve=eve,
        pricing=slack.add_channel("pricing", members=[sam, ana], bot_in=True),
        random=slack.add_channel("random", members=[sam, ana]),
        secret=slack.add_channel("secret", members=[sam], private=True, bot_in=True),
        hidden=slack.add_channel("hidden", members=[sam], private=True),
        shared=slack.add_channel("with-eve", members=[sam, eve], shared=True, bot_in=True),
    )


@pytest.fixture
def app(slack: Playground) -> App:
    return build_bolt_app(slack)


@pytest.fixture
def bot(slack: Playground, app: App) -> Iterator[ListeningBot]:
    listening = ListeningBot(app)
    slack.deliver_to(listening.address)
    yield listening
    listening.close()
