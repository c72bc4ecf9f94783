"""A new revision of the proposal: what it touches has to be answered again."""

from datetime import date

from sqlmodel import col, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Case
from bot.reviews.propose import LIMITS, keep_revision, one_line, proposal_fields
from bot.reviews.settle import content_changed, settle
from bot.reviews.waiting import wait_for_answers
from db.tables import AnswerRow, ObjectionRow
from seat.facts import AnswerState, ObjectionState, State

REQUIRED = ("title", "told_to_her", "why")


def revise(
    case: Case, changes: dict[str, str | date | None], drawn_revision: int, *, note: str = ""
) -> bool:
    """Apply the fields that differ; returns whether anything did.

    Every answer given is stale afterwards, because only the advocate can say which still hold;
    *Still true* in the form gives one again in a tap. Raises FieldErrors, and Refusal when the
    review is past revising or someone revised it meanwhile.
    """
    row = case.row
    if row.state not in (State.OPEN, State.HEARD):
        raise Refusal("already_decided", state=row.state)
    if drawn_revision != row.revision:
        raise Refusal("revised_meanwhile")
    before = proposal_fields(row)
    wanted = {n: (v or "") if not isinstance(v, date) else v for n, v in changes.items()}
    differing = {n: v for n, v in wanted.items() if str(v).strip() != before.get(n, "")}
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    for name, value in differing.items():
        if name in REQUIRED and not str(value).strip():
            errors[name] = "empty"
        if name in LIMITS and len(str(value)) > LIMITS[name]:
            errors[name] = ("too_long", {"limit": LIMITS[name], "length": len(str(value))})
    if errors:
        raise FieldErrors(**errors)
    if not differing:
        return False
    for name, value in differing.items():
        if name == "takes_effect":
            row.takes_effect = value if isinstance(value, date) else None
        else:
            text = str(value).strip()
            setattr(row, name, one_line(text) if name == "title" else text)
    row.revision += 1
    after = proposal_fields(row)
    keep_revision(case, after)
    _make_stale(case)
    _reopen_offers(case)
    content_changed(case)
    wait_for_answers(case, since=case.deed.now)
    shown = {n: (before[n], after[n]) for n in after if before[n] != after[n]}
    difference = {n: {"before": b, "after": a} for n, (b, a) in shown.items()}
    case.record("revised", before=before, after=after)
    case.post("revision", row.revision, number=row.revision, difference=difference, note=note)
    if row.advocate is not None:
        case.tell(
            "revision_for_advocate",
            row.advocate,
            row.revision,
            number=row.revision,
            difference=difference,
        )
    settle(case)
    return True


def _make_stale(case: Case) -> None:
    """Every answer that was given; the moment she meets it first does not change by a price."""
    kept = {q.number for q in case.facts.questions if q.moment}
    for answer in case.deed.session.exec(select(AnswerRow).where(AnswerRow.review_id == case.id)):
        if answer.number not in kept and answer.state == AnswerState.GIVEN:
            answer.stale = True
            case.deed.session.add(answer)
    case.row.last_taken_number = case.row.last_taken_at = None


def _reopen_offers(case: Case) -> None:
    """What was mitigated or accepted was so for the revision before: both are open again."""
    ended = (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)
    for objection in case.deed.session.exec(
        select(ObjectionRow).where(
            ObjectionRow.review_id == case.id, col(ObjectionRow.state).in_(ended)
        )
    ):
        objection.state, objection.offered = ObjectionState.OPEN, None
        case.deed.session.add(objection)
