"""What a newer version queued and this one cannot send. It is left to that version for an hour;
then none is running any more (an upgrade was taken back), and what stands behind it goes on.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from db.backlog import try_parked
from db.lane_order import waits_for_ts
from db.lanes import is_due
from db.tables import Lane, OutboxRow, OutboxState, Surface

UNKNOWN = "unknown_kind"
LEFT = timedelta(hours=1)


def park_unknown(
    session: Session,
    *,
    kinds: Collection[str],
    messages: Collection[str],
    now: datetime,
    machine: datetime,
) -> list[int]:
    """Park what holds up its lane and nobody has sent for an hour; the ids of these rows.

    `kinds` of rows and of `messages` are what this version sends. Who knows them has long taken a
    row that might go now: one that waits (for a time, an invitation, its thread) is left alone.
    """
    rows = session.exec(
        select(OutboxRow)
        .join(
            Lane,
            (col(Lane.workspace_id) == OutboxRow.workspace_id) & (col(Lane.name) == OutboxRow.lane),
        )
        .outerjoin(Surface, col(Surface.id) == col(OutboxRow.surface_id))
        .where(
            OutboxRow.state == OutboxState.PENDING,
            ~_is_known(kinds, messages),
            col(OutboxRow.created_at) <= now - LEFT,
            col(OutboxRow.sending_since).is_(None),
            or_(is_due(OutboxRow.not_before, machine), col(OutboxRow.error) == UNKNOWN),
            ~waits_for_ts(OutboxRow),
            is_due(Lane.leased_until, machine),
            is_due(Lane.not_before, machine),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update(of=Lane, skip_locked=True, key_share=True)
    ).all()
    for row in rows:
        row.state, row.error = OutboxState.PARKED, UNKNOWN
        session.add(row)
    session.flush()
    return [row.id for row in rows if row.id is not None]


def resume_known(session: Session, *, kinds: Collection[str], messages: Collection[str]) -> int:
    """What an older version parked and this one can send goes out. How many rows."""
    rows = session.exec(
        select(OutboxRow)
        .outerjoin(Surface, col(Surface.id) == col(OutboxRow.surface_id))
        .where(
            OutboxRow.state == OutboxState.PARKED,
            OutboxRow.error == UNKNOWN,
            _is_known(kinds, messages),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update(of=OutboxRow, skip_locked=True, key_share=True)
    ).all()
    return sum(try_parked(session, row) for row in rows)


def _is_known(kinds: Collection[str], messages: Collection[str]) -> ColumnElement[bool]:
    return col(OutboxRow.kind).in_(kinds) & or_(
        col(OutboxRow.surface_id).is_(None), col(Surface.kind).in_(messages)
    )
