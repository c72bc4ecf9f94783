"""Who does something, where and when: what every use case takes first. And gathering a review."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.errors import Refusal
from db.chunks import chunks
from db.epochs import was_lost
from db.outbox import queue_surface, want_redraws
from db.snapshot import lock_review, read_review
from db.tables import (
    Channel,
    HistoryRow,
    Membership,
    Person,
    ReviewRow,
    RosterMember,
    Seat,
    Surface,
)
from seat.access import may_read
from seat.calendar import WorkingHours
from seat.facts import Review
from seat.zones import read_zone

BOT = "bot"
"""Who, in the history, when nobody pressed anything: a due time came."""

CHANGED = "changed"
"""In the session's info: the ids of the reviews that this transaction changed."""

REDRAWN = frozenset(
    {
        "card",
        "checklist",
        "seat",
        "say_back",
        "offer",
        "nudge_advocate",
        "heard_for_decider",
        "nudge_decider",
        "revision_for_advocate",
        "another_decider",
        "objection_for_proposer",
        "heard_for_proposer",
        "open_again",
        "instead",
        "deleted_for_keeper",
        "reply_for_advocate",
        "unseated_for_keeper",
        "not_taken",
    }
)
"""The messages that show a review's state, and so are redrawn when it changes."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One person's act in one transaction. `now` is the business clock, in UTC."""

    session: Session
    now: datetime
    workspace_id: str
    user: str

    def by(self, user: str) -> "Deed":
        return replace(self, user=user)


