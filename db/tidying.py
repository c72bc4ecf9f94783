"""What is kept for a time only, and goes by itself: a part at a time, so that nobody waits for it.

Of each rule a few rows a transaction. Two replicas that tidy at once take different rows, or find
that the other has taken them. docs/data.md says how long everything is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, not_, or_, tuple_
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from db.chunks import chunks
from db.everywhere import tables, text_columns
from db.tables import (
    Channel,
    DeliveryFailed,
    Draft,
    Due,
    EarlyMessage,
    InboxKey,
    Lane,
    Membership,
    OutboxRow,
    OutboxState,
    Person,
    ReviewRow,
    RosterMember,
    Seat,
    Surface,
)
from seat.facts import State
from seat.forgotten import TOMBSTONE

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
HOUR = timedelta(hours=1)
DRAFTS = timedelta(days=2)
"""Of what was typed into a form that could not be taken."""
ASKED = timedelta(days=2)
"""How long what Slack said of people and channels outlives its last use: a day it is believed."""
ROSTER = timedelta(days=365)
"""How long it is known of somebody who left a roster when they joined, for the count on return."""
AT_ONCE = 200
"""Rows of a rule in one transaction."""
TRANSIENT = ("private_answer", "hello", "invited")
"""Messages that nothing comes back to."""
PASSING = frozenset({"person", "membership", "lane", "inbox"})
"""Tables that name people only for as long as others do, or for a few days."""

_PERSON = re.compile(rf"(?<![A-Za-z0-9])(?:[UW][A-Z0-9]{{5,}}|{TOMBSTONE}[0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` that are of no use any more."""

    table: type[SQLModel]
    which: Callable[[datetime, datetime], ColumnElement[bool]]
    """Of now on the business clock, and on the machine's."""


def _is_over(review_id: object) -> ColumnElement[bool]:
    """Or there is none."""
    return ~exists().where(
        col(ReviewRow.id) == review_id, col(ReviewRow.state).in_((State.OPEN, State.HEARD))
    )


_WAITS = exists().where(col(OutboxRow.surface_id) == col(Surface.id))
_IS_OPEN_THERE = exists().where(
    col(ReviewRow.workspace_id) == col(Membership.workspace_id),
    col(ReviewRow.channel_id) == col(Membership.channel_id),
    col(ReviewRow.state).in_((State.OPEN, State.HEARD)),
)
_HAS_SEAT = exists().where(
    col(Seat.workspace_id) == col(Channel.workspace_id), col(Seat.channel_id) == col(Channel.id)
)
_HAS_REVIEW = exists().where(
    col(ReviewRow.workspace_id) == col(Channel.workspace_id),
    col(ReviewRow.channel_id) == col(Channel.id),
)

RULES = (
    Rule(InboxKey, lambda _now, machine: col(InboxKey.at) < machine - WEEK),
    Rule(EarlyMessage, lambda now, _machine: col(EarlyMessage.kept_at) < now - HOUR),
    Rule(Draft, lambda now, _machine: col(Draft.at) < now - DRAFTS),
    Rule(
        DeliveryFailed,
        lambda _now, machine: or_(
            col(DeliveryFailed.replayed_at) < machine - WEEK,
            col(DeliveryFailed.at) < machine - MONTH,
        ),
    ),
    Rule(
        OutboxRow,
        lambda now, _machine: and_(
            col(OutboxRow.state) == OutboxState.PARKED, col(OutboxRow.created_at) < now - MONTH
        ),
    ),
    Rule(
        Surface,
        lambda _now, machine: and_(
            col(Surface.kind).in_(TRANSIENT), col(Surface.sent_at) < machine - MONTH, not_(_WAITS)
        ),
    ),
    Rule(
        Due,
        lambda now, _machine: and_(col(Due.done_at) < now - MONTH, _is_over(col(Due.review_id))),
    ),
    Rule(
        Membership,
        lambda _now, machine: and_(
            col(Membership.checked_at) < machine - ASKED, not_(_IS_OPEN_THERE)
        ),
    ),
    Rule(
        Channel,
        lambda _now, machine: and_(
            col(Channel.checked_at) < machine - ASKED, not_(_HAS_SEAT), not_(_HAS_REVIEW)
        ),
    ),
    Rule(RosterMember, lambda now, _machine: col(RosterMember.left_at) < now - ROSTER),
)


def tidy(session: Session, rule: Rule, *, now: datetime, machine: datetime) -> int:
    """Take away some of what a rule names; how many rows. Fewer than AT_ONCE: it was the rest."""
    table = SQLModel.metadata.tables[str(rule.table.__tablename__)]
    key = list(table.primary_key)
    found = session.execute(
        columns(*key)
        .where(rule.which(now, machine))
        .order_by(*key)
        .limit(AT_ONCE)
        .with_for_update(of=table, skip_locked=True)
    ).all()
    for some in chunks(map(tuple, found)):
        session.execute(delete(table).where(tuple_(*key).in_(some)))
    return len(found)


def find_unnamed(session: Session, *, machine: datetime) -> list[tuple[str, str]]:
    """(workspace, person) of those of whom we have a copy, or know where they are, and whom nothing
    names. Not who was asked about just now: something may be about to name them."""
    settled = machine - HOUR
    people = select(Person.workspace_id, Person.id).where(
        or_(col(Person.checked_at) < settled, col(Person.deactivated))
    )
    members = select(Membership.workspace_id, Membership.person_id).where(
        col(Membership.checked_at) < settled
    )
    left = {*session.exec(people), *session.exec(members)} - {*session.exec(_just_asked(settled))}
    for table in tables():
        looked = text_columns(table, codes=True)
        if table.name in PASSING or not looked:
            continue
        if not left:
            break
        # Ids are the same in no two workspaces that one bot serves, and staying is the safe side.
        for row in session.execute(columns(*looked)).yield_per(1000):
            named = {found for value in row for found in _PERSON.findall(str(value))}
            if named:
                left = {(workspace, who) for workspace, who in left if who not in named}
    return sorted(left)


def _just_asked(settled: datetime) -> Any:
    return select(Person.workspace_id, Person.id).where(
        col(Person.checked_at) >= settled, col(Person.deactivated).is_(False)
    )


def forget_unnamed(session: Session, people: list[tuple[str, str]], *, machine: datetime) -> int:
    """Of those found, whom nobody asked about meanwhile; with where they are, and their lanes, once
    these are empty."""
    count = 0
    for workspace_id, person_id in people:
        person = session.get(Person, (workspace_id, person_id), with_for_update=True)
        if person is not None:
            if person.checked_at >= machine - HOUR and not person.deactivated:
                continue
            session.delete(person)
        session.execute(
            delete(Membership).where(
                col(Membership.workspace_id) == workspace_id,
                col(Membership.person_id) == person_id,
            )
        )
        _drop_lane(session, workspace_id, person_id, machine=machine)
        count += 1
    return count


def _drop_lane(session: Session, workspace_id: str, name: str, *, machine: datetime) -> None:
    """Locked before it is looked whether anything waits in it: who queues holds it until then."""
    lane = session.exec(
        select(Lane)
        .where(Lane.workspace_id == workspace_id, Lane.name == name)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if lane is None or (lane.leased_until is not None and lane.leased_until > machine - ASKED):
        return
    waits = select(OutboxRow.id).where(
        OutboxRow.workspace_id == workspace_id, OutboxRow.lane == name
    )
    if session.exec(waits).first() is None:
        session.delete(lane)
