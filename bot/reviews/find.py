"""Looking up reviews for someone: only those whose channel they can read now."""

from collections.abc import Mapping
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
    unasked: int = 0
    """Those of which Slack didn't say in time whether they may be shown."""


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


def find_waiting(deed: Deed) -> tuple[Review, ...]:
    """What waits for this person in any seat, oldest first. Whether they may still
    read it is asked before it is shown."""
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
    reviews = (read_review(deed.session, row) for row in rows)
    return tuple(review for review in reviews if is_waiting_on(review, deed.user))


def find_mine(deed: Deed, channel_id: str, readable: Mapping[str, bool]) -> Listed:
    """What waits for this person in any seat; private channels only from inside.

    `channel_id`: where it was asked. `readable`: whether they may read each channel, as far as
    Slack said so; what is in another is only counted.
    """
    waiting = find_waiting(deed)
    mine = [
        r
        for r in waiting
        if readable.get(r.channel_id) and (not r.private or r.channel_id == channel_id)
    ]
    unasked = sum(r.channel_id not in readable for r in waiting)
    return Listed(tuple(mine[:LISTED]), max(0, len(mine) - LISTED), unasked)


def find_by_number(deed: Deed, channel_id: str, number: int) -> Review:
    seat = readable_seat(deed, channel_id)
    row = deed.session.exec(
        select(ReviewRow).where(ReviewRow.seat_id == seat.id, ReviewRow.number == number)
    ).one_or_none()
    if row is None:
        raise Refusal("no_such_number", number=number)
    return read_review(deed.session, row)


def find_by_title(deed: Deed, channel_id: str, words: str) -> Listed:
    """The channel's reviews in whose titles `words` stand, in any case, newest first.

    Raises Refusal when there is none.
    """
    seat = readable_seat(deed, channel_id)
    rows = deed.session.exec(
        select(ReviewRow).where(ReviewRow.seat_id == seat.id).order_by(col(ReviewRow.number).desc())
    ).all()
    # Compared here: SQLite's lower() knows no letter beyond ASCII.
    found = [row for row in rows if words.casefold() in row.title.casefold()]
    if not found:
        raise Refusal("no_such_title", words=words[:80])
    shown = tuple(read_review(deed.session, row) for row in found[:LISTED])
    return Listed(shown, max(0, len(found) - LISTED))


def readable_seat(deed: Deed, channel_id: str) -> Seat:
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    if seat is None:
        raise Refusal("no_seat_here")
    permit_in_seat(deed, Act.READ, seat)
    return seat
