"""The weekly digest of a seat: once an ISO week in the seat's zone, or shown now to one person."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from bot.reviews.deed import Deed
from bot.reviews.set_up import schedule_digest
from db.digests import read_digest
from db.outbox import queue_surface
from db.sharing import is_shared
from db.tables import DigestRun, Seat
from seat.calendar import is_still_that_week, iso_week


def send_digest(deed: Deed, seat: Seat, *, due_at: datetime) -> str:
    """Queue this week's digest unless it was already; schedule the next. Returns what came of it.

    Missed (the bot was down): sent if it is still that week, else not at all.
    """
    assert seat.id is not None
    week = iso_week(due_at, seat.timezone)
    said, _ = read_digest(deed.session, seat, now=deed.now)
    if not is_still_that_week(due_at, deed.now, seat.timezone):
        outcome = "missed"
    elif is_shared(deed.session, seat.workspace_id, seat.channel_id):
        outcome = "paused"
    elif said.is_empty and not seat.digest_when_empty:
        outcome = "nothing_waiting"
    else:
        outcome = "queued"
    is_sqlite = deed.session.get_bind().dialect.name == "sqlite"
    make = sqlite.insert if is_sqlite else postgresql.insert
    first = deed.session.execute(
        make(DigestRun)
        .values(seat_id=seat.id, week=week, at=deed.now, outcome=outcome)
        .on_conflict_do_nothing()
        .returning(DigestRun.week)  # type: ignore[call-overload]
    ).first()
    if first is not None and outcome == "queued":
        queue_surface(
            deed.session,
            workspace_id=seat.workspace_id,
            kind="digest",
            key=f"digest:{seat.id}:{week}",
            channel_id=seat.channel_id,
            seat_id=seat.id,
            args={"week": week},
            now=deed.now,
        )
    schedule_digest(deed, seat)
    return outcome
