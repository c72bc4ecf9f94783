"""Where Slack lets us write nobody privately, whoever has to act is told in the review's thread."""

from datetime import datetime

from sqlmodel import Session, select

from bot.answers import MESSAGES_TAB
from db.outbox import find_surface, queue_surface
from db.tables import OutboxRow, Surface

KIND = "instead"
ASKING = frozenset(
    {
        "seat",
        "nudge_advocate",
        "offer",
        "objection_for_proposer",
        "heard_for_decider",
        "nudge_decider",
        "another_decider",
        "unseated_for_keeper",
    }
)
"""The letters that ask for something. What the others say, the thread shows anyway."""


def tell_instead(session: Session, row: OutboxRow, *, error: str, now: datetime) -> None:
    """Queue a line that names the person, once a letter."""
    letter = session.get(Surface, row.surface_id) if row.surface_id is not None else None
    if error != MESSAGES_TAB or letter is None or letter.kind not in ASKING:
        return
    key = f"{KIND}:{letter.key}"
    if find_surface(session, workspace_id=row.workspace_id, key=key) is not None:
        return
    card = session.exec(
        select(Surface).where(Surface.review_id == letter.review_id, Surface.kind == "card")
    ).first()
    if card is None:
        return
    queue_surface(
        session,
        workspace_id=row.workspace_id,
        kind=KIND,
        key=key,
        channel_id=card.channel_id,
        review_id=letter.review_id,
        under=card,
        args={"letter": letter.kind, "person": letter.person_id, "with": letter.args},
        now=now,
    )
