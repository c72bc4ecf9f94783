"""Which threads are to be read after an absence, and how far each was read.

One row a review, kept: who is killed goes on where the row says. `now` is the business clock for
what people wait for, and `machine` the machine's for leases.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, exists, literal, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from db.store import insert_into
from db.tables import CatchUp, Channel, Due, ReviewRow, Surface, ThreadMessage, Workspace
from seat.facts import State

OPEN = (State.OPEN, State.HEARD)
_HAS_THREAD = or_(col(Surface.ts).is_not(None), col(Surface.thread_ts).is_not(None))
EARLY = "early_replies"
"""The kind of the due row that has kept replies heard (db/early.py). A thread is read after that:
what is kept and not there any more was deleted."""
BEHIND = timedelta(minutes=10)
"""How long reminders wait for a thread to be read; Slack may not answer for longer."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread leased to be read: its messages from `start` on, `start` among them."""

    review_id: int
    workspace_id: str
    channel_id: str
    card_ts: str
    advocate: str | None
    seated_at: datetime | None
    """None for the advocate of the beginning: all their words came after."""
    start: str
    leased_until: datetime
    """On the machine's clock, and whose lease it is: another's ends at another time."""


@dataclass(frozen=True, slots=True)
class Known:
    """A message of an advocate's as it was last heard."""

    version: str
    deleted: bool
    crossed: bool = False
    """Its author's cross was heard."""


def want_all(
    session: Session, *, now: datetime, workspace_id: str = "", channel_id: str = ""
) -> None:
    """We were away: the threads of all open reviews are to be read, each from its beginning.

    Of this workspace, or this channel of it, where only that was missed.
    One that is being read goes on, and is then read again.
    """
    wanted = (
        sa.select(col(ReviewRow.id), *_fresh(now))
        .join(Surface, col(Surface.review_id) == col(ReviewRow.id))
        .where(
            col(Surface.kind) == "card",
            _HAS_THREAD,
            col(ReviewRow.state).in_(OPEN),
        )
        .order_by(col(ReviewRow.id))
    )
    if workspace_id:
        wanted = wanted.where(col(ReviewRow.workspace_id) == workspace_id)
    if channel_id:
        wanted = wanted.where(col(ReviewRow.channel_id) == channel_id)
    _want(session, wanted, now=now)


def _want(session: Session, reviews: sa.Select[Any], *, now: datetime) -> None:
    """`reviews`: their ids and `_fresh`. Selected and inserted in one, however many there are."""
    begun = or_(col(CatchUp.read_until) != "", col(CatchUp.not_before).is_not(None))
    session.execute(
        insert_into(session, CatchUp)
        .from_select(["review_id", "wanted_at", "again", "read_until", "seen_until"], reviews)
        .on_conflict_do_update(
            index_elements=["review_id"],
            set_={"wanted_at": now, "again": col(CatchUp.wanted_at).is_not(None) & begun},
        )
    )


def _fresh(now: datetime) -> tuple[ColumnElement[Any], ...]:
    """A row as it begins, but for its review."""
    return literal(now, UTCDateTime()), literal(False), literal(""), literal("")


def want_one(session: Session, review_id: int, *, now: datetime) -> None:
    """Its card was found after all: what was said under it and not told us is to be read."""
    one = sa.select(col(ReviewRow.id), *_fresh(now)).where(col(ReviewRow.id) == review_id)
    _want(session, one, now=now)


