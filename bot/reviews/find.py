"""Looking up reviews for someone: only those whose channel they can read now."""

from dataclasses import dataclass

from sqlmodel import col, select

from bot.errors import Refusal
from bot.reviews.deed import Deed, find_seat
from bot.reviews.permit import permit_in_seat
from db.snapshot import read_review
from db.tables import ReviewRow, Seat
from seat.access import Act
from seat.facts import Review, State
from seat.waiting import is_waiting_on

LISTED = 50


@dataclass(frozen=True, slots=True)
class Listed:
    reviews: tuple[Review, ...]
    more: int = 0


def find_in_channel(
    deed: Deed, channel_id: str, *, states: frozenset[State], kind: str | None = None
) -> Listed:
    """The channel's reviews in one of `states`, newest first. Raises Refusal."""
    seat = readable_seat(deed, channel_id)
    query = select(ReviewRow).where(
        ReviewRow.seat_id == seat.id, col(ReviewRow.state).in_(sorted(states))
    )
    if kind:
        query = query.where(ReviewRow.kind == kind)
    rows = deed.session.exec(query.order_by(col(ReviewRow.number).desc())).all()
    shown = tuple(read_review(deed.session, row) for row in rows[:LISTED])
    return Listed(shown, max(0, len(rows) - LISTED))


def find_mine(deed: Deed, channel_id: str) -> Listed:
    """What waits for this person in any seat; private channels only from inside.

    `channel_id`: where it was asked.
    """
    rows = deed.session.exec(
        select(ReviewRow)
        .where(
            ReviewRow.workspace_id == deed.workspace_id,
            col(ReviewRow.state).in_(["open", "heard"]),
            (col(ReviewRow.advocate) == deed.user)
            | (col(ReviewRow.decider) == deed.user)
            | (col(ReviewRow.proposer) == deed.user),
        )
        .order_by(col(ReviewRow.opened_at))
    ).all()
    reviews = [read_review(deed.session, row) for row in rows]
    mine = [
        r
        for r in reviews
        if is_waiting_on(r, deed.user) and (not r.private or r.channel_id == channel_id)
    ]
    return Listed(tuple(mine[:LISTED]), max(0, len(mine) - LISTED))


def find_by_number(deed: Deed, channel_id: str, number: int) -> Review:
    seat = readable_seat(deed, channel_id)
    row = deed.session.exec(
        select(ReviewRow).where(ReviewRow.seat_id == seat.id, ReviewRow.number == number)
    ).one_or_none()
    if row is None:
        raise Refusal("no_such_number", number=number)
    return read_review(deed.session, row)


def readable_seat(deed: Deed, channel_id: str) -> Seat:
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    if seat is None:
        raise Refusal("no_seat_here")
    permit_in_seat(deed, Act.READ, seat)
    return seat
