"""A message that waits to be posted becomes a newer one, at whatever moment: posted once."""

import pytest

from db.outbox import rename_unsent
from playground.driver.message import Channel
from tests.delivery.desk import Desk
from tests.delivery.test_refusals import add_review, add_seat

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@BOTH
def test_a_post_renamed_while_it_was_drawn_is_found_by_its_new_name(
    desk: Desk, pricing: Channel
) -> None:
    """A new version was given between drawing and sending: one post, and its key is the new one."""
    kim = desk.slack.add_person("Kim Wu")
    review_id = add_review(desk, pricing, add_seat(desk, pricing, kim.id), kim.id)
    desk.want("card", pricing.id, "say_back:1", review_id=review_id)
    renames = ["say_back:2"]

    def rename(_kind: str) -> None:
        if renames:
            key, which = renames.pop(), {"review_id": review_id, "kind": "card"}
            desk.do(lambda s: rename_unsent(s, key=key, **which))

    desk.on_draw = rename
    desk.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    sender = desk.dispatcher()
    for _ in range(4):
        sender.drain()
        desk.hand.advance(60)
    (message,) = pricing.messages
    assert message.metadata is not None
    assert message.metadata["event_payload"]["key"] == "say_back:2"
    assert desk.surface("say_back:2").ts == message.ts
    assert desk.rows() == []


def test_a_post_that_is_on_its_way_keeps_its_name(desk: Desk, pricing: Channel) -> None:
    kim = desk.slack.add_person("Kim Wu")
    review_id = add_review(desk, pricing, add_seat(desk, pricing, kim.id), kim.id)
    desk.want("card", pricing.id, "say_back:1", review_id=review_id)
    desk.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    sender = desk.dispatcher()
    sender.drain()
    desk.do(lambda s: rename_unsent(s, key="say_back:2", review_id=review_id, kind="card"))
    for _ in range(3):
        desk.hand.advance(60)
        sender.drain()
    assert desk.surface("say_back:1").ts == pricing.messages[0].ts
    assert len(pricing.messages) == 1