def claim_thread(
    session: Session, *, machine: datetime, lease: timedelta, but_not: Collection[str] = ()
) -> Thread | None:
    """Lease the thread whose answers are due first. `but_not`: workspaces that have to wait."""
    found = session.execute(
        select(CatchUp, ReviewRow, Surface)
        .join(ReviewRow, col(ReviewRow.id) == col(CatchUp.review_id))
        .join(Surface, col(Surface.review_id) == col(ReviewRow.id))
        .join(Workspace, col(Workspace.id) == col(ReviewRow.workspace_id))
        .where(
            col(CatchUp.wanted_at).is_not(None),
            or_(col(CatchUp.not_before).is_(None), col(CatchUp.not_before) <= machine),
            col(ReviewRow.state).in_(OPEN),
            col(ReviewRow.workspace_id).not_in(but_not),
            col(Surface.kind) == "card",
            _HAS_THREAD,
            col(Workspace.revoked_at).is_(None),
            # What is said while another company reads along is read once it does so no more.
            ~exists().where(
                col(Channel.workspace_id) == ReviewRow.workspace_id,
                col(Channel.id) == ReviewRow.channel_id,
                col(Channel.is_shared),
            ),
            ~exists().where(
                col(Due.review_id) == col(ReviewRow.id),
                col(Due.kind) == EARLY,
                col(Due.done_at).is_(None),
            ),
        )
        .order_by(
            col(ReviewRow.answers_due_at).is_(None),
            col(ReviewRow.answers_due_at),
            col(ReviewRow.id),
        )
        .limit(1)
        .with_for_update(of=CatchUp, skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return None
    row, review, card = found
    row.not_before = machine + lease
    session.add(row)
    start = row.read_until or _first_to_read(session, review, row.seen_until or card.head)
    return Thread(
        review_id=review.id,
        workspace_id=review.workspace_id,
        channel_id=review.channel_id,
        card_ts=card.head,
        advocate=review.advocate,
        # Slack's clock dates a message and ours a seating: where nothing can have come before, a
        # clock of ours that was wrong must not make an answer into talk.
        seated_at=None if review.seated_at == review.opened_at else review.seated_at,
        start=start,
        leased_until=row.not_before,
    )


def find_known(session: Session, review_id: int, channel_id: str) -> Mapping[str, Known]:
    """By ts. Asked before Slack is: what is known then and absent from its answer is gone.

    Of the thread's own channel: what was answered in private messages is not read there.
    """
    rows = session.exec(
        select(ThreadMessage).where(
            ThreadMessage.review_id == review_id, ThreadMessage.channel_id == channel_id
        )
    ).all()
    return {row.ts: Known(row.version, row.deleted, row.crossed_at is not None) for row in rows}


def read_on(
    session: Session, thread: Thread, *, until: str, machine: datetime, lease: timedelta
) -> Thread | None:
    """Everything up to `until` was heard; whoever goes on, goes on there.

    The lease begins anew. None: it was over, and the thread is somebody else's now.
    """
    row = _held(session, thread)
    if row is None:
        return None
    row.read_until = until
    row.not_before = machine + lease
    session.add(row)
    return replace(thread, leased_until=row.not_before)


def set_aside(session: Session, thread: Thread, *, until: datetime | None) -> None:
    """Not now: give the lease back, or come again at `until` on the machine's clock."""
    row = _held(session, thread)
    if row is not None:
        row.not_before = until
        session.add(row)


def came_through(session: Session, thread: Thread, *, seen: bool = True) -> None:
    """It was read to its end. Not `seen`: something in it met a bug, and is read next time too."""
    row = _held(session, thread)
    if row is None:
        return
    if seen and row.read_until:
        row.seen_until = max(row.seen_until, row.read_until, key=order_of)
    if not row.again:
        row.wanted_at = None
    row.again, row.read_until, row.not_before = False, "", None
    session.add(row)


def find_unread(session: Session, *, now: datetime) -> list[int]:
    """Open reviews whose threads should have been read by now."""
    rows = session.exec(
        select(CatchUp.review_id)
        .join(ReviewRow, col(ReviewRow.id) == col(CatchUp.review_id))
        .where(col(CatchUp.wanted_at) <= now - BEHIND, col(ReviewRow.state).in_(OPEN))
        .order_by(col(CatchUp.review_id))
    )
    return list(rows)


def is_behind(review_id: Any, *, now: datetime) -> ColumnElement[bool]:
    """Whether this review's thread waits to be read, since not too long."""
    return exists().where(
        col(CatchUp.review_id) == col(review_id), col(CatchUp.wanted_at) > now - BEHIND
    )


def order_of(ts: str) -> tuple[int, ...]:
    """Message times are compared as numbers."""
    return tuple(map(int, ts.split("."))) if ts else ()


def _first_to_read(session: Session, review: ReviewRow, seen_until: str) -> str:
    """What was heard may have been edited or deleted since, so reading begins at the first."""
    heard = session.exec(
        select(ThreadMessage.ts).where(
            ThreadMessage.review_id == review.id,
            ThreadMessage.channel_id == review.channel_id,
            ThreadMessage.by == review.advocate,
            col(ThreadMessage.deleted).is_(False),
        )
    ).all()
    return min([seen_until, *heard], key=order_of)


def _held(session: Session, thread: Thread) -> CatchUp | None:
    """None: the lease is over, and somebody else reads it, or has."""
    row = _row(session, thread.review_id)
    return row if row.not_before == thread.leased_until else None


def _row(session: Session, review_id: int) -> CatchUp:
    return session.get_one(
        CatchUp, review_id, with_for_update={"key_share": True}, populate_existing=True
    )
