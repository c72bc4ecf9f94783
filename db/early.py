"""Replies that overtook their card: an advocate's words in a thread that may be ours.

A post whose answer was lost stands in Slack, and people answer under it, while we do not know its
ts. Their replies wait here until the dispatcher stores it, for an hour at most.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from db.catch_up import EARLY
from db.chunks import chunks
from db.due import set_due
from db.tables import EarlyMessage, ReviewRow, Surface, Workspace

WRONG = timedelta(hours=2)
"""By how much our clock may be put back meanwhile: as far from it as posts are looked for."""


def may_be_ours(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    thread_ts: str,
    by: str,
    head_by: str,
) -> bool:
    """Whether `by` has the seat in a review whose card may be the head of this unknown thread.

    `head_by` wrote that head, as far as Slack says. The cards in question are locked, so that the
    ts of none is stored while a reply is being kept: it would wait for nothing.
    """
    cards = _unsent_cards(session, workspace_id, channel_id, by)
    if not cards or _is_known(session, workspace_id, channel_id, thread_ts):
        return False
    workspace = session.get(Workspace, workspace_id)
    if head_by and workspace is not None and head_by != workspace.bot_user_id:
        return False
    locked = [
        card
        for ids in chunks(sorted(cards))
        for card in session.exec(
            select(Surface)
            .where(col(Surface.id).in_(ids))
            .order_by(col(Surface.id))
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    ]
    return any(card.ts is None for card in locked) and thread_ts not in {c.ts for c in locked}


def keep(session: Session, message: EarlyMessage) -> None:
    """The newest version of each; a deletion wins."""
    key = (message.workspace_id, message.channel_id, message.ts)
    known = session.get(EarlyMessage, key, populate_existing=True)
    if known is None:
        session.add(message)
    elif message.deleted or (not known.deleted and _order(message) > _order(known)):
        known.version, known.deleted = message.version, message.deleted
        known.text, known.blocks = message.text, message.blocks
        known.has_files = message.has_files
        session.add(known)


def look_again(session: Session, surface: Surface, *, ts: str, now: datetime) -> None:
    """The ts of a message became known, in this transaction: who replied to it is heard now."""
    if surface.kind != "card" or surface.review_id is None:
        return
    waits = exists().where(
        col(EarlyMessage.workspace_id) == surface.workspace_id,
        col(EarlyMessage.channel_id) == surface.channel_id,
        col(EarlyMessage.thread_ts) == ts,
    )
    if session.execute(select(waits)).scalar_one():
        set_due(
            session,
            workspace_id=surface.workspace_id,
            kind=EARLY,
            key=f"{EARLY}:{surface.review_id}:{ts}",
            due_at=now - WRONG,  # at the next tick, whatever becomes of our clock
            review_id=surface.review_id,
            args={"thread_ts": ts},
        )


def take_early(
    session: Session, *, workspace_id: str, channel_id: str, thread_ts: str
) -> list[EarlyMessage]:
    """What was kept of this thread, in the order it was written; it is kept no longer."""
    rows = session.exec(
        select(EarlyMessage).where(
            EarlyMessage.workspace_id == workspace_id,
            EarlyMessage.channel_id == channel_id,
            EarlyMessage.thread_ts == thread_ts,
        )
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return sorted(rows, key=lambda row: tuple(map(int, row.ts.split("."))))


def _unsent_cards(session: Session, workspace_id: str, channel_id: str, by: str) -> list[int]:
    found = session.exec(
        select(Surface.id)
        .join(ReviewRow, col(ReviewRow.id) == col(Surface.review_id))
        .where(
            Surface.workspace_id == workspace_id,
            Surface.channel_id == channel_id,
            Surface.kind == "card",
            col(Surface.ts).is_(None),
            ReviewRow.advocate == by,
        )
    ).all()
    return [card for card in found if card is not None]


def _is_known(session: Session, workspace_id: str, channel_id: str, thread_ts: str) -> bool:
    known = select(Surface.id).where(
        Surface.workspace_id == workspace_id,
        Surface.channel_id == channel_id,
        or_(col(Surface.ts) == thread_ts, col(Surface.thread_ts) == thread_ts),
    )
    return session.exec(known).first() is not None


def _order(message: EarlyMessage) -> tuple[int, ...]:
    return tuple(map(int, message.version.split(".")))
