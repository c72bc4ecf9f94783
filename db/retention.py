"""Which reviews have been kept for as long as their seat wants, and what of them is still to come.

What else is kept, and how long: db/tidying.py. docs/data.md says it of every table.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from db.chunks import chunks
from db.tables import Due, ReviewRow, Seat, Surface
from seat.facts import State
from seat.retention import OVER, is_to_be_told, may_go

TELLING = "reviews_go"
"""The kind of message that tells keepers."""
AT_ONCE = 20
"""Reviews that are taken away in one transaction."""


def find_seats(session: Session) -> list[int]:
    """Those that have chosen a period, or had reviews told of that now stay."""
    told = exists().where(
        col(ReviewRow.seat_id) == col(Seat.id), col(ReviewRow.goes_at).is_not(None)
    )
    rows = session.exec(select(Seat.id).where(or_(col(Seat.keep_months).is_not(None), told)))
    return sorted(seat_id for seat_id in rows if seat_id is not None)


def find_over(session: Session, seat: Seat, *, now: datetime) -> list[ReviewRow]:
    """The reviews whose time is over within the days that keepers are told ahead, in order."""
    months = seat.keep_months
    if months is None:
        return []
    rows = session.exec(
        select(ReviewRow)
        .where(ReviewRow.seat_id == seat.id, col(ReviewRow.state).in_(OVER))
        .order_by(col(ReviewRow.number))
    )
    old = [row for row in rows if is_to_be_told(row.changed_at, months, now)]
    owes = _count_owed(session, [row.id or 0 for row in old])
    return [row for row in old if _may_go(row, owes[row.id or 0])]


def find_told(session: Session, seat: Seat) -> list[ReviewRow]:
    """Those whose keepers were told that they go."""
    wanted = select(ReviewRow).where(
        ReviewRow.seat_id == seat.id, col(ReviewRow.goes_at).is_not(None)
    )
    return list(session.exec(wanted.order_by(col(ReviewRow.number))))


def was_sent(session: Session, key: str) -> bool:
    """Whether one of those told under `key`, whose keys begin so, has it in Slack."""
    sent = select(Surface.id).where(
        Surface.kind == TELLING,
        col(Surface.key).startswith(key, autoescape=True),
        col(Surface.ts).is_not(None),
    )
    return session.exec(sent).first() is not None


def _may_go(row: ReviewRow, owes: int) -> bool:
    return may_go(State(row.state), deferred=row.deferred_until is not None, owes=owes)


def _count_owed(session: Session, reviews: Sequence[int]) -> Counter[int]:
    """What is to come of each stands as a due row that is open. What doesn't, is counted here."""
    owed: Counter[int] = Counter()
    for some in chunks(reviews):
        rows = session.exec(
            select(Due.review_id).where(col(Due.review_id).in_(some), col(Due.done_at).is_(None))
        )
        owed.update(review for review in rows if review is not None)
    return owed
