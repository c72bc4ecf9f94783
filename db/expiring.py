"""A review is taken away wholly, with everything that says something of it."""

from sqlalchemy import delete, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel

from db.chunks import chunks
from db.everywhere import tables
from db.tables import ReviewRow


def remove_review(session: Session, row: ReviewRow) -> None:
    """What points to it goes first. Its messages in Slack stay, under Slack's own rules."""
    session.flush()
    metadata = SQLModel.metadata.tables
    surface, outbox = metadata["surface"], metadata["outbox"]
    its = session.execute(columns(surface.c.id).where(surface.c.review_id == row.id)).scalars()
    for some in chunks(its.all()):
        session.execute(delete(outbox).where(outbox.c.surface_id.in_(some)))
        session.execute(update(surface).where(surface.c.under_id.in_(some)).values(under_id=None))
    for table in reversed(tables()):
        if "review_id" in table.c:
            session.execute(delete(table).where(table.c.review_id == row.id))
    session.execute(delete(metadata["review"]).where(metadata["review"].c.id == row.id))
    session.expunge(row)
    session.expire_all()
