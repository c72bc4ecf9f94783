"""Somebody is found gone, from Slack or a channel: what they held is due to be looked at, at once.

One due row a review or seat, so that nobody's leaving is one long transaction. The parts are read
again when the row is carried out (bot/reviews/gone.py). And whom nobody has asked Slack about for
a while, of those that something waits for.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import String, cast
from sqlalchemy import select as columns  # sqlmodel's knows no more than four
from sqlmodel import Session, col, select

from db.chunks import chunks
from db.due import set_due
from db.tables import Due, Membership, Person, ReviewRow, Seat, Workspace
from seat.facts import State

GONE, UNKEPT = "gone", "keeper_gone"
"""Kinds of due rows: of a review, of a seat."""
OPEN = (State.OPEN, State.HEARD)


def want_gone(
    session: Session,
    workspace_id: str,
    people: Iterable[str],
    *,
    now: datetime,
    channel_id: str = "",
    left: bool = False,
) -> None:
    """`people` are gone from Slack, or from `channel_id` alone.

    `left`: they were in it, and are no more; else they may never have been.
    """
    gone = sorted(set(people))
    for review in _find_reviews(session, workspace_id, gone, channel_id):
        parts = filter(None, (review.advocate, review.stand_in, review.decider))
        for person in sorted(set(parts) & set(gone)):
            set_due(
                session,
                workspace_id=workspace_id,
                kind=GONE,
                key=f"{GONE}:{review.id}:{person}:{review.version}",
                due_at=now,
                review_id=review.id,
                args={"person": person, "left": left},
            )
    for seat in _find_kept_seats(session, workspace_id, gone, channel_id):
        for person in sorted(set(seat.keepers) & set(gone)):
            set_due(
                session,
                workspace_id=workspace_id,
                kind=UNKEPT,
                key=f"{UNKEPT}:{seat.id}:{person}:{seat.version}",
                due_at=now,
                seat_id=seat.id,
                args={"person": person},
            )


def _find_reviews(
    session: Session, workspace_id: str, people: Sequence[str], channel_id: str
) -> list[ReviewRow]:
    """In the order of their ids, so that two who look for the same don't lock each other out."""
    found: dict[int, ReviewRow] = {}
    for some in chunks(people):
        for part in (ReviewRow.advocate, ReviewRow.stand_in, ReviewRow.decider):
            wanted = select(ReviewRow).where(
                ReviewRow.workspace_id == workspace_id,
                col(ReviewRow.state).in_(OPEN),
                col(part).in_(some),
            )
            if channel_id:
                wanted = wanted.where(ReviewRow.channel_id == channel_id)
            found |= {review.id or 0: review for review in session.exec(wanted)}
    return [found[review_id] for review_id in sorted(found)]


def _find_kept_seats(
    session: Session, workspace_id: str, people: Sequence[str], channel_id: str
) -> list[Seat]:
    """Those in which `people` may be keepers."""
    of_them = select(Seat).where(Seat.workspace_id == workspace_id)
    if channel_id:
        return list(session.exec(of_them.where(Seat.channel_id == channel_id)))
    found: dict[int, Seat] = {}
    for person in people:
        kept = cast(col(Seat.keepers), String).like(f'%"{person}"%')
        found |= {seat.id or 0: seat for seat in session.exec(of_them.where(kept))}
    return [found[seat_id] for seat_id in sorted(found)]


def find_to_choose(session: Session, *, now: datetime) -> set[tuple[str, str]]:
    """(workspace, channel) of the reviews in which somebody is due to be replaced."""
    rows = session.exec(
        select(ReviewRow.workspace_id, ReviewRow.channel_id)
        .join(Due, col(Due.review_id) == col(ReviewRow.id))
        .where(Due.kind == GONE, col(Due.done_at).is_(None), Due.due_at <= now)
    )
    return {(workspace, channel) for workspace, channel in rows}


def find_unasked(
    session: Session, *, since: Callable[[str], datetime]
) -> dict[str, tuple[list[str], dict[str, list[str]]]]:
    """Of those that an open review waits for, and the keepers of its seat: who was last asked
    about before `since(workspace)`, oldest first, and by channel whose being in it was. By
    workspace.
    """
    held: dict[str, dict[str, set[str]]] = {}
    for workspace, channel, *people in session.execute(
        columns(
            col(ReviewRow.workspace_id),
            col(ReviewRow.channel_id),
            col(ReviewRow.advocate),
            col(ReviewRow.stand_in),
            col(ReviewRow.decider),
        )
        .join(Workspace, col(Workspace.id) == col(ReviewRow.workspace_id))
        .where(col(ReviewRow.state).in_(OPEN), col(Workspace.revoked_at).is_(None))
        .distinct()
    ):
        held.setdefault(workspace, {}).setdefault(channel, set()).update(filter(None, people))
    for seat in session.exec(select(Seat)):
        if seat.channel_id in held.get(seat.workspace_id, {}):
            held[seat.workspace_id][seat.channel_id].update(seat.keepers)
    return {
        workspace: (
            _old_people(session, workspace, set().union(*channels.values()), since(workspace)),
            _old_members(session, workspace, channels, since(workspace)),
        )
        for workspace, channels in held.items()
    }


def _old_people(session: Session, workspace: str, people: set[str], before: datetime) -> list[str]:
    found: list[tuple[datetime, str]] = []
    for some in chunks(sorted(people)):
        rows = session.exec(
            select(Person.checked_at, Person.id).where(
                Person.workspace_id == workspace,
                col(Person.id).in_(some),
                Person.checked_at < before,
            )
        )
        found += [(at, person) for at, person in rows]
    return [person for _, person in sorted(found)]


def _old_members(
    session: Session, workspace: str, channels: dict[str, set[str]], before: datetime
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for channel, people in sorted(channels.items()):
        for some in chunks(sorted(people)):
            rows = session.exec(
                select(Membership.person_id).where(
                    Membership.workspace_id == workspace,
                    Membership.channel_id == channel,
                    col(Membership.person_id).in_(some),
                    Membership.checked_at < before,
                )
            )
            if old := list(rows):
                found.setdefault(channel, []).extend(old)
    return found
