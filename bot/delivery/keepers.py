"""Telling a seat's keepers that something could not be sent: once a cause, and never about this."""

from datetime import datetime

from sqlmodel import Session, select

from db.outbox import find_surface, queue_surface
from db.tables import OutboxRow, ReviewRow, Seat, Surface

KIND = "parked_for_keeper"
_MOST_KEY = 128


def tell_keepers(session: Session, row: OutboxRow, *, error: str, now: datetime) -> None:
    """Queue a private message to each keeper, unless this cause was told before."""
    surface = session.get(Surface, row.surface_id) if row.surface_id is not None else None
    if surface is not None and surface.kind == KIND:
        return
    seat = _find_seat(session, row, surface)
    for keeper in seat.keepers if seat else ():
        key = f"parked:{row.lane}:{error}:{keeper}"[:_MOST_KEY]
        known = find_surface(session, workspace_id=row.workspace_id, key=key)
        if keeper == row.lane or known is not None:
            continue
        queue_surface(
            session,
            workspace_id=row.workspace_id,
            kind=KIND,
            key=key,
            person_id=keeper,
            review_id=surface.review_id if surface else None,
            seat_id=seat.id if seat else None,
            args={
                "channel": row.lane,
                "error": error,
                "what": surface.kind if surface else row.kind,
            },
            now=now,
        )


def _find_seat(session: Session, row: OutboxRow, surface: Surface | None) -> Seat | None:
    if surface is not None and surface.seat_id is not None:
        return session.get(Seat, surface.seat_id)
    if surface is not None and surface.review_id is not None:
        review = session.get(ReviewRow, surface.review_id)
        return session.get(Seat, review.seat_id) if review else None
    return session.exec(
        select(Seat).where(Seat.workspace_id == row.workspace_id, Seat.channel_id == row.lane)
    ).first()
