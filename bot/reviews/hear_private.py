"""Something typed to us in private: one line that says where to answer."""

from sqlmodel import col, select

from bot.reviews.deed import Deed
from db.outbox import queue_whisper
from db.tables import ReviewRow, Surface
from seat.facts import State


def hear_private(deed: Deed, channel_id: str, thread_ts: str | None) -> None:
    """Under one of our messages: the review it is about. Else: the one that waits for answers.

    Where there is neither, nothing was asked of this person, and nothing is said.
    """
    review_id = _under(deed, thread_ts) if thread_ts else _waiting(deed)
    if review_id is None:
        return
    queue_whisper(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=channel_id,
        person_id=deed.user,
        thread_ts=thread_ts,
        template="dm_reply",
        args={"review_id": review_id},
        now=deed.now,
    )


def _under(deed: Deed, thread_ts: str) -> int | None:
    return deed.session.exec(
        select(Surface.review_id).where(
            Surface.workspace_id == deed.workspace_id,
            Surface.person_id == deed.user,
            Surface.ts == thread_ts,
        )
    ).first()


def _waiting(deed: Deed) -> int | None:
    """The newest of the reviews in which this person has the seat."""
    return deed.session.exec(
        select(ReviewRow.id)
        .where(
            ReviewRow.workspace_id == deed.workspace_id,
            ReviewRow.advocate == deed.user,
            ReviewRow.state == State.OPEN,
        )
        .order_by(col(ReviewRow.opened_at).desc())
    ).first()
