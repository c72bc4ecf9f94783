from collections.abc import Iterator

import pytest

from db.store import Store
from playground import HandClock, Playground
from playground.driver.message import Channel
from tests.delivery.desk import Desk, open_desk


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test says otherwise: what differs is db's and tested there."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    hand = HandClock()
    with Playground(clock=hand) as slack:
        yield open_desk(slack, hand, store)


@pytest.fixture
def pricing(desk: Desk) -> Channel:
    return desk.slack.add_channel("pricing", bot_in=True)


@pytest.fixture
def support(desk: Desk) -> Channel:
    return desk.slack.add_channel("support", bot_in=True)
