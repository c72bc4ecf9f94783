"""The head of a thread is deleted in the moment in which something under it has its turn."""

import pytest
from sqlmodel import Session

from db import lanes
from db.lanes import Claimed
from db.outbox import find_surface, want_redraw
from db.tables import OutboxRow
from tests.delivery.desk import Desk


def test_what_belongs_in_a_thread_is_never_posted_beside_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pricing = desk.slack.add_channel("pricing", bot_in=True)
    desk.want("card", pricing.id)
    desk.dispatcher().drain()
    (first,) = pricing.messages
    desk.want("checklist", pricing.id, under="card")
    next_row, left = lanes.next_row, [first]

    def delete_card(session: Session) -> None:
        card = find_surface(session, workspace_id=desk.t, key="card")
        assert card is not None
        card.ts = None
        want_redraw(session, card, now=desk.clock.now())

    def next_row_then_deleted(session: Session, claimed: Claimed, **at: object) -> OutboxRow | None:
        row = next_row(session, claimed, **at)  # type: ignore[arg-type]
        if left:
            left.pop()
            desk.do(delete_card)
        return row

    monkeypatch.setattr(lanes, "next_row", next_row_then_deleted)
    sender = desk.dispatcher()
    sender.drain()
    desk.hand.advance(2)
    sender.drain()
    _, again = pricing.messages
    assert [reply.text for reply in again.replies] == ["checklist"]
    assert desk.rows() == []
