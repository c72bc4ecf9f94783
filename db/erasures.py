"""What was taken away for good: noted without the words, and done anew to a database that was
restored from a time before.

A redaction, somebody forgotten, a review at the end of its period: each is a row of `erasure` and
holds for every copy of the database. Whoever restores one reads them first from the database that
is replaced (`read_erasures`), and hands them to `apply_erasures` of the other.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from db.everywhere import of_workspace, tables, text_columns
from db.expiring import remove_reviews
from db.forgetting import forget_person, tombstone_of
from db.tables import Erasure, ErasureKind, ReviewRow, Workspace
from db.words import take_off

_PERSON = re.compile(r"(?<![A-Za-z0-9])[UW][A-Z0-9]{5,}")


def new_erasure(
    session: Session,
    *,
    workspace_id: str,
    kind: ErasureKind,
    target: str,
    by: str,
    now: datetime,
    id: str = "",
) -> Erasure:
    row = Erasure(
        id=id or new_id(),
        workspace_id=workspace_id,
        kind=kind,
        target=target,
        by=by,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def new_id() -> str:
    return secrets.token_hex(16)


def mark_of(erasure_id: str, workspace_id: str, person_id: str) -> str:
    """By which somebody is known again who was forgotten, and by nothing else."""
    return hashlib.sha256(f"{erasure_id}:{workspace_id}:{person_id}".encode()).hexdigest()


def read_erasures(session: Session) -> list[Erasure]:
    """All that there are, oldest first."""
    return list(session.exec(select(Erasure).order_by(col(Erasure.at), col(Erasure.id))))


def apply_erasures(session: Session, known: Iterable[Erasure], *, now: datetime) -> int:
    """Take away what was taken away already, of what this database still has. How many were new.

    Those that it knows were done to it before it was copied; what came after them stays. Nothing
    is drawn anew for it: what stands in Slack was, the first time. What a newer version took away
    in a way that this one does not know is noted, and left.
    """
    count = 0
    for row in sorted(known, key=lambda row: (row.at, row.id)):
        if (
            session.get(Erasure, row.id) is not None
            or session.get(Workspace, row.workspace_id) is None
        ):
            continue
        session.add(Erasure(**row.model_dump()))
        session.flush()
        _apply(session, row, now=now)
        count += 1
    return count


def _apply(session: Session, row: Erasure, *, now: datetime) -> None:
    if row.kind == ErasureKind.FORGOTTEN:
        for person in find_marked(session, row):
            forget_person(
                session,
                workspace_id=row.workspace_id,
                person_id=person,
                tombstone=tombstone_of(row.id),
                now=now,
                redraws=False,
            )
        return
    number, _, part = row.target.partition(":")
    review = session.get(ReviewRow, int(number)) if number.isdecimal() else None
    if review is None or review.workspace_id != row.workspace_id:
        return
    if row.kind == ErasureKind.REDACTED:
        take_off(session, review, part)
    elif row.kind == ErasureKind.EXPIRED:
        remove_reviews(session, [review])


def find_marked(session: Session, row: Erasure) -> list[str]:
    """Who bears the mark of `row`, of all who are named anywhere: our copy of them may be gone."""
    named: set[str] = set()
    for table in tables():
        looked = text_columns(table, codes=True)
        where = of_workspace(table, row.workspace_id)
        wanted = columns(*looked) if where is None else columns(*looked).where(where)
        for values in session.execute(wanted) if looked else ():
            named.update(_PERSON.findall(str(values)))
    return sorted(who for who in named if mark_of(row.id, row.workspace_id, who) == row.target)
