"""Deliveries whose handling had a bug: kept once each, until a replay carries them out."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.tables import DeliveryFailed, InboxKey

WORDS = frozenset({"text", "blocks", "attachments", "files", "title", "topic", "purpose"})
"""Fields of an event in which somebody wrote something."""


def keep_failure(
    session: Session,
    *,
    reference: str,
    key: str,
    workspace_id: str,
    body: dict[str, Any],
    error: str,
    now: datetime,
) -> str:
    """The reference to ask for it by.

    The same delivery failing again is one failure, with its first reference and newest error.
    """
    known = session.exec(
        select(DeliveryFailed).where(
            DeliveryFailed.key == key, col(DeliveryFailed.replayed_at).is_(None)
        )
    ).first()
    row = known or DeliveryFailed(
        reference=reference, key=key, workspace_id=workspace_id, at=now, body=body
    )
    row.error = error
    session.add(row)
    return row.reference


def find_failures(session: Session, *, replayed: bool = False) -> list[DeliveryFailed]:
    """Oldest first; those replayed only if asked for."""
    wanted = select(DeliveryFailed).order_by(col(DeliveryFailed.id))
    if not replayed:
        wanted = wanted.where(col(DeliveryFailed.replayed_at).is_(None))
    return list(session.exec(wanted).all())


def find_failure(session: Session, reference: str) -> DeliveryFailed | None:
    return session.exec(
        select(DeliveryFailed)
        .where(DeliveryFailed.reference == reference)
        .execution_options(populate_existing=True)
    ).first()


def mark_replayed(session: Session, reference: str, *, left: dict[str, Any], now: datetime) -> bool:
    """Whether it was carried out. `left`: what is kept of its body; the words need not be."""
    row = find_failure(session, reference)
    if row is None or session.get(InboxKey, row.key) is None:
        return False
    row.replayed_at, row.body = now, left
    session.add(row)
    return True


def without_words(event: Any) -> Any:
    """The event with everything anybody wrote left out, however deep it stands."""
    if isinstance(event, dict):
        return {name: without_words(v) for name, v in event.items() if name not in WORDS}
    if isinstance(event, list):
        return [without_words(part) for part in event]
    return event
