"""What Slack says to send later rests as narrowly as can be; the rest goes on."""

from bot.delivery.throttles import Throttles
from db.outbox import queue_reaction
from playground.driver.message import Channel
from tests.delivery.desk import Desk

POST = "chat.postMessage"


def test_a_429_rests_its_method_in_that_channel_and_nothing_else(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    sender = desk.dispatcher()
    desk.want("card", pricing.id, "card:0")
    sender.drain()
    desk.slack.faults.add("ratelimited", method=POST, channel=pricing.id, count=1, retry_after=20)
    desk.want("card", pricing.id, "card:1")
    desk.want("card", support.id, "card:2")
    sender.drain()
    assert (len(pricing.messages), len(support.messages)) == (1, 1)
    desk.hand.advance(19)
    desk.want("card", support.id, "card:3")
    desk.want("card", pricing.id, "card:4")
    sender.drain()
    assert (len(pricing.messages), len(support.messages)) == (1, 2)
    desk.hand.advance(1)
    sender.drain()
    assert len(pricing.messages) == 3
    assert [call.status for call in desk.slack.wire.calls(POST)].count(429) == 1


def test_no_other_process_sends_what_slack_has_just_refused(desk: Desk, pricing: Channel) -> None:
    desk.slack.faults.add("ratelimited", method=POST, count=1, retry_after=20)
    desk.want("card", pricing.id)
    desk.dispatcher().drain()
    desk.hand.advance(19)
    desk.dispatcher().drain()
    assert desk.calls(POST) == 1
    desk.hand.advance(1)
    desk.dispatcher().drain()
    assert len(pricing.messages) == 1


def test_a_429_in_two_channels_rests_the_method_in_the_workspace(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    third = desk.slack.add_channel("product", bot_in=True)
    desk.slack.faults.add("ratelimited", method=POST, count=2, retry_after=20)
    for number, channel in enumerate((pricing, support, third)):
        desk.want("card", channel.id, f"card:{number}")
    sender = desk.dispatcher()
    sender.drain()
    assert desk.calls(POST) == 2  # the third was not even tried
    desk.hand.advance(20)
    sender.drain()
    assert [len(c.messages) for c in (pricing, support, third)] == [1, 1, 1]


def test_reactions_throttled_in_one_channel_go_on_in_another(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    sender = desk.dispatcher()
    for channel in (pricing, support):
        desk.want("card", channel.id, channel.id)
    sender.drain()
    desk.slack.faults.add("ratelimited", method="reactions.add", channel=pricing.id, count=1)
    for channel in (pricing, support):
        ts, now = channel.messages[0].ts, desk.clock.now()
        put = {"workspace_id": desk.t, "channel_id": channel.id, "ts": ts, "name": "one"}
        desk.do(lambda s, put=put, now=now: queue_reaction(s, **put, now=now))
    sender.drain()
    assert [list(c.messages[0].reactions) for c in (pricing, support)] == [[], ["one"]]
    desk.hand.advance(1)
    sender.drain()
    assert list(pricing.messages[0].reactions) == ["one"]


def test_a_429_that_does_not_say_how_long_rests_half_a_minute(desk: Desk, pricing: Channel) -> None:
    desk.slack.faults.add("ratelimited", method=POST, count=1, retry_after=None)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.hand.advance(29)
    sender.drain()
    assert not pricing.messages
    desk.hand.advance(1)
    sender.drain()
    assert len(pricing.messages) == 1


def test_posts_in_one_channel_keep_slacks_pace(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    for number in range(5):
        desk.want("card", pricing.id, f"card:{number}")
    desk.want("card", support.id, "card:other")
    sender = desk.dispatcher(throttles=Throttles())
    sender.drain()
    assert (len(pricing.messages), len(support.messages)) == (3, 1)
    for _ in range(2):
        desk.hand.advance(1)
        sender.drain()
    assert len(pricing.messages) == 5
    assert all(call.status == 200 for call in desk.slack.wire.calls(POST))
