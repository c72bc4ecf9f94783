"""What is kept about one person, or of one channel's reviews: for whoever asks to see it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from db.everywhere import find_rows, of_workspace, tables
from db.tables import ReviewRow

Kept = dict[str, list[dict[str, Any]]]
"""Rows by table; what says nothing is left out of them."""


def read_about(
    session: Session,
    *,
    workspace_id: str,
    person_id: str,
    looked_through: Callable[[Table], None] = lambda table: None,
) -> Kept:
    """Every row that names the person, in whichever column; what stands beside it in the row comes
    along, others' words too. {} for nobody who is known. `looked_through`: called after a table.
    """
    alone = re.compile(rf"(?<![A-Za-z0-9]){re.escape(person_id)}(?![A-Za-z0-9])")
    found: Kept = {}
    for table in tables():
        where = of_workspace(table, workspace_id)
        rows = find_rows(session, table, [person_id], where, codes=True)
        if theirs := [plain(row) for row in rows if alone.search(str(row))]:
            found[table.name] = theirs
        looked_through(table)
    return found


def read_reviews(session: Session, reviews: Iterable[int]) -> list[Kept]:
    """Each with everything that says something of it, but for what is only how it was sent."""
    left_out = {"surface", "outbox", "due", "catch_up"}
    found: list[Kept] = []
    for review_id in reviews:
        kept: Kept = {}
        for table in tables():
            column = table.c.get("id" if table.name == "review" else "review_id")
            if column is None or table.name in left_out:
                continue
            if rows := session.execute(_in_order(table, column == review_id)).mappings().all():
                kept[table.name] = [plain(dict(row)) for row in rows]
        found.append(kept)
    return found


def find_reviews(
    session: Session, *, workspace_id: str, channel_id: str, going: bool = False
) -> list[int]:
    """Of a channel's seat, in the order of their numbers. `going`: only those whose keepers were
    told that they go."""
    wanted = select(ReviewRow.id).where(
        ReviewRow.workspace_id == workspace_id, ReviewRow.channel_id == channel_id
    )
    if going:
        wanted = wanted.where(col(ReviewRow.goes_at).is_not(None))
    return [found for found in session.exec(wanted.order_by(col(ReviewRow.number))) if found]


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """For JSON: without what is empty."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if value not in (None, "", [], {})
    }


def _in_order(table: Table, which: ColumnElement[bool]) -> Any:
    return columns(table).where(which).order_by(*table.primary_key)
