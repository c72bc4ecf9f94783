"""What is still to be done: nothing, when a town is quiet."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from db.catch_up import OPEN
from db.tables import CatchUp, Due, OutboxRow, OutboxState, ReviewRow


def find_left(session: Session, now: datetime) -> dict[str, int]:
    def count(*which: Any) -> int:
        return session.exec(select(func.count()).where(*which)).one()

    return {
        "outbox": count(OutboxRow.state == OutboxState.PENDING),
        "threads to read": count(
            col(CatchUp.wanted_at).is_not(None),
            ReviewRow.id == CatchUp.review_id,
            col(ReviewRow.state).in_(OPEN),
        ),
        "due": count(col(Due.done_at).is_(None), col(Due.due_at) <= now - timedelta(seconds=2)),
    }
