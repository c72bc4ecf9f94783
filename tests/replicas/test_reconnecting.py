"""While no websocket holds, Slack gives events up and tells nobody: they are read afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from db.tables import ReviewRow
from playground.driver.message import Message
from tests.databases import fresh_sqlite_url
from tests.replicas.places import Size
from tests.replicas.processes import Nursery
from tests.replicas.town import Town, open_town

TRIED_AGAIN = (0.0,)
"""Once, at once; then Slack gives an event up."""
CHANGE: dict[str, Any] = {
    "kind": "pricing",
    "title": "Plan",
    "told_to_her": "You pay more.",
    "why": "Hosting.",
}


@pytest.fixture
def town(nursery: Nursery, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr("tests.replicas.town.FAST_RETRIES", TRIED_AGAIN)
    url = fresh_sqlite_url(folder)
    with open_town(nursery, url, folder=folder, size=Size(), socket_mode=True, fast=True) as town:
        town.await_serving(town.add_bot())
        town.settle_in()
        town.settle()
        yield town


def proposed(town: Town) -> Message:
    place = town.places[0]
    sam = place.proposers[0]
    sam.command("/propose-change", "", place.channel)
    assert sam.submit(decider=place.keeper, **CHANGE) == {}
    town.settle()
    (card,) = [m for m in place.channel.from_bot if "Plan" in m.text]
    return card


def test_what_slack_gave_up_while_both_websockets_were_down_is_heard(town: Town) -> None:
    card, slack = proposed(town), town.slack
    advocate = town.eye.read(lambda s: s.exec(select(ReviewRow.advocate)).one())
    (ana,) = [person for person in town.places[0].roster if person.id == advocate]
    slack.wait_until(lambda: slack.connections == 2, timeout=10)
    away = slack.faults.add("error", method="apps.connections.open")
    assert slack.drop_socket_mode() == 2
    slack.wait_until(lambda: slack.connections == 0)

    answer = ana.reply(card, "1. On the June invoice")
    slack.wait_until(lambda: town.dropped())
    assert [dropped["event"]["ts"] for dropped in town.dropped()] == [answer.ts]
    assert not slack.waiting_deliveries
    assert answer.reactions == {}

    slack.faults.remove(away)
    slack.wait_until(lambda: list(answer.reactions) == ["one"], timeout=15)
    town.settle()
    assert "1 of 7" in card.all_text()
    assert [bot.code for bot in town.bots] == [None], "it is the process of before"
