"""A reply whose thread is gone. Slack posts it at the channel's root and says ok: only the answer
that names no thread shows it (slackapi/python-slack-sdk issue 840). It is deleted at once.
"""

from typing import Any

from bot.answers import Meaning
from bot.delivery.calls import Answer
from bot.delivery.deleted import find_new_head
from bot.delivery.desk import Desk, log
from bot.slack.fields import at, text_at
from db.lanes import Claimed
from db.tables import OutboxRow, Surface

DELETE = "chat.delete"
GONE = "thread_not_found"


def is_stray(posted: dict[str, Any], thread_ts: str | None) -> bool:
    """`posted`: Slack's answer to a post that was meant for `thread_ts`."""
    message = at(posted, "message")
    return thread_ts is not None and bool(message) and not text_at(message, "thread_ts")


def take_back(desk: Desk, claimed: Claimed, channel: str, ts: str) -> Answer:
    """SENT: it stands there no more, or Slack will never let us delete it; then it stays."""
    log.info("delivery.stray", workspace=claimed.workspace_id, lane=claimed.lane)
    desk.extend(claimed)  # whoever has the lane by now finds it and does the same
    if desk.may_call(claimed, DELETE, channel=channel):
        return Answer(Meaning.NOT_NOW, "not_sent")
    answer = desk.call(claimed.workspace_id, lambda c: c.chat_delete(channel=channel, ts=ts))
    if answer.meaning is Meaning.HOPELESS:
        log.warning("delivery.stray_stays", lane=claimed.lane, error=answer.error)
    if answer.meaning in (Meaning.SENT, Meaning.MOOT, Meaning.HOPELESS):
        return Answer(Meaning.SENT)
    return answer


def post_under_new_head(
    desk: Desk, claimed: Claimed, row: OutboxRow, surface: Surface, channel: str, head: str | None
) -> bool:
    """It stands nowhere, and its thread is gone: it goes under the new card, or nowhere."""
    if not find_new_head(desk, claimed, row, surface, channel=channel, head=head):
        desk.park(claimed, row, GONE)
    return True
