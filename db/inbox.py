"""Deliveries carried out, by key: a repeat gets the stored answer and does nothing."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col

from db.store import insert_into
from db.tables import InboxKey


class AlreadyDone(Exception):
    """This delivery was carried out before; `response` is what was answered then."""

    def __init__(self, response: dict[str, Any]) -> None:
        super().__init__("already done")
        self.response = response


def take_in(session: Session, key: str, *, now: datetime) -> None:
    """Claim `key` for this transaction, first of all its locks.

    A second transaction with the same key waits for the first to end (PostgreSQL) or comes after
    it (SQLite). Raises AlreadyDone.
    """
    taken = session.execute(
        insert_into(session, InboxKey)
        .values(key=key, at=now, response={})
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(InboxKey.key))
    ).one_or_none()
    if taken is None:
        known = session.get(InboxKey, key, populate_existing=True)
        raise AlreadyDone(known.response if known is not None else {})


def answered(session: Session, key: str, response: dict[str, Any]) -> None:
    """Keep what Slack is told for this delivery, in the same transaction. No words of anybody's."""
    row = session.get(InboxKey, key)
    if row is not None:
        row.response = response
        session.add(row)
