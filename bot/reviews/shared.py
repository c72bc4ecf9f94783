"""A seat's channel is shared with another company: its keepers are told, and once it is theirs
alone again, what waited goes out and what was said meanwhile is read.
"""

from datetime import timedelta

from sqlmodel import col, select

from bot.reviews.deed import Deed
from bot.reviews.presence import keepers_here
from db.backlog import unpark
from db.catch_up import want_all
from db.outbox import queue_surface, want_redraws
from db.sharing import WHILE_SHARED
from db.tables import Channel, Due, Seat, Surface

KIND = "shared_for_keeper"
LOOK_AGAIN = timedelta(hours=1)
"""What falls due meanwhile is put off by so much at a time."""


def look_at_sharing(deed: Deed, seat: Seat, due: Due) -> str:
    """Returns what was done. The channel was asked about before, if there was a doubt."""
    channel = deed.session.get(Channel, (seat.workspace_id, seat.channel_id))
    told = [s for s in _letters(deed, seat) if not s.args.get("over")]
    if channel is not None and channel.is_shared:
        if not told:
            _tell(deed, seat, due)
        return "paused"
    for letter in told:
        letter.args = {**letter.args, "over": True}
        deed.session.add(letter)
    want_redraws(deed.session, told, now=deed.now)
    _go_on(deed, seat)
    return "goes on"


def _go_on(deed: Deed, seat: Seat) -> None:
    unpark(deed.session, workspace_id=seat.workspace_id, error=WHILE_SHARED)
    # After the outbox: one order of locks.
    want_all(deed.session, now=deed.now, workspace_id=seat.workspace_id, channel_id=seat.channel_id)


def _tell(deed: Deed, seat: Seat, due: Due) -> None:
    for keeper in keepers_here(deed, seat):
        queue_surface(
            deed.session,
            workspace_id=seat.workspace_id,
            kind=KIND,
            key=f"{KIND}:{seat.id}:{due.id}:{keeper}",
            person_id=keeper,
            seat_id=seat.id,
            args={"seat": seat.id},
            now=deed.now,
        )


def _letters(deed: Deed, seat: Seat) -> list[Surface]:
    return list(
        deed.session.exec(
            select(Surface)
            .where(Surface.seat_id == seat.id, Surface.kind == KIND)
            .order_by(col(Surface.id))
        )
    )
