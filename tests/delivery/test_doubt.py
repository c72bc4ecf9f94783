"""Nobody answered: look for the message, twice, before sending again; nothing lost, none twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery import surfaces
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.durations import Durations
from db import lanes
from db.backlog import unpark
from db.outbox import queue_whisper
from playground.driver.message import Channel
from tests.delivery.desk import Desk, HandMachine

POST = "chat.postMessage"
FIRST, NEXT = 60, 30


@dataclass(frozen=True)
class WrongMachine(HandMachine):
    """A machine whose clock is `ahead` of Slack's."""

    ahead: timedelta

    def now(self) -> datetime:
        return super().now() + self.ahead


def settle(desk: Desk, sender: Dispatcher) -> None:
    """Both looks, and what follows from them."""
    for seconds in (0, FIRST, NEXT, 1):
        desk.hand.advance(seconds)
        sender.drain()


@pytest.mark.parametrize("fault", ["drop_after", "truncated_json"])
def test_a_post_that_arrived_unanswered_is_found(desk: Desk, pricing: Channel, fault: str) -> None:
    desk.slack.faults.add(fault, method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    assert desk.surface("card").ts is None
    desk.words["card"] = "newer"
    desk.again("card")
    settle(desk, sender)
    assert [m.text for m in pricing.messages] == ["newer"]
    assert desk.calls(POST) == 1
    assert desk.rows() == []


def test_a_post_whose_answer_came_too_late_is_found(desk: Desk, pricing: Channel) -> None:
    desk.slack.faults.add("slow", method=POST, count=1, seconds=1.3)
    desk.want("card", pricing.id)
    sender = desk.dispatcher(durations=Durations(request=1))
    sender.drain()
    assert desk.rows()[0].error == "no_answer"
    desk.slack.wait_until(lambda: pricing.messages)
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts


@pytest.mark.parametrize("hours", [-1, 1], ids=["behind", "ahead"])
def test_a_post_is_found_also_when_our_clock_is_an_hour_wrong(
    desk: Desk, pricing: Channel, hours: int
) -> None:
    desk.clock = WrongMachine(desk.hand, timedelta(hours=hours))
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts


@pytest.mark.parametrize("fault", ["drop_before", "http_500", "error:internal_error"])
def test_a_post_that_did_not_arrive_is_sent_after_two_looks(
    desk: Desk, pricing: Channel, fault: str
) -> None:
    desk.slack.faults.add(fault, method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.hand.advance(FIRST - 1)
    sender.drain()
    assert desk.calls("conversations.history") == 0
    desk.hand.advance(1)
    sender.drain()
    assert (desk.calls("conversations.history"), desk.calls(POST)) == (1, 1)
    desk.hand.advance(NEXT)
    sender.drain()
    assert (desk.calls("conversations.history"), desk.calls(POST)) == (2, 2)
    assert [m.text for m in pricing.messages] == ["card"]
    assert desk.rows() == []


def test_a_reply_in_doubt_is_looked_for_in_its_thread(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("checklist", pricing.id, under="card")
    settle(desk, sender)
    assert desk.calls("conversations.replies") == 1
    assert len(pricing.messages[0].replies) == 1
    assert desk.surface("checklist").ts == pricing.messages[0].replies[0].ts


def test_a_private_message_in_doubt_is_looked_for_where_it_went(desk: Desk) -> None:
    ana = desk.slack.add_person("Ana Lima")
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("seat", person_id=ana.id)
    settle(desk, desk.dispatcher())
    assert len(ana.dm.messages) == 1
    assert desk.surface("seat").ts == ana.dm.messages[0].ts


def test_a_crash_between_noting_and_sending_is_a_doubt_too(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    crash_while_sending(desk)
    sender = desk.dispatcher()
    sender.drain()
    assert desk.calls(POST) == 0
    desk.hand.advance(31)
    sender.drain()
    assert desk.calls(POST) == 0
    settle(desk, sender)
    assert [m.text for m in pricing.messages] == ["card"]


def crash_while_sending(desk: Desk) -> lanes.Claimed:
    """Another process leased the lane, noted that it sends, and was never seen again."""
    now, lease = desk.clock.machine(), timedelta(seconds=desk.durations.lease)
    claimed = desk.do(
        lambda s: lanes.claim_lane(s, now=now, lease=lease, kinds={"surface", "whisper"})
    )
    row = desk.store.read(lambda s: lanes.next_row(s, claimed, now=now))
    desk.do(lambda s: lanes.start_sending(s, row, claimed, now=now))
    return claimed  # type: ignore[no-any-return]


def test_someone_else_writing_our_key_is_not_taken_for_us(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    crash_while_sending(desk)
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    forged = ana.post(pricing, "card")
    forged.record.metadata = {
        "event_type": "customer_seat",
        "event_payload": {"key": "card", "review": 0},
    }
    sender = desk.dispatcher()
    desk.hand.advance(31)
    settle(desk, sender)
    assert desk.surface("card").ts not in (None, forged.ts)


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


def test_where_looking_is_impossible_the_row_is_parked(desk: Desk, pricing: Channel) -> None:
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.team.scopes.remove("channels:history")
    settle(desk, sender)
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "in_doubt:missing_scope")]
    assert desk.calls(POST) == 1


def test_what_is_parked_in_doubt_is_posted_by_nobody_until_looked_for(
    desk: Desk, pricing: Channel
) -> None:
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.team.scopes.remove("channels:history")
    settle(desk, sender)
    for _ in range(3):
        desk.again("card")
        settle(desk, sender)
    assert desk.calls(POST) == 1
    assert {r.error for r in desk.rows()} == {"in_doubt:missing_scope"}
    assert len(desk.rows()) == 2
    desk.slack.team.scopes.append("channels:history")
    desk.do(lambda s: unpark(s, workspace_id=desk.t))
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts
    assert desk.rows() == []


def test_a_look_that_failed_does_not_count(desk: Desk, pricing: Channel) -> None:
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.slack.faults.add("http_500", method="conversations.history", count=3)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    for seconds in (0, FIRST, NEXT, NEXT, NEXT):
        desk.hand.advance(seconds)
        sender.drain()
    assert desk.calls(POST) == 1
    assert desk.surface("card").ts == pricing.messages[0].ts


def test_an_update_without_an_answer_is_simply_repeated(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.faults.add("drop_before", method="chat.update", count=2)
    desk.words["card"] = "newer"
    desk.again("card")
    for seconds in (0, 1, 2):
        desk.hand.advance(seconds)
        sender.drain()
    assert pricing.messages[0].text == "newer"


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
