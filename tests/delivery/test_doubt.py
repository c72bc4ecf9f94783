"""Nobody answered: look for the message, twice, before sending again; nothing lost, none twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.delivery.durations import Durations
from bot.slack.resume import resume_from_event
from db.backlog import try_again, unpark
from playground.driver.message import Channel
from tests.delivery.desk import Desk, HandMachine
from tests.delivery.in_doubt import FIRST, NEXT, POST, crash_while_sending, settle
from tests.delivery.test_refusals import add_seat


@dataclass(frozen=True)
class WrongMachine(HandMachine):
    """A machine whose clock is `ahead` of Slack's."""

    ahead: timedelta

    def now(self) -> datetime:
        return super().now() + self.ahead


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


@pytest.mark.parametrize("how", ["all of them", "that row"])
def test_a_parked_doubt_that_is_wanted_anew_is_still_looked_for(
    desk: Desk, pricing: Channel, how: str
) -> None:
    """The newer row knows nothing of it, and would post."""
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.team.scopes.remove("channels:history")
    settle(desk, sender)
    (doubt,) = desk.rows()
    desk.slack.team.scopes.append("channels:history")
    desk.words["card"] = "newer"
    desk.again("card")
    if how == "all of them":
        desk.do(lambda s: unpark(s, workspace_id=desk.t))
    else:
        desk.do(lambda s: try_again(s, doubt.id or 0, now=desk.clock.machine()))
    settle(desk, sender)
    assert desk.calls(POST) == 1
    assert [m.text for m in pricing.messages] == ["newer"]
    assert desk.rows() == []


def test_taken_out_with_a_post_in_doubt_the_keeper_is_told_and_an_invitation_ends_the_wait(
    desk: Desk, pricing: Channel
) -> None:
    kim = desk.slack.add_person("Kim Wu")
    kim.join(pricing)
    add_seat(desk, pricing, kim.id)
    desk.slack.faults.add("drop_after", method=POST, count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    pricing.remove_bot()
    settle(desk, sender)
    assert [m.text for m in kim.dm.messages] == ["parked_for_keeper not_in_channel"]
    kim.invite_bot(pricing)
    joined = {
        "type": "member_joined_channel",
        "channel": pricing.id,
        "user": desk.slack.team.bot_user,
    }
    desk.do(lambda s: resume_from_event(s, desk.t, joined, now=desk.clock.now()))
    sender.drain()
    assert desk.surface("card").ts == pricing.messages[0].ts
    assert desk.calls(POST) == 2  # the card's, and the keeper's


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