@dataclass(slots=True)
class Case:
    """A review locked for a deed: its row to write, its facts to judge."""

    deed: Deed
    row: ReviewRow
    seat: Seat

    @property
    def facts(self) -> Review:
        return read_review(self.deed.session, self.row)

    @property
    def id(self) -> int:
        assert self.row.id is not None
        return self.row.id

    def person(self, user: str) -> Person | None:
        return self.deed.session.get(Person, (self.row.workspace_id, user))

    def hours(self, user: str | None = None) -> WorkingHours:
        """Working hours where `user` lives; the seat's zone when not known."""
        person = self.person(user) if user else None
        return hours_in(person.tz if person else "", self.seat.timezone)

    def record(
        self,
        what: str,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Write the move into the history, and let what shows the review be redrawn."""
        deed = self.deed
        self.row.version += 1
        self.row.changed_at = deed.now
        deed.session.add(self.row)
        deed.session.add(
            HistoryRow(
                review_id=self.id,
                at=deed.now,
                who=deed.user,
                what=what,
                before=before or {},
                after=after or {},
            )
        )
        deed.session.flush()
        self.redraw()

    def forget_stance(self) -> None:
        """What she would do is to be said again."""
        self.row.stance, self.row.stance_not_known = None, False

    def redraw(self) -> None:
        """What shows this review is drawn anew, once for the whole transaction."""
        self.deed.session.info.setdefault(CHANGED, set()).add(self.id)

    def tell(self, kind: str, person: str | None, part: object, **args: Any) -> None:
        """Queue a private message `kind` to `person`, once for each `part` of this review.

        Whether they may see it is asked when it is sent (bot/delivery/orders.py)."""
        if person is None:
            return
        known = self.person(person)
        if known is not None and known.deactivated:
            return
        queue_surface(
            self.deed.session,
            workspace_id=self.row.workspace_id,
            kind=kind,
            key=f"{kind}:{self.id}:{part}",
            person_id=person,
            review_id=self.id,
            under=self._card(),  # it carries the link to the thread, so it waits for the card
            args=args,
            now=self.deed.now,
        )

    def post(self, kind: str, part: object = "", **args: Any) -> None:
        """Queue a message in the review's thread, once for each `part`."""
        queue_surface(
            self.deed.session,
            workspace_id=self.row.workspace_id,
            kind=kind,
            key=f"{kind}:{self.id}:{part}" if part != "" else f"{kind}:{self.id}",
            channel_id=self.row.channel_id,
            review_id=self.id,
            under=self._card(),
            args=args,
            now=self.deed.now,
        )

    def _card(self) -> Surface:
        return self.deed.session.exec(
            select(Surface).where(Surface.review_id == self.id, Surface.kind == "card")
        ).one()


def is_outside(deed: Deed, channel_id: str, person: str) -> bool:
    """Whether `person` is not known to read what is in this channel, as it was asked before the
    deed."""
    channel = deed.session.get(Channel, (deed.workspace_id, channel_id))
    known = deed.session.get(Membership, (deed.workspace_id, channel_id, person))
    private = channel is None or channel.is_private
    who = deed.session.get(Person, (deed.workspace_id, person))
    outsider = who is not None and (who.is_guest or who.is_external)
    member = known.is_member if known else None
    return not may_read(private=private, outsider=outsider, member=member)


def hours_in(zone: str, otherwise: str) -> WorkingHours:
    """Monday to Friday in `zone`, or in `otherwise` when Slack gave a zone nobody knows."""
    try:
        read_zone(zone or otherwise)
    except ValueError:
        return WorkingHours(zone=otherwise)
    return WorkingHours(zone=zone or otherwise)


LOST = "lost_in_restore"


def no_such_review(deed: Deed, review_id: int) -> Refusal:
    """Why there is none, in the workspace of the one who asks."""
    return Refusal(LOST if was_lost(deed.session, review_id) else "no_such_review")


def read_case(deed: Deed, review_id: int) -> Case:
    """The review to look at, nothing locked. Raises Refusal when the workspace has none such."""
    row = deed.session.get(ReviewRow, review_id)
    if row is None or row.workspace_id != deed.workspace_id:
        raise no_such_review(deed, review_id)
    return Case(deed, row, deed.session.get_one(Seat, row.seat_id))


def open_case(deed: Deed, review_id: int) -> Case:
    """The review to change, its seat locked first (one order: inbox, seat, review, lane).

    Raises Refusal when the workspace has no such review.
    """
    known = deed.session.get(ReviewRow, review_id)
    if known is None or known.workspace_id != deed.workspace_id:
        raise no_such_review(deed, review_id)
    seat = lock_seat(deed.session, known.seat_id)
    row = lock_review(deed.session, review_id, workspace_id=deed.workspace_id)
    assert row is not None
    return Case(deed, row, seat)


def lock_seat(session: Session, seat_id: int) -> Seat:
    return session.exec(
        select(Seat)
        .where(Seat.id == seat_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def find_seat(session: Session, *, workspace_id: str, channel_id: str) -> Seat | None:
    return session.exec(
        select(Seat).where(Seat.workspace_id == workspace_id, Seat.channel_id == channel_id)
    ).one_or_none()


def roster_of(session: Session, seat_id: int) -> list[RosterMember]:
    """Those who take turns now, in roster order."""
    rows = session.exec(
        select(RosterMember)
        .where(RosterMember.seat_id == seat_id, col(RosterMember.left_at).is_(None))
        .order_by(col(RosterMember.position))
    )
    return list(rows)


def redraw_changed(deed: Deed) -> None:
    """Queue what shows the reviews that were changed. Last in every transaction that has deeds."""
    changed = deed.session.info.pop(CHANGED, None)
    for reviews in chunks(changed or ()):
        shown = deed.session.exec(
            select(Surface).where(
                col(Surface.review_id).in_(reviews), col(Surface.kind).in_(REDRAWN)
            )
        ).all()
        want_redraws(deed.session, [s for s in shown if not _was_withheld(s)], now=deed.now)


def _was_withheld(surface: Surface) -> bool:
    """A private message that its reader might not see when it was due: it does not come later."""
    return surface.person_id is not None and surface.ts is None and surface.drawn >= surface.wanted
