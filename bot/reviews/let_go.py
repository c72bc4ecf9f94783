"""The reviews of a seat that chose how long they are kept: told of for 30 days, then taken away."""

from datetime import datetime

from bot.reviews.deed import BOT, Deed, lock_seat
from bot.reviews.presence import keepers_here
from db.erasures import new_erasure
from db.expiring import remove_reviews
from db.outbox import queue_surface
from db.retention import AT_ONCE, TELLING, find_over, find_told, was_sent
from db.snapshot import lock_review
from db.tables import ErasureKind, ReviewRow, Seat
from seat.retention import TOLD_AHEAD


def let_go(deed: Deed, seat_id: int) -> bool:
    """One step for a seat. Whether more of its reviews are to be taken away."""
    seat = lock_seat(deed.session, seat_id)
    deed = Deed(deed.session, deed.now, seat.workspace_id, BOT)
    over = find_over(deed.session, seat, now=deed.now)
    ids = {row.id for row in over}
    told = find_told(deed.session, seat)
    for row in told:
        if row.id not in ids:  # it stays: reopened, or the seat wants otherwise now
            row.goes_at = None
            deed.session.add(row)
    going = [row for row in told if row.id in ids and row.goes_at and row.goes_at <= deed.now]
    _take_away(deed, seat, going[:AT_ONCE])
    _tell(deed, seat, [row for row in over if row.goes_at is None and row not in going])
    return len(going) > AT_ONCE


def _take_away(deed: Deed, seat: Seat, reviews: list[ReviewRow]) -> None:
    """Not where nobody was told: then they are told anew."""
    gone = []
    for row in reviews:
        assert row.goes_at is not None
        if not was_sent(deed.session, _key(seat, row.goes_at - TOLD_AHEAD)):
            row.goes_at = None
            deed.session.add(row)
            continue
        locked = lock_review(deed.session, row.id or 0, workspace_id=deed.workspace_id)
        assert locked is not None
        gone.append(locked)
        new_erasure(
            deed.session,
            workspace_id=deed.workspace_id,
            kind=ErasureKind.EXPIRED,
            target=str(row.id),
            by=deed.user,
            now=deed.now,
        )
    remove_reviews(deed.session, gone)


def _tell(deed: Deed, seat: Seat, reviews: list[ReviewRow]) -> None:
    """Once a month, of all that go by then; nobody is told a day after day."""
    keepers = keepers_here(deed, seat)
    key = _key(seat, deed.now)
    if not reviews or not keepers or was_sent(deed.session, key):
        return
    on = deed.now + TOLD_AHEAD
    for row in reviews:
        row.goes_at = on
        deed.session.add(row)
    for keeper in keepers:
        queue_surface(
            deed.session,
            workspace_id=seat.workspace_id,
            kind=TELLING,
            key=f"{key}{keeper}",
            person_id=keeper,
            seat_id=seat.id,
            args={
                "on": on.date().isoformat(),
                "numbers": [row.number for row in reviews],
                "channel": seat.channel_id,
                "months": seat.keep_months,
            },
            now=deed.now,
        )


def _key(seat: Seat, told_at: datetime) -> str:
    return f"{TELLING}:{seat.id}:{told_at:%Y%m}:"
