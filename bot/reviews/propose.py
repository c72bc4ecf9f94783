"""Opening a review: a proposal, numbered within its seat, with its questions and its advocate."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import col, func, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Case, Deed, lock_seat
from bot.reviews.permit import default_decider
from bot.reviews.seating import seat_next
from db.epochs import next_id
from db.outbox import queue_surface
from db.tables import QuestionRow, ReviewRow, RevisionRow, Seat
from seat.bounds import OPEN_PROPOSALS
from seat.checklist import Checklist, questions_for
from seat.facts import Size, State

LIMITS = {
    "title": 80,
    "told_to_her": 300,
    "why": 1000,
    "change": 3000,
    "affected": 300,
    "links": 1000,
}
"""Longest text of each field, in characters; the form says the same to Slack."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form brings, read but not yet judged."""

    kind: str
    title: str
    told_to_her: str
    why: str
    change: str = ""
    affected: str = ""
    links: str = ""
    takes_effect: date | None = None
    decider: str | None = None
    persona: str = ""
    decide_by: date | None = None
    size: str = Size.FULL
    already_live: date | None = None
    confidential_until: str = ""
    """Not asked any more, since nothing kept the promise. What is sent all the same is refused."""


def check_fields(proposal: Proposal, kinds: frozenset[str], today: date) -> None:
    """Raises FieldErrors with everything that is wrong, not only the first."""
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    if proposal.kind not in kinds:
        errors["kind"] = ("unknown_kind", {"kinds": sorted(kinds)})
    if proposal.size not in set(Size):
        errors["size"] = "unknown_size"
    for name in ("title", "told_to_her", "why"):
        if not getattr(proposal, name).strip():
            errors[name] = "empty"
    for name, limit in LIMITS.items():
        length = len(getattr(proposal, name))
        if length > limit:
            errors[name] = ("too_long", {"limit": limit, "length": length})
    if proposal.decide_by is not None and proposal.decide_by < today:
        errors["decide_by"] = "in_the_past"
    if proposal.already_live is not None and proposal.already_live > today:
        errors["already_live"] = "in_the_future"
    if proposal.confidential_until:
        errors["confidential_until"] = "confidential"
    if errors:
        raise FieldErrors(**errors)


def check_room(deed: Deed, seat: Seat) -> None:
    """Raises Refusal for one whose proposals are as many already as may wait in a seat."""
    waiting = deed.session.exec(
        select(func.count()).where(
            ReviewRow.seat_id == seat.id,
            ReviewRow.proposer == deed.user,
            col(ReviewRow.state).in_((State.OPEN, State.HEARD)),
        )
    ).one()
    if waiting >= OPEN_PROPOSALS:
        raise Refusal("too_many_proposals", limit=OPEN_PROPOSALS)


def propose(deed: Deed, *, seat: Seat, proposal: Proposal, checklist: Checklist) -> ReviewRow:
    """Open a review in `seat`. The fields were checked, but for what the seat itself says.

    Raises FieldErrors for a persona that the seat has not, or no more.
    """
    assert seat.id is not None
    seat = lock_seat(deed.session, seat.id)
    check_room(deed, seat)
    if proposal.persona and proposal.persona not in seat.personas:
        raise FieldErrors(persona="unknown_persona")
    seat.last_number += 1
    deed.session.add(seat)
    personas = [proposal.persona] if proposal.persona else seat.personas
    row = ReviewRow(
        id=next_id(deed.session, ReviewRow),
        workspace_id=deed.workspace_id,
        seat_id=seat.id or 0,
        channel_id=seat.channel_id,
        number=seat.last_number,
        kind=checklist.kind,
        kind_label=checklist.label,
        checklist_version=str(checklist.version),
        size=proposal.size,
        title=one_line(proposal.title),
        told_to_her=proposal.told_to_her.strip(),
        why=proposal.why.strip(),
        change=proposal.change.strip(),
        affected=proposal.affected.strip(),
        links=proposal.links.strip(),
        takes_effect=proposal.takes_effect,
        live_since=proposal.already_live,
        persona=personas[(seat.last_number - 1) % len(personas)] if personas else "",
        proposer=deed.user,
        decider=proposal.decider or default_decider(deed, seat) or deed.user,
        decide_by=proposal.decide_by,
        opened_at=deed.now,
        changed_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    case = Case(deed, row, seat)
    ask_questions(case, checklist)
    keep_revision(case, proposal_fields(row))
    card = queue_surface(
        deed.session,
        workspace_id=deed.workspace_id,
        kind="card",
        key=f"card:{case.id}",
        channel_id=row.channel_id,
        review_id=case.id,
        now=deed.now,
    )
    assert card.id is not None
    case.record("opened", after={"title": row.title})
    case.post("checklist")
    seat_next(case)
    return row


def ask_questions(case: Case, checklist: Checklist) -> None:
    """Keep the exact questions this review is asked, numbered from 1."""
    for question in questions_for(checklist, Size(case.row.size)):
        case.deed.session.add(
            QuestionRow(
                review_id=case.id,
                number=question.number,
                key=question.key,
                text=question.text,
                hint=question.hint,
                short=question.short,
                kind=question.kind,
                options=[asdict(option) for option in question.options],
                required=question.required,
                quick=question.quick,
                closing=question.closing,
                moment=question.moment,
            )
        )
    case.deed.session.flush()


def proposal_fields(row: ReviewRow) -> dict[str, str]:
    """What a revision can change, as it stands, for the difference that is shown."""
    fields = ("title", "told_to_her", "why", "change", "affected", "links", "takes_effect")
    return {name: str(getattr(row, name) or "") for name in fields}


def keep_revision(case: Case, fields: dict[str, str]) -> None:
    case.deed.session.add(
        RevisionRow(
            review_id=case.id,
            number=case.row.revision,
            by=case.deed.user,
            at=case.deed.now,
            fields=fields,
        )
    )


def one_line(text: str) -> str:
    return " ".join(text.split())
