"""The dispatcher's side of the outbox: leasing lanes, and what became of each row.

A lane's rows go out one after the other, in id order; lanes know nothing of each other. One
transaction a call, none held while Slack is called. Every write names the lease it was made
under: who lost the lane (its lease ran out and another took it) gets StaleLease, and nothing is
written. `now` is the machine clock.

Long because all that holds a lease writes through one private check of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from db.early import look_again
from db.lane_order import find_all_columns, waits_for_channel, waits_for_ts
from db.store import QUEUED
from db.tables import Lane, OutboxRow, OutboxState, Surface


class StaleLease(Exception):
    """Someone else has the lane now. Leave it; what was in flight, they will look for."""


_HEAD, _EARLIER = find_all_columns(aliased(OutboxRow), aliased(OutboxRow))


CURSOR = "cursor"
"""In `args` of a row in doubt: where looking for it goes on."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leased lane. `token` is the fence; `kinds` are what this dispatcher can send."""

    workspace_id: str
    lane: str
    token: int
    lease: timedelta
    kinds: frozenset[str]


def claim_lane(
    session: Session,
    *,
    now: datetime,
    lease: timedelta,
    kinds: Collection[str],
    workspaces: Collection[str] | None = None,
) -> Claimed | None:
    """Lease the free lane whose next row has waited longest; None: nothing to send now.

    A lane whose next row is of another kind is left alone: another version sends that first.
    """
    head, earlier = _HEAD, _EARLIER
    wanted = (
        select(Lane)
        .join(head, (col(head.workspace_id) == Lane.workspace_id) & (col(head.lane) == Lane.name))
        .where(
            col(head.state) == OutboxState.PENDING,
            col(head.kind).in_(kinds),
            is_due(head.not_before, now),
            ~_waits(head),
            ~exists().where(
                col(earlier.workspace_id) == head.workspace_id,
                col(earlier.lane) == head.lane,
                col(earlier.state) == OutboxState.PENDING,
                col(earlier.id) < head.id,
                ~_waits(earlier),
            ),
            is_due(Lane.leased_until, now),
            is_due(Lane.not_before, now),
        )
        .order_by(col(head.id))
        .limit(1)
        .with_for_update(of=Lane, skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    if workspaces is not None:
        wanted = wanted.where(col(Lane.workspace_id).in_(workspaces))
    lane = session.exec(wanted).first()
    if lane is None:
        return None
    lane.token += 1
    lane.leased_until = now + lease
    session.add(lane)
    session.flush()
    return Claimed(lane.workspace_id, lane.name, lane.token, lease, frozenset(kinds))


def next_row(session: Session, claimed: Claimed, *, now: datetime) -> OutboxRow | None:
    """The row whose turn it is; None when the lane is empty, or its next row has to wait.

    The order is strict: a row that waits for a time, or is of a kind unknown here, holds back
    those behind it. Only what waits for another lane is passed over, with nobody else's rows held
    up: a reply to a message that has no ts yet (its post was parked), and a private message whose
    review has news for its channel.
    """
    row = session.exec(
        select(OutboxRow)
        .where(
            OutboxRow.workspace_id == claimed.workspace_id,
            OutboxRow.lane == claimed.lane,
            OutboxRow.state == OutboxState.PENDING,
            ~_waits(OutboxRow),
        )
        .order_by(col(OutboxRow.id))
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()
    if row is None or row.kind not in claimed.kinds:
        return None
    return None if row.not_before is not None and row.not_before > now else row


def start_sending(
    session: Session, row: OutboxRow, claimed: Claimed, *, now: datetime
) -> OutboxRow:
    """Note, before Slack is called, that it will be. The lease begins anew, to outlast it.

    Found again with `sending_since` set, the row is in doubt: look before sending.
    """
    lane, row = _held(session, claimed), _fresh(session, row)
    lane.leased_until = now + claimed.lease
    row.sending_since = now
    row.attempts += 1
    if row.args.get(CURSOR):
        row.args = {**row.args, CURSOR: ""}  # of a doubt before
    _save(session, lane, row)
    _forget_what_is_shown(session, row)
    return row


def _forget_what_is_shown(session: Session, row: OutboxRow) -> None:
    """Until the answer is stored, nobody knows what Slack shows: not whoever begins to send, nor
    whoever sent what was there before."""
    session.execute(
        update(Surface)
        .where(col(Surface.id) == row.surface_id, col(Surface.drawn) != 0)
        .values(drawn=0)
    )


def done(
    session: Session,
    row: OutboxRow,
    claimed: Claimed,
    *,
    now: datetime,
    drawn: int | None = None,
    ts: str | None = None,
) -> bool:
    """It is in Slack: the row goes. For a surface, `drawn` is the `wanted` that was drawn.

    If more was wanted meanwhile the row stays, to be drawn again; False is returned then.
    `drawn` None: the row goes whatever was wanted (the message no longer exists).
    """
    _held(session, claimed)
    row = _fresh(session, row)
    surface = _lock_surface(session, row.surface_id)
    if surface is not None:
        if ts is not None:
            if surface.ts is None:
                session.info[QUEUED] = True  # what waited for its ts, in any lane, may go now
                look_again(session, surface, ts=ts, now=now)
            surface.sent_at = surface.sent_at if surface.ts == ts else now
            surface.ts = ts
        surface.drawn = max(surface.drawn, surface.wanted if drawn is None else drawn)
        if surface.wanted > surface.drawn:
            row.sending_since = row.not_before = None
            row.attempts = row.looks = 0
            row.error = ""
            _save(session, surface, row)
            return False
        session.add(surface)
    session.delete(row)
    session.flush()
    return True


def retry_later(
    session: Session, row: OutboxRow, claimed: Claimed, *, not_before: datetime, error: str
) -> None:
    """Slack said no for now: nothing arrived, so it is sent afresh."""
    _held(session, claimed)
    row = _fresh(session, row)
    row.sending_since, row.looks = None, 0
    row.not_before, row.error = not_before, error
    _save(session, row)


def look_later(
    session: Session,
    row: OutboxRow,
    claimed: Claimed,
    *,
    not_before: datetime,
    error: str,
    looked: bool = False,
    cursor: str | None = None,
) -> None:
    """Nobody knows whether it arrived: it stays in doubt until `not_before`.

    `looked`: we have just looked and not found it. `cursor`: where to go on; None: as it is.
    """
    _held(session, claimed)
    row = _fresh(session, row)
    row.looks += looked
    if looked or cursor is not None:
        row.args = {**row.args, CURSOR: cursor or ""}
    row.not_before, row.error = not_before, error
    _save(session, row)


def park(session: Session, row: OutboxRow, claimed: Claimed, *, error: str) -> None:
    """It will never arrive (archived, revoked). Kept for the doctor, out of the lane's way."""
    _held(session, claimed)
    row = _fresh(session, row)
    row.state, row.error = OutboxState.PARKED, error
    _save(session, row)


def hold_lane(session: Session, claimed: Claimed, *, until: datetime) -> None:
    """Nothing goes to this channel before `until`: it is throttled, or we are not in it."""
    lane = _held(session, claimed)
    lane.not_before = until
    _save(session, lane)


def extend(session: Session, claimed: Claimed, *, now: datetime) -> None:
    """The lease begins anew."""
    lane = _held(session, claimed)
    lane.leased_until = now + claimed.lease
    _save(session, lane)


def release(session: Session, claimed: Claimed) -> None:
    """Give the lane back. Already lost is no error."""
    session.execute(
        update(Lane)
        .where(
            col(Lane.workspace_id) == claimed.workspace_id,
            col(Lane.name) == claimed.lane,
            col(Lane.token) == claimed.token,
        )
        .values(leased_until=None)
    )


def _waits(row: Any) -> ColumnElement[bool]:
    return or_(waits_for_ts(row), waits_for_channel(row))


def is_due(at: Any, now: datetime) -> ColumnElement[bool]:
    """That time has come, or there is none to wait for."""
    return or_(col(at).is_(None), col(at) <= now)


def _held(session: Session, claimed: Claimed) -> Lane:
    lane = session.exec(
        select(Lane)
        .where(Lane.workspace_id == claimed.workspace_id, Lane.name == claimed.lane)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if lane is None or lane.token != claimed.token:
        raise StaleLease(f"{claimed.workspace_id}/{claimed.lane}: lease {claimed.token} is over")
    return lane


def _fresh(session: Session, row: OutboxRow) -> OutboxRow:
    """The row as it is now: the caller's copy is from an earlier transaction."""
    return session.get_one(OutboxRow, row.id, populate_existing=True)


def _lock_surface(session: Session, surface_id: int | None) -> Surface | None:
    if surface_id is None:
        return None
    return session.get(
        Surface, surface_id, populate_existing=True, with_for_update={"key_share": True}
    )


def _save(session: Session, *rows: Lane | OutboxRow | Surface) -> None:
    session.add_all(rows)
    session.flush()
