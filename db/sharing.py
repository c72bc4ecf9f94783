"""A channel is shared with another company, or no more: its seat is due to be looked at, at once.

While it is shared the seat pauses, whole: nothing of it is posted, told, shown, heard or reminded
of, since the others would read it. Whether it does is a fact of the channel, looked at wherever
something would happen; the due row only tells the keepers, and has it go on afterwards.
"""

from datetime import datetime

from sqlmodel import Session, col, func, select

from db.due import set_due
from db.tables import Channel, Due, Seat

SHARED = "shared"
"""A kind of due rows, of a seat."""
WHILE_SHARED = "channel_shared"
"""Why a row is parked until the channel is nobody else's any more."""


def is_shared(session: Session, workspace_id: str, channel_id: str) -> bool:
    channel = session.get(Channel, (workspace_id, channel_id)) if channel_id else None
    return channel is not None and channel.is_shared


def note_sharing(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """It was shared, or may be so no more; of a channel without a seat nothing follows."""
    seat_id = session.exec(
        select(Seat.id).where(Seat.workspace_id == workspace_id, Seat.channel_id == channel_id)
    ).first()
    if seat_id is not None:
        over = select(func.count()).where(
            Due.seat_id == seat_id, Due.kind == SHARED, col(Due.done_at).is_not(None)
        )
        set_due(
            session,
            workspace_id=workspace_id,
            kind=SHARED,
            key=f"{SHARED}:{seat_id}:{session.exec(over).one()}",
            due_at=now,
            seat_id=seat_id,
        )


def find_doubted(session: Session, *, now: datetime) -> set[tuple[str, str]]:
    """(workspace, channel) of the seats that are due to be looked at."""
    rows = session.exec(
        select(Seat.workspace_id, Seat.channel_id)
        .join(Due, col(Due.seat_id) == col(Seat.id))
        .where(Due.kind == SHARED, col(Due.done_at).is_(None), Due.due_at <= now)
    )
    return {(workspace, channel) for workspace, channel in rows}


def find_channels(session: Session) -> list[tuple[str, str]]:
    """(workspace, channel) of every seat."""
    rows = session.exec(select(Seat.workspace_id, Seat.channel_id).order_by(col(Seat.id)))
    return [(workspace, channel) for workspace, channel in rows]
