"""A checklist that cannot be used: every keeper hears of it, once for each set of mistakes."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from sqlmodel import col, select

from bot.reviews.deed import Deed
from bot.reviews.presence import keepers_here
from db.outbox import find_surface, queue_surface
from db.tables import Seat, Workspace


def tell_of_checklists(deed: Deed, mistakes: Sequence[str]) -> None:
    """`mistakes`: each `file:line: field: what to do`. The files serve all, so all are told."""
    which = sha256("\n".join(mistakes).encode()).hexdigest()[:16]
    seats = deed.session.exec(
        select(Seat)
        .join(Workspace, col(Workspace.id) == col(Seat.workspace_id))
        .where(col(Workspace.revoked_at).is_(None))
    ).all()
    here = {
        (seat.workspace_id, keeper)
        for seat in seats
        for keeper in keepers_here(replace(deed, workspace_id=seat.workspace_id), seat)
    }
    for workspace_id, keeper in sorted(here):
        key = f"checklists:{which}:{keeper}"
        if find_surface(deed.session, workspace_id=workspace_id, key=key) is not None:
            continue
        queue_surface(
            deed.session,
            workspace_id=workspace_id,
            kind="checklist_broken_for_keeper",
            key=key,
            person_id=keeper,
            args={"mistakes": list(mistakes)},
            now=deed.now,
        )
