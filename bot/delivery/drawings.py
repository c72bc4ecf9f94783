"""From a surface's row to its message as it is now: gathers facts and scene, lets views draw."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.reviews.deed import BOT, Deed
from bot.reviews.have_back import until_when
from bot.reviews.seating import next_in_turn
from bot.scenes import card_link, people_in, set_scene
from bot.views.scene import Drawn, Scene
from bot.wording import Wording
from db.digests import digest_moment, read_digest
from db.snapshot import find_review, read_review
from db.tables import Seat, Surface
from seat import facts

Draw = Callable[[facts.Review, Scene, Wording], Drawn]
DrawWhisper = Callable[[str, Mapping[str, Any], Wording], Drawn]

DIGEST = "digest"
SEAT = "seat"
_PERSON = re.compile(r"[UW][A-Z0-9]{5,}")


@dataclass(frozen=True, slots=True)
class Drawings:
    """`messages`: which function draws a surface's kind. `whisper` draws one by its template."""

    wording: Wording
    messages: Mapping[str, Draw]
    whisper: DrawWhisper

    def draw(
        self, session: Session, surface: Surface, *, address: str, now: datetime
    ) -> tuple[Drawn, set[str]]:
        """The message as the facts are in `session`, and who appears in it.

        `address`: the workspace's, for links.
        """
        review = _find_facts(session, surface)
        scene, people = _set_scene(session, surface, review, address=address, now=now)
        # A kind that is about no review draws from the scene alone.
        drawn = self.messages[surface.kind](review, scene, self.wording)  # type: ignore[arg-type]
        return drawn, people

    def draw_whisper(self, template: str, args: Mapping[str, Any]) -> Drawn:
        return self.whisper(template, args, self.wording)


def _find_facts(session: Session, surface: Surface) -> facts.Review | None:
    if surface.review_id is None:
        return None
    row = find_review(session, surface.review_id, workspace_id=surface.workspace_id)
    return read_review(session, row) if row else None


def _set_scene(
    session: Session,
    surface: Surface,
    review: facts.Review | None,
    *,
    address: str,
    now: datetime,
) -> tuple[Scene, set[str]]:
    """And who appears in the message."""
    seat_id = review.seat_id if review else surface.seat_id
    seat = session.get(Seat, seat_id) if seat_id else None
    channel_id = review.channel_id if review else (seat.channel_id if seat else "")
    people, args = _people_in(review, surface), dict(surface.args)
    if surface.kind == SEAT and review is not None and surface.person_id != review.advocate:
        args["take_back_until"] = until_when(session, review.id, surface.person_id or "", now)
    if surface.kind == DIGEST and seat is not None:
        as_of = digest_moment(session, seat.id or 0, str(args.get("week"))) or now
        act = Deed(session, now, seat.workspace_id, BOT)
        made, reviews = read_digest(session, seat, now=as_of)
        args["digest"] = replace(made, next_up=next_in_turn(act, seat))
        people = people | {args["digest"].next_up or ""} - {""}
        args["links"] = {r.id: card_link(session, r, address) for r in reviews}
        people = people.union(*map(people_in, reviews))
    scene = set_scene(
        session,
        workspace_id=surface.workspace_id,
        channel_id=channel_id or str(surface.args.get("home") or "") or surface.channel_id,
        review=review,
        seat=seat,
        reader=surface.person_id or "",
        address=address,
        people=people,
        args=args,
        now=now,
    )
    return scene, people


def _people_in(review: facts.Review | None, surface: Surface) -> set[str]:
    found = {surface.person_id or ""} | _ids_in(surface.args)
    if review is not None:
        found |= people_in(review)
    return {user for user in found if _PERSON.fullmatch(user)}


def _ids_in(value: Any) -> set[str]:
    """User ids anywhere in what a surface was queued with."""
    if isinstance(value, str):
        return {value} if _PERSON.fullmatch(value) else set()
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(_ids_in, value)) if value else set()
    return set()
