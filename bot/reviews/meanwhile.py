"""What happened in a review since a button or a form about it was drawn."""

from sqlmodel import col, select

from bot.reviews.deed import Case
from db.tables import HistoryRow
from seat.meanwhile import Entry, renumbered


def since(case: Case, drawn_version: int) -> list[Entry]:
    """Oldest first. Each entry of the history made the review's version grow by one
    (`Case.record`), so as many are read as it has grown."""
    grown = case.row.version - drawn_version
    if grown <= 0:
        return []
    rows = case.deed.session.exec(
        select(HistoryRow)
        .where(HistoryRow.review_id == case.id)
        .order_by(col(HistoryRow.id).desc())
        .limit(grown)
    ).all()
    return renumbered([Entry(row.what, row.before, row.after) for row in reversed(rows)])
