"""A row in every table, with the same words in every text of it: made from the tables themselves,
so that a new column is filled by itself.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, String, Table
from sqlalchemy import select as columns
from sqlmodel import Session

from db.everywhere import kind_of, tables
from tests.db.rows import NOW, C, T

IDS = {"workspace_id": T, "channel_id": C, "bot_user_id": "UBOT00000"}
"""What the rows have in common, whatever else is put into them."""


def fill(session: Session, *, said: str, code: str = "code") -> None:
    """`said`: in every text and JSON; `code`: in every text of a bounded length."""
    for table in tables():
        given = [c for c in table.columns if c is not table.autoincrement_column]
        values = {column.name: _value(table, column, said, code) for column in given}
        session.execute(table.insert().values(values))


def _value(table: Table, column: Column[Any], said: str, code: str) -> Any:
    if table.name == "workspace" and column.name == "id":
        return T
    if table.name == "review" and column.name == "state":
        return "open"
    if column.name in IDS:
        return IDS[column.name]
    kind = kind_of(column)
    if isinstance(kind, JSON):
        return SHAPES.get((table.name, column.name), _anything)(said)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer | Float):
        return 1
    if isinstance(kind, String):
        return said if kind.length is None else code[: kind.length]
    if isinstance(kind, Date):
        return date(2026, 3, 2)
    return datetime.fromisoformat(NOW.isoformat())


def _anything(said: str) -> Any:
    return {"number": 1, "reason": said, "deep": [{"er": [said, {"text": said}]}]}


SHAPES = {
    ("thread_message", "pieces"): lambda said: [{"what": "answer", "number": 1, "text": said}],
    ("review", "doubts"): lambda said: [{"part_of": 2, "numbers": [3], "words": said}],
}
"""Of JSON that is read for more than its words."""


def stands_in(session: Session, said: str) -> set[str]:
    """`table.column` of wherever `said` stands, or a part of it."""
    session.flush()
    found = set()
    for table in tables():
        for row in session.execute(columns(table)).mappings():
            found |= {f"{table.name}.{name}" for name, value in row.items() if said in str(value)}
    return found
