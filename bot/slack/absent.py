"""Who takes no part any more, as far as our copy knew before, and what that sets off."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from db.chunks import chunks
from db.gone import want_gone
from db.tables import Membership, Person

NO_PART = ("deactivated", "is_bot", "is_guest", "is_external")
"""Who is one of these takes no part any more."""
NEWS = timedelta(hours=1)
"""That someone is gone is looked into again when it was last heard longer ago."""


def was_gone(session: Session, workspace_id: str, user_id: str, *, since: datetime) -> bool:
    """Whether we knew, and heard so lately: then what it changes was looked at."""
    return (
        session.exec(
            select(Person.id).where(
                Person.workspace_id == workspace_id,
                Person.id == user_id,
                Person.checked_at >= since,
                or_(*(col(getattr(Person, what)) for what in NO_PART)),
            )
        ).first()
        is not None
    )


def note_absent(
    session: Session,
    workspace_id: str,
    channel_id: str,
    people: Iterable[str],
    were_in_it: set[str],
    *,
    now: datetime,
) -> None:
    """What those of `people` had a part in goes on; who was never in it has left nothing."""
    absent = {*people}
    for who, left in ((absent & were_in_it, True), (absent - were_in_it, False)):
        want_gone(session, workspace_id, who, now=now, channel_id=channel_id, left=left)


def members_of(
    session: Session, workspace_id: str, channel_id: str, people: Sequence[str]
) -> set[str]:
    """Those of `people` who pass for members."""
    found: set[str] = set()
    for some in chunks(people):
        rows = session.exec(
            select(Membership.person_id).where(
                Membership.workspace_id == workspace_id,
                Membership.channel_id == channel_id,
                col(Membership.person_id).in_(some),
                col(Membership.is_member),
            )
        )
        found |= {*rows}
    return found
