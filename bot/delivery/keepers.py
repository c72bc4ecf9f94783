"""Telling a seat's keepers that something could not be sent: once a cause, and never about this.

Where we were taken out of a private channel nobody can say who is in it: the keepers are told, but
neither its name nor what it is about, for they may have left it too.
"""

from datetime import datetime

from sqlmodel import Session, select

from bot.reviews.deed import BOT, Deed
from bot.reviews.presence import why_left
from db.backlog import UNSEEN
from db.outbox import find_surface, queue_surface
from db.tables import Channel, OutboxRow, ReviewRow, Seat, Surface

KIND = "parked_for_keeper"
_OUTSIDE = ("not_in_channel", "channel_not_found")
_MOST_KEY = 128


def tell_keepers(session: Session, row: OutboxRow, *, error: str, now: datetime) -> None:
    """Queue a private message to each keeper, unless this cause was told before."""
    surface = session.get(Surface, row.surface_id) if row.surface_id is not None else None
    seat = _find_seat(session, row, surface)
    if seat is None:
        return
    nameless = _is_taken_out(session, seat, row, error)
    if surface is not None and surface.kind == KIND and not nameless:
        return
    what = surface.kind if surface else row.kind
    deed = Deed(session, now, row.workspace_id, BOT)
    for keeper in seat.keepers:
        if why_left(deed, seat.channel_id, keeper, inside=False) is not None:
            continue
        key = f"parked:{row.lane}:{error}:{keeper}"[:_MOST_KEY]
        if nameless:
            key = f"taken_out:{seat.id}:{keeper}"
        elif keeper == row.lane:
            continue
        if find_surface(session, workspace_id=row.workspace_id, key=key) is not None:
            continue
        queue_surface(
            session,
            workspace_id=row.workspace_id,
            kind=KIND,
            key=key,
            person_id=keeper,
            review_id=surface.review_id if surface and not nameless else None,
            seat_id=seat.id if not nameless else None,
            args={"nameless": True}
            if nameless
            else {"channel": row.lane, "error": error, "what": what},
            now=now,
        )


def _is_taken_out(session: Session, seat: Seat, row: OutboxRow, error: str) -> bool:
    """Whether this says that we are in the seat's private channel no more."""
    channel = session.get(Channel, (seat.workspace_id, seat.channel_id))
    if channel is not None and not channel.is_private:
        return False
    return error == UNSEEN or (row.lane == seat.channel_id and error in _OUTSIDE)


def _find_seat(session: Session, row: OutboxRow, surface: Surface | None) -> Seat | None:
    if surface is not None and surface.seat_id is not None:
        return session.get(Seat, surface.seat_id)
    if surface is not None and surface.review_id is not None:
        review = session.get(ReviewRow, surface.review_id)
        return session.get(Seat, review.seat_id) if review else None
    return session.exec(
        select(Seat).where(Seat.workspace_id == row.workspace_id, Seat.channel_id == row.lane)
    ).first()
