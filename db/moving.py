"""A channel has another id from now on: everything that names it moves along."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, exists, update
from sqlmodel import Session, SQLModel, col, select

from db.store import QUEUED, insert_into
from db.tables import Channel, DeliveryFailed, Lane, OutboxRow, Seat, Surface

FIRST = ("seat", "review")
"""Locked in this order everywhere; the lane comes last."""


def move_channel(
    session: Session, *, workspace_id: str, old: str, new: str, checked_at: datetime
) -> bool:
    """False, and nothing moved: the new channel has a seat of its own by now.

    `checked_at`: how old what we know of the channel is to count, under its new id.
    """
    taken = select(Seat.id).where(Seat.workspace_id == workspace_id, Seat.channel_id == new)
    if session.exec(taken).first() is not None:
        return False
    where = {"workspace_id": workspace_id, "old": old, "new": new}
    _move_channel_row(session, **where, checked_at=checked_at)
    for table in _tables_with_channels():
        _move(session, table, **where)
    _move_arguments(session, **where)
    _move_lane(session, **where)
    session.expire_all()
    return True


def _tables_with_channels() -> Iterable[Table]:
    tables = SQLModel.metadata.tables
    found = [name for name, table in tables.items() if "channel_id" in table.columns]
    rest = sorted(name for name in found if name not in FIRST)
    return [tables[name] for name in (*FIRST, *rest)]


def _move(session: Session, table: Table, *, workspace_id: str, old: str, new: str) -> None:
    """What stands under the new id already stays, and what it stands for goes."""
    here = and_(table.c.workspace_id == workspace_id, table.c.channel_id == old)
    if table.c.channel_id.primary_key:
        there = table.alias()
        same = [
            there.c[column.name] == column
            for column in table.primary_key
            if column.name != "channel_id"
        ]
        session.execute(delete(table).where(here, exists().where(there.c.channel_id == new, *same)))
    session.execute(update(table).where(here).values(channel_id=new))


def _move_channel_row(
    session: Session, *, workspace_id: str, old: str, new: str, checked_at: datetime
) -> None:
    row = session.get(Channel, (workspace_id, old))
    if row is None:
        return
    if session.get(Channel, (workspace_id, new)) is None:
        known = row.model_dump(exclude={"id", "checked_at"})
        session.add(Channel(**known, id=new, checked_at=checked_at))
    session.delete(row)
    session.flush()


def _move_arguments(session: Session, *, workspace_id: str, old: str, new: str) -> None:
    """Ids inside of JSON: what a message was queued with, and events that wait to be replayed."""
    for surface in session.exec(
        select(Surface).where(
            Surface.workspace_id == workspace_id, Surface.kind == "parked_for_keeper"
        )
    ):
        if surface.args.get("channel") == old:
            surface.args = {**surface.args, "channel": new}
            session.add(surface)
    failed = select(DeliveryFailed).where(
        DeliveryFailed.workspace_id == workspace_id, col(DeliveryFailed.replayed_at).is_(None)
    )
    for kept in session.exec(failed):
        kept.body = _renamed(kept.body, old, new)
        session.add(kept)
    session.flush()


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(each, old, new) for name, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, old, new) for each in value]
    return new if value == old else value


def _move_lane(session: Session, *, workspace_id: str, old: str, new: str) -> None:
    """Who is sending in the old lane has lost it, and what was on its way is looked for."""
    session.execute(
        insert_into(session, Lane)
        .values(workspace_id=workspace_id, name=new, token=0)
        .on_conflict_do_nothing(index_elements=["workspace_id", "name"])
    )
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.lane) == old)
        .values(lane=new)
    )
    session.execute(
        delete(Lane).where(col(Lane.workspace_id) == workspace_id, col(Lane.name) == old)
    )
    session.info[QUEUED] = True
