"""Deliveries carried out, by key: a repeat gets the stored answer and does nothing."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.tables import InboxKey

KEPT = timedelta(days=7)


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
    known = session.get(InboxKey, key)
    if known is None:
        try:
            with session.begin_nested():
                session.execute(insert(InboxKey).values(key=key, at=now, response={}))
            return
        except IntegrityError:
            known = session.get(InboxKey, key, populate_existing=True)
    raise AlreadyDone(known.response if known else {})


def answered(session: Session, key: str, response: dict[str, Any]) -> None:
    """Keep what Slack is told for this delivery, in the same transaction."""
    row = session.get(InboxKey, key)
    if row is not None:
        row.response = response
        session.add(row)


def forget_old(session: Session, *, now: datetime) -> None:
    session.execute(delete(InboxKey).where(InboxKey.at < now - KEPT))  # type: ignore[arg-type]
