"""So slow that another took the lane: that one has the word, and nothing is posted twice."""

from typing import Any

import pytest

from bot.delivery import surfaces
from playground.driver.message import Channel
from tests.delivery.desk import Desk

POST = "chat.postMessage"


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
def test_who_lost_the_lease_stores_nothing(desk: Desk, pricing: Channel) -> None:
    """It was so slow that another took the lane: that one has the word."""
    desk.want("card", pricing.id)
    slow, quick = desk.dispatcher(), desk.dispatcher()
    overtaken = []

    def overtake(kind: str) -> None:
        if not overtaken:
            overtaken.append(True)
            desk.hand.advance(31)
            quick.drain()

    desk.on_draw = overtake
    slow.drain()
    assert desk.calls(POST) == 1
    assert [m.text for m in pricing.messages] == ["card"]
    assert desk.rows() == []


def test_who_lost_the_lease_while_opening_a_private_channel_posts_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Suspended between the two calls for longer than a lease (the campaign's seed 3120)."""
    ana = desk.slack.add_person("Ana Lima", tz="Europe/Lisbon")
    desk.want("seat", person_id=ana.id)
    slow, quick = desk.dispatcher(), desk.dispatcher()
    keep = surfaces._keep_private_channel

    def overtake(*args: Any) -> None:
        monkeypatch.undo()
        desk.hand.advance(31)
        quick.drain()
        keep(*args)

    monkeypatch.setattr(surfaces, "_keep_private_channel", overtake)
    slow.drain()
    assert desk.calls(POST) == 1
    assert [m.text for m in ana.dm.messages] == ["seat"]
    assert desk.rows() == []
