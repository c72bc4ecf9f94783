"""A post in doubt among so many messages that looking for it takes several pages."""

import pytest

from playground.driver.message import Channel
from tests.delivery.desk import Desk
from tests.delivery.in_doubt import POST, settle


def test_looking_goes_through_every_page(
    desk: Desk, pricing: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.doubt.PAGE", 2)
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    for number in range(7):
        desk.hand.advance(1)
        ana.post(pricing, f"talk {number}")
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_look_that_is_throttled_goes_on_where_it_was(
    desk: Desk, pricing: Channel, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """One page a minute: begun anew each time, it would never come to its end."""
    monkeypatch.setattr("bot.delivery.doubt.PAGE", 2)
    desk.slack.limiter.commercial = True
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    desk.slack.faults.add(fault, method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    for number in range(7):
        desk.hand.advance(1)
        ana.post(pricing, f"talk {number}")
    for _ in range(20):
        desk.hand.advance(61)
        sender.drain()
    assert len([m for m in pricing.messages if m.by_bot]) == 1
    assert desk.surface("card").ts
    assert desk.rows() == []


def test_a_look_whose_place_is_lost_begins_anew(
    desk: Desk, pricing: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.doubt.PAGE", 2)
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    for number in range(4):
        desk.hand.advance(1)
        ana.post(pricing, f"talk {number}")
    look = "conversations.history"
    desk.slack.faults.add("ratelimited", method=look, skip=1, count=1, retry_after=10)
    desk.slack.faults.add("error:invalid_cursor", method=look, skip=2, count=1)
    for _ in range(5):
        desk.hand.advance(61)
        sender.drain()
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts
    assert desk.rows() == []
