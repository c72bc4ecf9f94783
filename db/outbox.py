"""Queueing what Slack has to be told, in the transaction of the deed that causes it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarResult, update
from sqlmodel import Session, col, select

from db.cause import current_cause
from db.chunks import chunks
from db.store import QUEUED, insert_into
from db.tables import Lane, OutboxRow, OutboxState, Surface


def queue_surface(
    session: Session,
    *,
    workspace_id: str,
    kind: str,
    key: str,
    now: datetime,
    channel_id: str = "",
    person_id: str | None = None,
    review_id: int | None = None,
    seat_id: int | None = None,
    under: Surface | None = None,
    args: dict[str, Any] | None = None,
) -> Surface:
    """Want the message `key` to exist and show what is true now; posts it once, then redraws it.

    Many calls before it is sent make one send. Returns the surface, its id set.
    """
    session.flush()
    new = Surface(
        workspace_id=workspace_id,
        kind=kind,
        key=key,
        channel_id=channel_id,
        person_id=person_id,
        review_id=review_id,
        seat_id=seat_id,
        under_id=under.id if under else None,
        args=args or {},
    )
    again: dict[str, Any] = {"wanted": col(Surface.wanted) + 1}
    if args is not None:
        again["args"] = args
    # New or not, this takes the surface's row until we commit: what else wants it, or has just
    # drawn it, waits for us, so that no wish is lost and no row is queued twice.
    surface = session.scalars(
        insert_into(session, Surface)
        .values(new.model_dump(exclude={"id"}))
        .on_conflict_do_update(index_elements=["workspace_id", "key"], set_=again)
        .returning(Surface),
        execution_options={"populate_existing": True},
    ).one()
    _queue_draws(session, [surface], now=now, are_new=surface.wanted == new.wanted)
    return surface


def rename_unsent(session: Session, *, review_id: int, kind: str, key: str) -> None:
    """A message of this kind that waits to be posted becomes `key`: of a burst of versions, each
    with a key of its own, only the last is posted. What is being sent now keeps its name.
    """
    session.flush()
    unsent = session.exec(
        select(Surface)
        .join(OutboxRow, col(OutboxRow.surface_id) == Surface.id)
        .where(
            Surface.review_id == review_id,
            Surface.kind == kind,
            col(Surface.ts).is_(None),
            OutboxRow.state == OutboxState.PENDING,
            col(OutboxRow.sending_since).is_(None),
        )
        .with_for_update(of=OutboxRow)  # nobody begins to send it meanwhile
    ).first()
    if unsent is not None:
        unsent.key = key
        session.add(unsent)
        session.flush()


def redraw(session: Session, *, workspace_id: str, key: str, now: datetime) -> None:
    """Redraw the message `key` if it was ever wanted; nothing otherwise."""
    session.flush()
    which = (col(Surface.workspace_id) == workspace_id, col(Surface.key) == key)
    _queue_draws(session, _want(session, *which).all(), now=now)


def want_redraw(session: Session, surface: Surface, *, now: datetime) -> None:
    want_redraws(session, [surface], now=now)


def want_redraws(session: Session, surfaces: Iterable[Surface], *, now: datetime) -> None:
    """Redraw all of these, with two statements for many at a time."""
    session.flush()
    for ids in chunks([surface.id for surface in surfaces]):
        _queue_draws(session, _want(session, col(Surface.id).in_(ids)).all(), now=now)


def find_surface(session: Session, *, workspace_id: str, key: str) -> Surface | None:
    return session.exec(
        select(Surface).where(Surface.workspace_id == workspace_id, Surface.key == key)
    ).one_or_none()


def queue_reaction(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    ts: str,
    name: str,
    now: datetime,
    add: bool = True,
) -> None:
    """Put (or take away) our reaction `name` on a message. Repeating it does no harm."""
    _queue(
        session,
        workspace_id,
        channel_id,
        kind="react" if add else "unreact",
        args={"ts": ts, "name": name},
        now=now,
    )


def queue_whisper(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    thread_ts: str | None,
    template: str,
    args: dict[str, Any],
    now: datetime,
) -> None:
    """One line only `person_id` sees. Sent at most once: Slack promises no more for these."""
    _queue(
        session,
        workspace_id,
        channel_id,
        kind="whisper",
        args={"person": person_id, "thread_ts": thread_ts, "template": template, "args": args},
        now=now,
    )


def queue_refusal(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    thread_ts: str | None,
    template: str,
    args: dict[str, Any],
    now: datetime,
) -> None:
    """As `queue_whisper`, of a press that was refused: in a lane of its reader's own, so that it
    holds up nothing in the channel, and not while the same waits to be sent already."""
    lane = f"~{person_id}"
    said = {
        "channel": channel_id,
        "person": person_id,
        "thread_ts": thread_ts,
        "template": template,
        "args": args,
    }
    waiting = session.exec(
        select(OutboxRow.args).where(
            OutboxRow.workspace_id == workspace_id,
            OutboxRow.lane == lane,
            OutboxRow.state == OutboxState.PENDING,
            col(OutboxRow.sending_since).is_(None),
        )
    )
    if all(kept != said for kept in waiting):
        _queue(session, workspace_id, lane, kind="refusal", args=said, now=now)


def _want(session: Session, *which: ColumnElement[bool]) -> ScalarResult[Surface]:
    return session.scalars(
        update(Surface)
        .where(*which)
        .values({"wanted": col(Surface.wanted) + 1})
        .returning(Surface),
        execution_options={"populate_existing": True, "synchronize_session": False},
    )


def _queue_draws(
    session: Session, surfaces: Sequence[Surface], *, now: datetime, are_new: bool = False
) -> None:
    """One pending row a surface, however often it is wanted. `are_new`: none can have one yet."""
    waiting: set[int | None] = set()
    for ids in [] if are_new else chunks([surface.id for surface in surfaces]):
        waiting |= set(
            session.exec(
                select(OutboxRow.surface_id).where(
                    col(OutboxRow.surface_id).in_(ids), OutboxRow.state == OutboxState.PENDING
                )
            )
        )
    for surface in sorted(surfaces, key=lambda s: s.id or 0):
        if surface.id not in waiting:
            lane = surface.person_id or surface.channel_id
            _queue(
                session, surface.workspace_id, lane, kind="surface", surface_id=surface.id, now=now
            )
    if surfaces:
        session.info[QUEUED] = True


def _queue(
    session: Session,
    workspace_id: str,
    lane: str,
    *,
    kind: str,
    now: datetime,
    surface_id: int | None = None,
    args: dict[str, Any] | None = None,
) -> None:
    # Looked for first: PostgreSQL's ON CONFLICT waits for whoever is writing that row, and the
    # dispatcher renews leases all the time.
    # Held as one that is pointed to, so that no one takes an empty lane away meanwhile.
    held: Any = {"key_share": True, "read": True}
    if session.get(Lane, (workspace_id, lane), with_for_update=held) is None:
        session.execute(
            insert_into(session, Lane)
            .values(workspace_id=workspace_id, name=lane, token=0)
            .on_conflict_do_nothing(index_elements=["workspace_id", "name"])
        )
    session.add(
        OutboxRow(
            workspace_id=workspace_id,
            lane=lane,
            kind=kind,
            surface_id=surface_id,
            args=args or {},
            cause=current_cause(),
            created_at=now,
        )
    )
    session.info[QUEUED] = True
    session.flush()
