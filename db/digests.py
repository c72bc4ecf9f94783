"""What a seat's digest says, read from its reviews."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.snapshot import read_review
from db.tables import DigestRun, ReviewRow, Seat
from seat.digest import Digest, digest
from seat.facts import Review


def read_digest(
    session: Session, seat: Seat, *, now: datetime
) -> tuple[Digest, tuple[Review, ...]]:
    """The digest as of `now`, and the reviews it may name. Decided since the last one that went."""
    assert seat.id is not None
    rows = session.exec(
        select(ReviewRow)
        .where(ReviewRow.seat_id == seat.id, ReviewRow.state != "withdrawn")
        .order_by(col(ReviewRow.number))
    )
    reviews = tuple(read_review(session, row) for row in rows)
    last = session.exec(
        select(DigestRun)
        .where(DigestRun.seat_id == seat.id, DigestRun.outcome == "queued", DigestRun.at < now)
        .order_by(col(DigestRun.at).desc())
    ).first()
    since = last.at if last else None
    return digest(reviews, now, seat_id=seat.id, zone=seat.timezone, since=since), reviews
