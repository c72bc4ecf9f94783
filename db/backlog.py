"""What Slack has yet to be told, seen from outside the lanes: counted, let go, tried again.

For events that end a wait, for health and the doctor, and for whoever runs the bot.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from db.lane_order import waits_for_ts
from db.store import QUEUED
from db.tables import Lane, OutboxRow, OutboxState, Surface

NOT_IN = "not_in_channel"
UNSEEN = "members_not_visible"
"""Why a private message is parked that tells of a private channel we are not in any more."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`waiting` are those of the pending rows whose thread's first message was not posted yet."""

    pending: int
    waiting: int
    parked: int
    oldest_at: datetime | None
    """When the oldest pending row that waits for no other was queued."""


def counts(session: Session) -> Counts:
    """For health and the doctor."""
    pending = col(OutboxRow.state) == OutboxState.PENDING
    waits = waits_for_ts(OutboxRow)
    every, waiting, parked, oldest = session.execute(
        select(
            func.count().filter(pending),
            func.count().filter(pending & waits),
            func.count().filter(col(OutboxRow.state) == OutboxState.PARKED),
            func.min(col(OutboxRow.created_at)).filter(pending & ~waits),
        )
    ).one()
    return Counts(pending=every, waiting=waiting, parked=parked, oldest_at=oldest)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the outbox with what it shows, for whoever runs the bot. No words are in it."""

    row: OutboxRow
    what: str
    """Which message, or what else is done."""
    in_doubt: bool
    waits: bool
    """For the first message of its thread."""


def find_backlog(session: Session, *, state: OutboxState | None = None) -> list[Entry]:
    """In the order in which they were queued."""
    wanted = (
        select(OutboxRow, Surface, waits_for_ts(OutboxRow))
        .outerjoin(Surface, col(Surface.id) == col(OutboxRow.surface_id))
        .order_by(col(OutboxRow.id))
    )
    if state is not None:
        wanted = wanted.where(OutboxRow.state == state)
    return [
        Entry(
            row=row,
            what=surface.kind if surface is not None else row.kind,
            in_doubt=row.sending_since is not None and row.kind == "surface",
            waits=bool(waits),
        )
        for row, surface, waits in session.execute(wanted).all()
    ]


class Unknown(Exception):
    """No such row: it was sent meanwhile, or never there."""


class BeingSent(Exception):
    """A dispatcher has this row's lane: leave it, or ask again."""


def try_again(session: Session, row_id: int, *, now: datetime) -> None:
    """One row, parked or waiting for a time, goes out at its next turn.

    One in doubt is still looked for before it is sent. Raises Unknown, BeingSent.
    """
    row = _take(session, row_id, now=now)
    if row.state == OutboxState.PARKED and not try_parked(session, row):
        return
    row.not_before = None
    lane = session.get_one(Lane, (row.workspace_id, row.lane))
    lane.not_before = None
    session.add_all([row, lane])
    session.info[QUEUED] = True


def drop(session: Session, row_id: int, *, now: datetime) -> None:
    """Never send it. A message that shows a state comes back when something changes in it.

    Raises Unknown, BeingSent.
    """
    session.delete(_take(session, row_id, now=now))


def _take(session: Session, row_id: int, *, now: datetime) -> OutboxRow:
    known = session.get(OutboxRow, row_id)
    if known is None:
        raise Unknown(row_id)
    lane = session.get(
        Lane, (known.workspace_id, known.lane), with_for_update=True, populate_existing=True
    )
    if lane is not None and lane.leased_until is not None and lane.leased_until > now:
        raise BeingSent(row_id)
    row = session.get(OutboxRow, row_id, populate_existing=True)
    if row is None:
        raise Unknown(row_id)
    return row


def open_lane(session: Session, *, workspace_id: str, name: str) -> None:
    """What held the lane is over (we were invited): its rows go out now.

    A row in doubt keeps its time, as a message may take that long to be found, unless it is the
    invitation that it waits for.
    """
    session.execute(
        update(Lane)
        .where(col(Lane.workspace_id) == workspace_id, col(Lane.name) == name)
        .values(not_before=None)
    )
    session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.workspace_id) == workspace_id,
            col(OutboxRow.lane) == name,
            col(OutboxRow.state) == OutboxState.PENDING,
            col(OutboxRow.sending_since).is_(None) | (col(OutboxRow.error) == NOT_IN),
        )
        .values(not_before=None)
    )
    session.info[QUEUED] = True


def unpark(
    session: Session, *, workspace_id: str, lane: str | None = None, error: str | None = None
) -> int:
    """Try what was parked once more (the channel is back, the token renewed). How many rows.

    Of this lane, or with this error; of all without either.
    """
    rows = session.exec(
        select(OutboxRow)
        .where(OutboxRow.workspace_id == workspace_id, OutboxRow.state == OutboxState.PARKED)
        .order_by(col(OutboxRow.id))
        .with_for_update(key_share=True)
    ).all()
    wanted = [r for r in rows if not (lane or error) or r.lane == lane or r.error == error]
    session.info[QUEUED] = True
    return sum(try_parked(session, row) for row in wanted)


def try_parked(session: Session, row: OutboxRow) -> bool:
    """This parked row goes out at its next turn. Not where a newer one draws the same message; but
    one in doubt does, in its place: the newer would post what may be there."""
    newer = _find_pending(session, row.surface_id) if row.surface_id is not None else None
    if newer is not None:
        in_doubt = row.sending_since is not None
        session.delete(newer if in_doubt else row)
        session.flush()
        if not in_doubt:
            return False
    row.state, row.attempts, row.looks = OutboxState.PENDING, 0, 0
    row.not_before = None
    session.add(row)
    session.info[QUEUED] = True
    session.flush()
    return True


def forget_parked_reactions(session: Session, row: OutboxRow) -> None:
    """What was to become of this reaction before `row` has no meaning any more."""
    before = session.exec(
        select(OutboxRow).where(
            OutboxRow.workspace_id == row.workspace_id,
            OutboxRow.lane == row.lane,
            OutboxRow.state == OutboxState.PARKED,
            OutboxRow.kind != "surface",
            col(OutboxRow.id) < row.id,
        )
    ).all()
    for other in before:
        if other.args == row.args:
            session.delete(other)
    session.flush()


def _find_pending(session: Session, surface_id: int) -> OutboxRow | None:
    return session.exec(
        select(OutboxRow).where(
            OutboxRow.surface_id == surface_id, OutboxRow.state == OutboxState.PENDING
        )
    ).first()
