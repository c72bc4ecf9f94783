"""What falls due on the business clock: rows, not timers, so that a missed tick is made up once.

One row a transaction, locked in the order of every deed: seat, review, then the row itself.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from db.catch_up import EARLY, is_behind
from db.store import insert_into
from db.tables import Due, ReviewRow, Seat, Workspace

CANCELLED = "cancelled"


def set_due(
    session: Session,
    *,
    workspace_id: str,
    kind: str,
    key: str,
    due_at: datetime,
    review_id: int | None = None,
    seat_id: int | None = None,
    args: dict[str, Any] | None = None,
) -> bool:
    """Have `key` fall due at `due_at`, or move it there if it was set before.

    Once a key: one that was carried out stays done, and False is returned. One that was cancelled
    never happened and is set again.
    """
    session.flush()
    values = {
        "kind": kind,
        "due_at": due_at,
        "review_id": review_id,
        "seat_id": seat_id,
        "args": args or {},
        "done_at": None,
        "outcome": "",
    }
    written = session.scalars(
        insert_into(session, Due)
        .values(workspace_id=workspace_id, key=key, **values)
        .on_conflict_do_update(
            index_elements=["workspace_id", "key"],
            set_=values,
            where=or_(col(Due.done_at).is_(None), col(Due.outcome) == CANCELLED),
        )
        .returning(Due),
        execution_options={"populate_existing": True},
    ).one_or_none()
    return written is not None


def cancel_due(
    session: Session,
    review_id: int,
    *,
    now: datetime,
    kinds: Collection[str] | None = None,
    outcome: str = CANCELLED,
) -> int:
    """What a review was waiting for is over (of these kinds, or all). How many rows it was.

    Any other `outcome` than CANCELLED is final: the same key cannot be set again.
    """
    wanted = (
        select(Due)
        .where(Due.review_id == review_id, col(Due.done_at).is_(None))
        .order_by(col(Due.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if kinds is not None:
        wanted = wanted.where(col(Due.kind).in_(kinds))
    rows = session.exec(wanted).all()
    for row in rows:
        row.done_at, row.outcome = now, outcome
    session.add_all(rows)
    session.flush()
    return len(rows)


def claim_due(session: Session, *, now: datetime, but_not: Collection[int] = ()) -> Due | None:
    """The row due longest, locked with its seat and review until the transaction ends.

    `but_not`: ids that failed in this tick, so that one with a bug does not hold up the others.
    A row that another replica is at is waited for, and then no longer open: no row is had twice.
    Nobody is reminded of what may have been said while we were away: that is read first. Having
    kept replies heard is no reminder, and never waits.
    """
    passed = set(but_not)
    while True:
        found = session.execute(
            select(Due.id, Due.review_id, Due.seat_id)
            .where(
                col(Due.done_at).is_(None),
                Due.due_at <= now,
                col(Due.id).not_in(passed),
                or_(col(Due.kind) == EARLY, ~is_behind(Due.review_id, now=now)),
            )
            .order_by(col(Due.due_at), col(Due.id))
            .limit(1)
        ).one_or_none()
        if found is None:
            return None
        due_id, review_id, seat_id = found
        _lock_seat_and_review(session, review_id, seat_id)
        row = session.exec(
            select(Due)
            .where(Due.id == due_id, col(Due.done_at).is_(None), Due.due_at <= now)
            .with_for_update(skip_locked=True, key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if row is not None:
            return row
        passed.add(due_id)


def find_waited_for(session: Session, *, now: datetime, most: int) -> list[tuple[str, str]]:
    """(workspace, person) of those whose part in a review turns on what is due now, oldest first:
    who they are, and when they work, is asked before it is judged. Of workspaces we may ask."""
    rows = session.execute(
        select(
            Due.workspace_id,
            ReviewRow.advocate,
            ReviewRow.stand_in,
            ReviewRow.decider,
        )
        .join(ReviewRow, col(ReviewRow.id) == col(Due.review_id))
        .join(Workspace, col(Workspace.id) == col(Due.workspace_id))
        .where(col(Due.done_at).is_(None), Due.due_at <= now, col(Workspace.revoked_at).is_(None))
        .order_by(col(Due.due_at), col(Due.id))
        .limit(most)
    )
    found = [(workspace, person) for workspace, *people in rows for person in people if person]
    return list(dict.fromkeys(found))[:most]


def finish(session: Session, row: Due, *, now: datetime, outcome: str) -> None:
    """It was carried out, or nothing was left to do, or it failed: `outcome` says which.

    It may have cancelled itself on the way: what was carried out counts. Also in a transaction of
    its own, after the one that was to carry it out was rolled back.
    """
    fresh = session.get(Due, row.id, with_for_update={"key_share": True}, populate_existing=True)
    if fresh is not None and (fresh.done_at is None or fresh.outcome == CANCELLED):
        fresh.done_at, fresh.outcome = now, outcome
        session.add(fresh)
        session.flush()


def next_due_at(session: Session) -> datetime | None:
    """When the next row falls due, past or future; the demo's clock stops there."""
    return session.exec(select(func.min(Due.due_at)).where(col(Due.done_at).is_(None))).one()


def _lock_seat_and_review(session: Session, review_id: int | None, seat_id: int | None) -> None:
    if seat_id is None and review_id is not None:
        seat_id = session.exec(select(ReviewRow.seat_id).where(ReviewRow.id == review_id)).one()
    lock: Any = {"with_for_update": {"key_share": True}, "populate_existing": True}
    if seat_id is not None:
        session.get(Seat, seat_id, **lock)
    if review_id is not None:
        session.get(ReviewRow, review_id, **lock)
