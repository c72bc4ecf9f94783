"""Queueing what Slack has to be told, in the transaction of the deed that causes it."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from db.store import QUEUED
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
    surface = find_surface(session, workspace_id=workspace_id, key=key)
    if surface is None:
        surface = Surface(
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
    else:
        surface.wanted += 1
        if args is not None:
            surface.args = args
    session.add(surface)
    session.flush()
    _queue_draw(session, surface, now=now)
    return surface


def redraw(session: Session, *, workspace_id: str, key: str, now: datetime) -> None:
    """Redraw the message `key` if it was ever wanted; nothing otherwise."""
    surface = find_surface(session, workspace_id=workspace_id, key=key)
    if surface is not None:
        want_redraw(session, surface, now=now)


def want_redraw(session: Session, surface: Surface, *, now: datetime) -> None:
    surface.wanted += 1
    session.add(surface)
    session.flush()
    _queue_draw(session, surface, now=now)


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


def _queue_draw(session: Session, surface: Surface, *, now: datetime) -> None:
    waiting = session.exec(
        select(OutboxRow).where(
            OutboxRow.surface_id == surface.id,
            col(OutboxRow.state) == OutboxState.PENDING,
        )
    ).first()
    if waiting is None:
        lane = surface.person_id or surface.channel_id
        _queue(session, surface.workspace_id, lane, kind="surface", surface_id=surface.id, now=now)


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
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(
        make(Lane)
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
            created_at=now,
        )
    )
    session.info[QUEUED] = True
    session.flush()
