"""A post in doubt among so many messages that looking for it takes several pages."""

import pytest

from bot.delivery.dispatcher import Dispatcher
from playground.driver.message import Channel
from tests.delivery.desk import Desk
from tests.delivery.in_doubt import POST, settle


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.doubt.PAGE", 2)


def left_in_doubt(desk: Desk, channel: Channel, fault: str, *, talk: int) -> Dispatcher:
    """A card whose post met `fault`, and so many messages of Ana's after it."""
    ana = desk.slack.add_person("Ana Lima")
    ana.join(channel)
    desk.slack.faults.add(fault, method=POST, count=1)
    desk.want("card", channel.id)
    sender = desk.dispatcher()
    sender.drain()
    for number in range(talk):
        desk.hand.advance(1)
        ana.post(channel, f"talk {number}")
    return sender


def test_looking_goes_through_every_page(desk: Desk, pricing: Channel) -> None:
    sender = left_in_doubt(desk, pricing, "drop_after", talk=7)
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_look_that_is_throttled_goes_on_where_it_was(
    desk: Desk, pricing: Channel, fault: str
) -> None:
    """One page a minute: begun anew each time, it would never come to its end."""
    desk.slack.limiter.commercial = True
    sender = left_in_doubt(desk, pricing, fault, talk=7)
    for _ in range(20):
        desk.hand.advance(61)
        sender.drain()
    assert len([m for m in pricing.messages if m.by_bot]) == 1
    assert desk.surface("card").ts
    assert desk.rows() == []


def test_a_look_whose_place_is_lost_begins_anew(desk: Desk, pricing: Channel) -> None:
    sender = left_in_doubt(desk, pricing, "drop_after", talk=4)
    look = "conversations.history"
    desk.slack.faults.add("ratelimited", method=look, skip=1, count=1, retry_after=10)
    desk.slack.faults.add("error:invalid_cursor", method=look, skip=2, count=1)
    for _ in range(5):
        desk.hand.advance(61)
        sender.drain()
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts
    assert desk.rows() == []
