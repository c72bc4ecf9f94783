"""A person is forgotten: a tombstone stands in the place of their id, everywhere.

What they said stays, as the customer's answers and the company's decisions; who said it does not.
Why: docs/decisions/0006-forgetting.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Table, delete, update
from sqlmodel import Session, col, select

from db.chunks import chunks
from db.everywhere import of_workspace, rewrite, tables
from db.failures import without_words
from db.gone import want_gone
from db.outbox import want_redraws
from db.tables import (
    DeliveryFailed,
    Draft,
    EarlyMessage,
    Lane,
    Membership,
    OutboxRow,
    Person,
    RosterMember,
    Seat,
    Surface,
)
from seat.forgotten import NAME, TOMBSTONE

FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
"""As of when a tombstone was last heard of: nobody asks Slack about it."""

SAYS_NOTHING = {"template": "refusals.stale", "args": {}}
"""What is left of a private line that named somebody."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """`rows`: in how many they stood, by table. `redrawn`: how many messages are drawn anew."""

    tombstone: str
    rows: dict[str, int]
    redrawn: int = 0


def tombstone_of(erasure_id: str) -> str:
    return f"{TOMBSTONE}{erasure_id[:12]}"


def forget_person(
    session: Session,
    *,
    workspace_id: str,
    person_id: str,
    tombstone: str,
    now: datetime,
    redraws: bool = True,
    looked_through: Callable[[Table], None] = lambda table: None,
) -> Forgotten:
    """`redraws`: what shows them in Slack is drawn anew. `looked_through`: called after a table."""
    session.flush()
    known = session.get(Person, (workspace_id, person_id))
    name = known.name if known else ""
    rows: dict[str, int] = {}
    if removed := _take_what_is_theirs_alone(session, workspace_id, person_id, now=now):
        rows["draft"] = removed
    if name:
        _take_name(session, workspace_id, name)
    alone = re.compile(rf"(?<![A-Za-z0-9]){re.escape(person_id)}(?![A-Za-z0-9])")
    reviews: set[int] = set()
    for table in tables():
        found = rewrite(
            session,
            table,
            [person_id],
            lambda text, _name: alone.sub(tombstone, text),
            of_workspace(table, workspace_id),
            codes=True,
        )
        if found:
            rows[table.name] = rows.get(table.name, 0) + len(found)
        reviews |= {row["review_id"] for row in found if row.get("review_id")}
        reviews |= {row["id"] for row in found if table.name == "review"}
        looked_through(table)
    if not rows:
        return Forgotten(tombstone, rows)
    _put_tombstone(session, workspace_id, tombstone, now=now)
    if not redraws:
        return Forgotten(tombstone, rows)
    want_gone(session, workspace_id, [tombstone], now=now, left=True)
    return Forgotten(tombstone, rows, redraw_all(session, reviews, now=now))


def redraw_all(session: Session, reviews: set[int], *, now: datetime) -> int:
    """Every message about these reviews that stands in Slack; how many that is."""
    count = 0
    for some in chunks(sorted(reviews)):
        shown = session.exec(
            select(Surface).where(
                col(Surface.review_id).in_(some),
                col(Surface.ts).is_not(None),
                col(Surface.gone_at).is_(None),
            )
        ).all()
        want_redraws(session, shown, now=now)
        count += len(shown)
    return count


def _take_what_is_theirs_alone(
    session: Session, workspace_id: str, person_id: str, *, now: datetime
) -> int:
    """What they typed and did not send, and what was on its way to them. How many drafts."""
    drafts = session.execute(
        delete(Draft).where(
            col(Draft.workspace_id) == workspace_id, col(Draft.person_id) == person_id
        )
    )
    session.execute(
        delete(EarlyMessage).where(
            col(EarlyMessage.workspace_id) == workspace_id, col(EarlyMessage.by) == person_id
        )
    )
    session.execute(
        delete(OutboxRow).where(
            col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.lane) == person_id
        )
    )
    session.execute(
        delete(Lane).where(col(Lane.workspace_id) == workspace_id, col(Lane.name) == person_id)
    )
    session.execute(
        update(Surface)
        .where(col(Surface.workspace_id) == workspace_id, col(Surface.person_id) == person_id)
        .values(gone_at=now, args={})
    )
    for failed in session.exec(
        select(DeliveryFailed).where(DeliveryFailed.workspace_id == workspace_id)
    ):
        if person_id in str(failed.body):
            failed.body = without_words(failed.body)
            session.add(failed)
    for row in session.exec(
        select(OutboxRow).where(
            OutboxRow.workspace_id == workspace_id, col(OutboxRow.kind).in_(("whisper", "refusal"))
        )
    ):
        if row.args.get("person") == person_id:
            session.delete(row)
    session.flush()
    return int(getattr(drafts, "rowcount", 0))


def _take_name(session: Session, workspace_id: str, name: str) -> None:
    """Where lists of people were put into words already: lines to one reader, sent long since."""
    answers = select(Surface).where(
        Surface.workspace_id == workspace_id, Surface.kind == "private_answer"
    )
    for shown in session.exec(answers):
        if name in str(shown.args):
            shown.args = dict(SAYS_NOTHING)
            session.add(shown)
    lines = select(OutboxRow).where(
        OutboxRow.workspace_id == workspace_id, col(OutboxRow.kind).in_(("whisper", "refusal"))
    )
    for line in session.exec(lines):
        if name in str(line.args):
            line.args = {**line.args, **SAYS_NOTHING}
            session.add(line)
    session.flush()


def _put_tombstone(session: Session, workspace_id: str, tombstone: str, *, now: datetime) -> None:
    """It takes no turns, keeps nothing and decides nothing; whatever asks finds that it is gone."""
    person = session.get(Person, (workspace_id, tombstone))
    person = person or Person(workspace_id=workspace_id, id=tombstone, checked_at=now)
    person.name, person.tz, person.dm_channel_id = NAME, "", None
    person.is_guest = person.is_external = person.is_admin = person.is_bot = False
    person.deactivated, person.checked_at = True, FOR_GOOD
    session.add(person)
    session.execute(
        update(Membership)
        .where(col(Membership.workspace_id) == workspace_id, col(Membership.person_id) == tombstone)
        .values(is_member=False, checked_at=FOR_GOOD)
    )
    session.execute(
        update(RosterMember)
        .where(col(RosterMember.person_id) == tombstone, col(RosterMember.left_at).is_(None))
        .values(left_at=now)
    )
    session.execute(
        update(Seat)
        .where(col(Seat.workspace_id) == workspace_id, col(Seat.default_decider) == tombstone)
        .values(default_decider=None)
    )
    session.flush()
