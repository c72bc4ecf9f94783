"""A restored database goes on above what was given out since its backup.

What was done in the time between is in Slack and nowhere else: cards with ids, buttons with
versions. Nobody can say which, so ids of reviews and seats, and versions of reviews, go on at the
seconds since 2026: fewer than one a second are ever given out, so each restore begins above all
before it, also above one of the same backup. See docs/decisions/0009-restoring.md.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, func, text
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from db.tables import (
    Epoch,
    HistoryRow,
    LostReview,
    OutboxRow,
    OutboxState,
    ReviewRow,
    Seat,
    Surface,
    Workspace,
)

RESTORED = "restored"
"""What the history calls it. It counts as a change of everything (seat/meanwhile.py)."""
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
LOOKED_FOR = timedelta(days=1)
"""How long after a restore a message is looked for before it is posted for the first time: what was
due in the lost time, or is heard anew from a thread, comes by then."""
LOST = "lost"
"""In `args` of a row of the outbox: the epoch for which it was, or is being, looked for."""


def begin_epoch(session: Session, *, taken_at: datetime, now: datetime, by: str) -> Epoch:
    """After the rows of a backup were written. `now`: the machine's clock.

    Each review's history gets an entry by `by`, so what was drawn before is stale; what waited to
    be posted is in doubt.
    """
    last = session.execute(columns(func.max(col(ReviewRow.id)))).scalar() or 0
    floor = floor_at(now)
    _raise_sequences(session, floor)
    epoch = Epoch(taken_at=taken_at, restored_at=now, last_review=last, floor=floor)
    session.add(epoch)
    session.flush()
    for review in session.exec(select(ReviewRow)):
        review.version = max(review.version + 1, epoch.floor)
        session.add(review)
        assert review.id is not None
        session.add(HistoryRow(review_id=review.id, at=now, who=by, what=RESTORED))
    for seat in session.exec(select(Seat)):
        seat.last_number += numbers_skipped(now - taken_at)
        session.add(seat)
    for workspace in session.exec(select(Workspace)):
        # What was known of people and channels is of the backup's time.
        workspace.away_until = now
        session.add(workspace)
    _doubt(session, epoch)
    session.flush()
    return epoch


def floor_at(now: datetime) -> int:
    return max(1, int((now - BEGINNING).total_seconds()))


def numbers_skipped(lost: timedelta) -> int:
    """Of the numbers that people call reviews by: a hundred, and two for each minute that is lost.
    More than a seat ever opens, and always more than at a restore before of the same backup."""
    return 100 + 2 * max(0, int(lost.total_seconds() // 60))


def next_id(session: Session, table: type[ReviewRow] | type[Seat]) -> int | None:
    """The id for a new row. None: the database knows (PostgreSQL's sequence, or never restored)."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    epoch = last_epoch(session)
    if epoch is None:
        return None
    highest = session.execute(columns(func.max(col(table.id)))).scalar() or 0
    return max(highest + 1, epoch.floor)


def last_epoch(session: Session) -> Epoch | None:
    return session.exec(select(Epoch).order_by(col(Epoch.id).desc()).limit(1)).first()


def was_lost(session: Session, review_id: int) -> bool:
    """Whether that id was, or may have been, given out in a time that was lost."""
    return (
        session.exec(
            select(Epoch.id)
            .where(col(Epoch.last_review) < review_id, col(Epoch.floor) > review_id)
            .limit(1)
        ).first()
        is not None
    )


def note_lost(
    session: Session, *, workspace_id: str, review_id: int, channel_id: str, now: datetime
) -> None:
    """For the doctor: somebody pressed a button of a review that was lost."""
    row = session.get(LostReview, (workspace_id, review_id)) or LostReview(
        workspace_id=workspace_id, lost_id=review_id, pressed_at=now
    )
    row.channel_id, row.pressed_at = channel_id or row.channel_id, now
    session.add(row)


def must_look(session: Session, row: OutboxRow, surface: Surface) -> Epoch | None:
    """The epoch for whose lost time this post has yet to be looked for, or is being.

    `row` is about to be posted for the first time. What is of a review that came after the restore
    can't have been.
    """
    epoch = last_epoch(session)
    if epoch is None or surface.ts is not None:
        return None
    if row.created_at > epoch.restored_at + LOOKED_FOR:
        return None
    if surface.review_id is not None and surface.review_id >= epoch.floor:
        return None
    if row.args.get(LOST) == epoch.id and row.sending_since is None:
        return None  # looked for, and not found
    return epoch


def put_in_doubt(session: Session, row: OutboxRow, epoch: Epoch) -> OutboxRow:
    """It may have been posted in the lost time. Once: after that it is being looked for."""
    row = session.get_one(OutboxRow, row.id, populate_existing=True)
    if row.args.get(LOST) == epoch.id:
        return row
    row.sending_since = min(row.sending_since or epoch.taken_at, epoch.taken_at)
    row.args = {**row.args, LOST: epoch.id}
    row.looks = 0
    session.add(row)
    session.flush()
    return row


def _doubt(session: Session, epoch: Epoch) -> None:
    rows = session.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING)).all()
    for row in rows:
        surface = session.get(Surface, row.surface_id) if row.surface_id is not None else None
        if row.kind == "whisper":
            row.sending_since = row.sending_since or epoch.taken_at  # sent at most once
        elif surface is not None and surface.ts is None:
            put_in_doubt(session, row, epoch)
        row.not_before = None
        session.add(row)


def _raise_sequences(session: Session, above: int) -> None:
    """PostgreSQL: rows came with their ids, of which its sequences know nothing."""
    if session.get_bind().dialect.name == "sqlite":
        return
    for table in SQLModel.metadata.sorted_tables:
        for name in _serial_columns(table):
            highest = session.execute(columns(func.max(table.c[name]))).scalar() or 0
            floor = above if table.name in ("review", "seat") else 1
            session.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :name), :next, false)"),
                {"table": table.name, "name": name, "next": max(highest + 1, floor)},
            )


def _serial_columns(table: Table) -> list[str]:
    own = table.autoincrement_column
    return [own.name] if own is not None else []
