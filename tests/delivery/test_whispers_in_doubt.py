"""A private line that nobody answered for: it cannot be looked for, and comes at most once."""

import pytest

from db.outbox import queue_whisper
from playground.driver.message import Channel
from tests.delivery.desk import Desk
from tests.delivery.in_doubt import crash_while_sending, settle


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "http_500"])
def test_a_whisper_in_doubt_is_never_repeated(desk: Desk, pricing: Channel, fault: str) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    desk.slack.faults.add(fault, method="chat.postEphemeral", count=1)
    queue_thin(desk, pricing, ana.id)
    sender = desk.dispatcher()
    settle(desk, sender)
    assert desk.calls("chat.postEphemeral") == 1
    assert desk.rows() == []


def test_a_whisper_noted_before_a_crash_is_left_at_that(desk: Desk, pricing: Channel) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    queue_thin(desk, pricing, ana.id)
    crash_while_sending(desk)
    desk.hand.advance(31)
    desk.dispatcher().drain()
    assert desk.calls("chat.postEphemeral") == 0
    assert desk.rows() == []


def test_a_throttled_whisper_is_sent_later(desk: Desk, pricing: Channel) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    desk.slack.faults.add("ratelimited", method="chat.postEphemeral", count=1, retry_after=5)
    queue_thin(desk, pricing, ana.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.hand.advance(5)
    sender.drain()
    assert len(ana.ephemerals(pricing)) == 1


def queue_thin(desk: Desk, channel: Channel, person: str) -> None:
    desk.do(
        lambda s: queue_whisper(
            s,
            workspace_id=desk.t,
            channel_id=channel.id,
            person_id=person,
            thread_ts=None,
            template="thin",
            args={"n": 1},
            now=desk.clock.now(),
        )
    )
