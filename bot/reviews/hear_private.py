"""A reply under a private message of ours: one line that says where to answer."""

from sqlmodel import select

from bot.reviews.deed import Deed
from db.outbox import queue_whisper
from db.tables import Surface


def hear_private(deed: Deed, channel_id: str, thread_ts: str) -> None:
    surface = deed.session.exec(
        select(Surface).where(
            Surface.workspace_id == deed.workspace_id,
            Surface.person_id == deed.user,
            Surface.ts == thread_ts,
        )
    ).first()
    if surface is None or surface.review_id is None:
        return
    queue_whisper(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=channel_id,
        person_id=deed.user,
        thread_ts=thread_ts,
        template="dm_reply",
        args={"review_id": surface.review_id},
        now=deed.now,
    )
