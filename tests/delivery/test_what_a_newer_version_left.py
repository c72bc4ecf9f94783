"""Rows that a newer version queued: left to it for an hour, then out of the way, and kept."""

import pytest

from db.tables import OutboxRow
from playground.driver.message import Channel
from tests.delivery.desk import Desk


def test_a_kind_from_a_newer_version_is_left_to_it(desk: Desk, pricing: Channel) -> None:
    desk.want("postcard", pricing.id)
    sender = desk.dispatcher()
    assert sender.drain() == 1
    assert sender.drain() == 0
    assert desk.rows()[0].error == "unknown_kind"
    assert not pricing.messages


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
def test_what_a_newer_version_left_holds_up_the_lane_for_an_hour_at_most(
    desk: Desk, pricing: Channel
) -> None:
    sender = desk.dispatcher()
    desk.want("postcard", pricing.id)
    desk.want("card", pricing.id)
    for _ in range(3):
        sender.sweep()
        sender.drain()
        desk.hand.advance(1199)
    assert not pricing.messages, "those behind it wait for the newer version too"
    desk.hand.advance(10)
    sender.sweep()
    sender.drain()
    assert [m.text for m in pricing.messages] == ["card"]
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "unknown_kind")]
    desk.hand.advance(3600)
    sender.sweep()
    assert [r.state for r in desk.rows()] == ["parked"], "it is still not ours"
    newer = desk.dispatcher(more_kinds=("postcard",))
    newer.sweep()
    newer.drain()
    assert [m.text for m in pricing.messages] == ["card", "postcard"]
    assert desk.rows() == []


def test_a_row_of_a_kind_nobody_here_sends_is_passed_over_after_an_hour_too(
    desk: Desk, pricing: Channel
) -> None:
    desk.want("card", pricing.id)
    (row,) = desk.rows()
    desk.do(lambda s: s.add(OutboxRow(id=0, workspace_id=desk.t, lane=row.lane, kind="badge",
                                      created_at=desk.clock.now())))  # fmt: skip
    sender = desk.dispatcher()
    for passed, messages in ((3599, []), (2, ["card"])):
        desk.hand.advance(passed)
        sender.sweep()
        sender.drain()
        assert [m.text for m in pricing.messages] == messages


def test_what_waits_is_the_newer_versions_to_send(desk: Desk) -> None:
    """It runs, and sends it as soon as it may."""
    outside = desk.slack.add_channel("outside")
    sender, newer = desk.dispatcher(), desk.dispatcher(more_kinds=("postcard",))
    desk.want("postcard", outside.id)
    newer.drain()
    assert [r.error for r in desk.rows()] == ["not_in_channel"]
    desk.hand.advance(3601)
    newer.drain()
    desk.hand.advance(1000)
    sender.sweep()
    assert [r.state for r in desk.rows()] == ["pending"]
    desk.hand.advance(3600)
    sender.sweep()
    assert [r.state for r in desk.rows()] == ["parked"], "it did not, for as long as it might"
