"""Setting the scene for a drawing: names, channel, link and zone, from the store."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from bot.reviews.deed import Case, hours_in
from bot.slack.directory import find_names
from bot.slack.links import link_to_thread
from bot.views.scene import Scene
from bot.written_out import Place
from db.tables import Channel, Person, Seat, Surface
from seat.facts import Review


def set_scene(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    now: datetime,
    review: Review | None = None,
    seat: Seat | None = None,
    reader: str = "",
    address: str = "",
    people: Iterable[str] = (),
    args: Mapping[str, Any] | None = None,
) -> Scene:
    """`reader`: whose own message or form it is. `people`: who is named besides the review's."""
    channel = session.get(Channel, (workspace_id, channel_id))
    person = session.get(Person, (workspace_id, reader)) if reader else None
    named = {*people, reader, *(people_in(review) if review else ())} - {""}
    return Scene(
        names=find_names(session, workspace_id, named),
        now=now,
        channel_name=Place(channel.name, channel.id) if channel else "",
        channel_people=channel.people if channel else 0,
        link=card_link(session, review, address) if review else "",
        tz=hours_in(person.tz if person else "", seat.timezone if seat else "UTC").zone,
        args=args or {},
        reader=reader,
    )


def scene_for(
    case: Case, reader: str, *, people: Iterable[str] = (), args: Mapping[str, Any] | None = None
) -> Scene:
    """The scene of a form about a review."""
    return set_scene(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        channel_id=case.row.channel_id,
        review=case.facts,
        seat=case.seat,
        reader=reader,
        people=people,
        args=args,
        now=case.deed.now,
    )


def people_in(review: Review) -> set[str]:
    """Everyone a message about this review may name."""
    found = {review.proposer, review.decider, review.advocate or "", review.stand_in or ""}
    found.add(review.withdrawn_by)
    found |= {decision.by for decision in review.decisions}
    if review.seating:
        found |= {review.seating.by, *(left.user for left in review.seating.instead_of)}
    return found - {""}


def channel_names(session: Session, reviews: Iterable[Review]) -> dict[str, str]:
    """Channel id -> name, for a list that goes across channels."""
    found: dict[str, str] = {}
    for workspace_id, channel_id in {(r.workspace_id, r.channel_id) for r in reviews}:
        channel = session.get(Channel, (workspace_id, channel_id))
        found[channel_id] = Place(channel.name, channel.id) if channel else ""
    return found


def card_link(session: Session, review: Review, address: str) -> str:
    return find_card_link(session, review.id, address)


def find_card_link(session: Session, review_id: int, address: str) -> str:
    card = session.exec(
        select(Surface).where(Surface.review_id == review_id, Surface.kind == "card")
    ).first()
    return link_to_thread(address, card.channel_id, card.head) if card else ""
