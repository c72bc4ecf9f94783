"""When Slack last refused a process of ours a connection because the app has too many.

Kept where every process and the doctor can see it; the process that was refused may be doing well
by its other connection.
"""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from db.tables import Workspace


def note_crowded(session: Session, *, machine: datetime) -> None:
    """An app's connections are those of all its workspaces."""
    session.execute(update(Workspace).values({col(Workspace.crowded_at): machine}))


def last_crowded(session: Session) -> datetime | None:
    return session.exec(select(func.max(Workspace.crowded_at))).one()
