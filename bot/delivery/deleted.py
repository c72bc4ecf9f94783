"""What Slack no longer has. An update says only that it cannot be done: before anything is posted
anew we look whether the message is gone, and whether the thread under it is.
"""

from sqlmodel import Session

from bot.answers import Meaning
from bot.delivery.desk import Desk
from bot.delivery.orders import Order
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.reviews.notice_deletion import COMES_BACK, notice_deletion
from bot.slack.fields import dicts_at, text_at
from db import lanes
from db.lanes import Claimed
from db.tables import OutboxRow, Surface

UPDATE_FAILED = frozenset({"message_not_found", "cant_update_message"})
NO_THREAD = frozenset({"thread_not_found", "message_not_found"})
LOOK = "conversations.replies"


def look_whether_deleted(desk: Desk, claimed: Claimed, row: OutboxRow, order: Order) -> bool:
    """It could not be updated. True: the lane's next row may go."""
    surface, ts = order.surface, order.surface.ts or ""
    if surface.kind not in COMES_BACK:
        desk.drop(claimed, row)
        return True
    if later := desk.may_call(claimed, LOOK):
        desk.hold(claimed, later)
        return False
    answer = desk.call(
        claimed.workspace_id,
        lambda c: c.conversations_replies(
            channel=order.channel,
            ts=order.thread_ts or ts,
            oldest=ts,
            latest=ts,
            inclusive=True,
            limit=2,  # the head of the thread comes with it, and may count
        ),
    )
    if answer.meaning is not Meaning.SENT and answer.error not in NO_THREAD:
        return desk.refused(claimed, row, answer, method=LOOK)
    messages = dicts_at(answer.data, "messages")
    if any(text_at(m, "ts") == ts and text_at(m, "subtype") != "tombstone" for m in messages):
        desk.drop(claimed, row)  # it stands, and is not ours to change
        return True
    gone = [(ts, bool(messages))]
    if order.thread_ts is not None and answer.error in NO_THREAD:
        gone.insert(0, (order.thread_ts, False))
    now, machine = desk.clock.now(), desk.clock.machine()

    def deed(session: Session) -> None:
        act = Deed(session, now, claimed.workspace_id, BOT)
        for what, goes_on in gone:
            notice_deletion(act, channel_id=order.channel, ts=what, thread_goes_on=goes_on)
        current = session.get_one(Surface, surface.id, populate_existing=True)
        if current.ts is None:  # it is posted anew
            lanes.retry_later(session, row, claimed, not_before=machine, error="")
        else:
            lanes.done(session, row, claimed, now=machine)
        redraw_changed(act)

    desk.store.transact(deed)
    return True


def find_new_head(
    desk: Desk,
    claimed: Claimed,
    row: OutboxRow,
    surface: Surface,
    *,
    channel: str,
    head: str | None,
) -> bool:
    """There is no thread at `head`: the card it belongs under is gone. Whether there will be
    another; the row is then sent afresh."""
    if head is None or surface.under_id is None:
        return False
    now, machine = desk.clock.now(), desk.clock.machine()

    def deed(session: Session) -> bool:
        act = Deed(session, now, claimed.workspace_id, BOT)
        notice_deletion(act, channel_id=channel, ts=head, thread_goes_on=False)
        card = session.get_one(Surface, surface.under_id, populate_existing=True)
        if card.head == head:
            return False
        lanes.retry_later(session, row, claimed, not_before=machine, error="")
        redraw_changed(act)
        return True

    return desk.store.transact(deed)
