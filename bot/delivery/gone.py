"""Slack's answer to a private message may be that its reader is gone: kept like any news of it."""

from datetime import datetime

from sqlmodel import Session

from bot.slack.signs import LONG_AGO
from db.gone import want_gone
from db.tables import OutboxRow, Person, Surface

DISABLED = "user_disabled"
INACTIVE = "is_inactive"
"""Of the conversation: that may be since its other half has left, so Slack is asked of them."""


def note_gone(session: Session, row: OutboxRow, *, error: str, now: datetime) -> bool:
    """Whether `error` says that a reader has left: what waited for them goes on without, which
    tells everyone it concerns. Asked of Slack again when next needed."""
    surface = session.get(Surface, row.surface_id) if row.surface_id is not None else None
    if error not in (DISABLED, INACTIVE) or surface is None or surface.person_id is None:
        return False
    person = session.get(Person, (surface.workspace_id, surface.person_id))
    if person is not None:
        person.deactivated = person.deactivated or error == DISABLED
        person.checked_at = LONG_AGO
        session.add(person)
    if error == INACTIVE:
        return False
    want_gone(session, surface.workspace_id, [surface.person_id], now=now)
    return True
