"""Every text that the database holds, found from the tables themselves: a column that is new is
covered by itself.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, Text, cast, exists, func, or_
from sqlalchemy import select as columns  # sqlmodel's knows no more than four
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session, SQLModel

from db.chunks import chunks

Change = Callable[[str, str], str]
"""A text, and what it is called: its column, or its key in JSON. What stands there from now on."""


def tables() -> list[Table]:
    """All of them, each after those that it points to."""
    return list(SQLModel.metadata.sorted_tables)


def text_columns(table: Table, *, codes: bool) -> list[Column[Any]]:
    """Texts and JSON. `codes`: those of a bounded length too, which hold ids, states and keys."""
    return [
        column
        for column in table.columns
        if isinstance(kind := kind_of(column), JSON)
        or (isinstance(kind, String) and (codes or kind.length is None))
    ]


def kind_of(column: Column[Any]) -> TypeEngine[Any]:
    """What the database has; SQLModel wraps its texts."""
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def of_workspace(table: Table, workspace_id: str) -> ColumnElement[bool] | None:
    """The rows of a workspace; None where a table's rows say nothing of theirs."""
    review, seat = SQLModel.metadata.tables["review"], SQLModel.metadata.tables["seat"]
    if table.name == "workspace":
        return table.c.id == workspace_id
    if "workspace_id" in table.c:
        return table.c.workspace_id == workspace_id
    for name, of in (("review_id", review), ("seat_id", seat)):
        if name in table.c:
            return exists().where(of.c.id == table.c[name], of.c.workspace_id == workspace_id)
    return None


def find_rows(
    session: Session,
    table: Table,
    needles: Sequence[str],
    where: ColumnElement[bool] | None,
    *,
    codes: bool,
) -> Iterator[dict[str, Any]]:
    """The rows of `table` in which one of `needles` stands, whatever is around it."""
    session.flush()
    looked = text_columns(table, codes=codes)
    for some in chunks(needles) if looked else ():
        wanted = columns(table).where(
            or_(*(_holds(session, column, needle) for column in looked for needle in some))
        )
        if where is not None:
            wanted = wanted.where(where)
        yield from map(dict, session.execute(wanted).mappings().all())


def rewrite(
    session: Session,
    table: Table,
    needles: Sequence[str],
    change: Change,
    where: ColumnElement[bool] | None,
    *,
    codes: bool = False,
) -> list[dict[str, Any]]:
    """Change each text of the rows that `find_rows` finds. The rows that became others, as they
    were. What the session holds of them is read anew.
    """
    became_others = []
    for row in find_rows(session, table, needles, where, codes=codes):
        values = {
            column.name: after
            for column in text_columns(table, codes=codes)
            if (after := changed(row[column.name], change, column.name)) != row[column.name]
        }
        if values:
            same = [column == row[column.name] for column in table.primary_key]
            session.execute(table.update().where(*same).values(values))
            became_others.append(row)
    session.expire_all()
    return became_others


def changed(value: Any, change: Change, name: str = "") -> Any:
    """`value` with each text in it changed, however deep it stands; the keys of JSON too."""
    if isinstance(value, str):
        return change(value, name)
    if isinstance(value, Mapping):
        return {change(key, ""): changed(each, change, key) for key, each in value.items()}
    if isinstance(value, list):
        return [changed(each, change, name) for each in value]
    return value


def _holds(session: Session, column: Column[Any], needle: str) -> ColumnElement[bool]:
    """In JSON as it is written down: with its escapes."""
    if isinstance(kind_of(column), JSON):
        needle = json.dumps(needle)[1:-1]
    sqlite = session.get_bind().dialect.name == "sqlite"
    find = func.instr if sqlite else func.strpos
    found: ColumnElement[bool] = find(cast(column, Text), needle) > 0
    return found
