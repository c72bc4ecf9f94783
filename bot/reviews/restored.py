"""After a restore: what shows an open review shows more than is known of it, and is drawn anew."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.reviews.deed import BOT, CHANGED, Deed, redraw_changed
from db.tables import ReviewRow, Workspace
from seat.facts import State

_OPEN = (State.OPEN, State.HEARD)


def redraw_open(session: Session, *, now: datetime) -> int:
    """How many reviews that were."""
    count = 0
    for workspace_id in session.exec(select(Workspace.id)).all():
        found = set(
            session.exec(
                select(ReviewRow.id).where(
                    ReviewRow.workspace_id == workspace_id, col(ReviewRow.state).in_(_OPEN)
                )
            )
        )
        count += len(found)
        session.info[CHANGED] = found
        redraw_changed(Deed(session, now, workspace_id, BOT))
    return count
