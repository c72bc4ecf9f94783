"""The same words again, in every column of every table: also where nobody thought of them."""

import html
import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, and_, or_
from sqlmodel import Session

from db.everywhere import of_workspace, rewrite, tables
from db.tables import ReviewRow

MARK = "(words taken off the record)"

LONG = 8
"""Characters from which on the same words elsewhere are those words, and not a coincidence: two of
them wherever they stand, a single one where nothing else stands beside it."""
SHOWN = (150, 200)
"""To how many characters some places cut what they keep."""

NOT_TYPED = frozenset(
    {"workspace", "person", "channel", "membership", "seat", "roster", "turn", "question", "lane"}
)
"""Tables of what things are called, by Slack, a seat's keepers or a checklist. Equal words there
are no words of a review."""

_CODE = re.compile(r"[a-z_]+")


def sweep(session: Session, row: ReviewRow, words: Iterable[str]) -> None:
    """The same words in all that is kept of this review, and in what is of none: what waits to be
    sent, was typed into a form, or could not be handled."""
    wanted = sorted({w for said in words for w in _spellings(said)}, key=len, reverse=True)
    phrases = [said for said in wanted if len(said.split()) > 1]
    if not wanted:
        return

    def change(text: str, name: str) -> str:
        if _CODE.fullmatch(text) and name not in ("text", "words"):
            return text  # a state that happens to be called so
        if text.strip() in wanted:
            return MARK
        for said in phrases:
            text = text.replace(said, MARK)
        return text

    for table in tables():
        if table.name not in NOT_TYPED:
            rewrite(session, table, wanted, change, _near(table, row))


def _near(table: Table, row: ReviewRow) -> ColumnElement[bool] | None:
    """Of this review, or of none."""
    if table.name == "review":
        return table.c.id == row.id
    if "review_id" not in table.c:
        return of_workspace(table, row.workspace_id)
    if "workspace_id" not in table.c:
        return table.c.review_id == row.id
    return and_(
        table.c.workspace_id == row.workspace_id,
        or_(table.c.review_id == row.id, table.c.review_id.is_(None)),
    )


def _spellings(said: str) -> Iterable[str]:
    """As they are kept, on one line, cut short, and as Slack escapes them."""
    ways = {said, " ".join(said.split()), *said.split("\n"), *(said[:most] for most in SHOWN)}
    ways |= {html.escape(way, quote=False) for way in ways}
    return {way.strip() for way in ways if len(way.strip()) >= LONG} - {MARK}
