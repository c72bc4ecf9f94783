"""What a seat's digest says, read from its reviews."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from db.snapshot import read_review
from db.tables import DigestRun, ReviewRow, Seat
from seat.digest import WEEK, Digest, digest
from seat.facts import Review, State


def read_digest(
    session: Session, seat: Seat, *, now: datetime
) -> tuple[Digest, tuple[Review, ...]]:
    """The digest as of `now`, and the reviews it may name. Decided since the last one that went."""
    assert seat.id is not None
    last = session.exec(
        select(DigestRun)
        .where(DigestRun.seat_id == seat.id, DigestRun.outcome == "queued", DigestRun.at < now)
        .order_by(col(DigestRun.at).desc())
    ).first()
    since = last.at if last else now - WEEK
    rows = session.exec(
        select(ReviewRow)
        .where(
            ReviewRow.seat_id == seat.id,
            ReviewRow.state != State.WITHDRAWN,
            or_(col(ReviewRow.state).in_([State.OPEN, State.HEARD]), ReviewRow.changed_at >= since),
        )
        .order_by(col(ReviewRow.number))
    )
    reviews = tuple(read_review(session, row) for row in rows)
    return digest(reviews, now, seat_id=seat.id, zone=seat.timezone, since=since), reviews


def digest_moment(session: Session, seat_id: int, week: str) -> datetime | None:
    """When that week's digest was due: it is drawn as of then, however late it is sent."""
    run = session.get(DigestRun, (seat_id, week))
    return run.at if run else None
