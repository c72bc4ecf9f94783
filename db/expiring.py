"""Reviews are taken away wholly, with everything that says something of them."""

from collections.abc import Iterable

from sqlalchemy import delete, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel

from db.chunks import chunks
from db.everywhere import tables
from db.tables import ReviewRow


def remove_reviews(session: Session, rows: Iterable[ReviewRow]) -> None:
    """What points to them goes first. Their messages in Slack stay, under Slack's own rules."""
    session.flush()
    found = list(rows)
    metadata = SQLModel.metadata.tables
    surface, outbox, review = metadata["surface"], metadata["outbox"], metadata["review"]
    for reviews in chunks(row.id for row in found):
        its = session.execute(columns(surface.c.id).where(surface.c.review_id.in_(reviews)))
        for some in chunks(its.scalars().all()):
            session.execute(delete(outbox).where(outbox.c.surface_id.in_(some)))
            session.execute(
                update(surface).where(surface.c.under_id.in_(some)).values(under_id=None)
            )
        for table in reversed(tables()):
            if "review_id" in table.c:
                session.execute(delete(table).where(table.c.review_id.in_(reviews)))
        session.execute(delete(review).where(review.c.id.in_(reviews)))
    for row in found:
        session.expunge(row)
    session.expire_all()
