"""Deciding, with the objections in view; and what brings a decided review back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlmodel import col, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import BOT, Case
from bot.reviews.objections import find_objection
from bot.reviews.presence import look_after_parts
from bot.reviews.propose import one_line
from bot.reviews.waiting import wait_for_answers
from db.due import cancel_due, set_due
from db.tables import AnswerRow, DecisionRow, HistoryRow
from seat.facts import Confirmation, ObjectionState, State, Verdict
from seat.her_words import her_words, to_data
from seat.reasons import is_reason
from seat.review import (
    MOVES,
    Move,
    NotPossible,
    marks_left,
    move_of,
    objection_after_decision,
    overruled_by,
    state_after,
)
from seat.zones import read_zone

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the form brings. `overrules`: objection number -> the reason for overruling it."""

    verdict: str
    because: str
    changes: str = ""
    until: date | None = None
    overrules: Mapping[int, str] = field(default_factory=dict)
    accepts: frozenset[int] = frozenset()
    """Of a stop: the objections in which, the decider says, she is right."""


def decide(case: Case, ruling: Ruling) -> None:
    """Record the decision and its marks; tell everyone it concerns.

    Raises FieldErrors for what is missing (an objection that came while the form was open is
    missing its reason), Refusal when the review is past deciding.
    """
    facts, row, deed = case.facts, case.row, case.deed
    if facts.state not in MOVES[Move.DECIDE].sources:
        raise Refusal("already_decided", state=facts.state)
    verdict = _check(case, ruling)
    target = state_after(facts.state, move_of(verdict))
    marks = marks_left(facts, verdict)
    ended = []
    for objection in facts.objections:
        accepted = objection.number in ruling.accepts
        after = objection_after_decision(objection, verdict, accepted=accepted)
        if after is not objection.state:
            kept = find_objection(case, objection.number)
            kept.state, kept.offered = after, None
            kept.overruled_because = ruling.overrules.get(objection.number, "").strip()
            deed.session.add(kept)
            ended.append(objection.number)
    number = len(facts.decisions) + 1
    deed.session.add(
        DecisionRow(
            review_id=case.id,
            number=number,
            verdict=verdict,
            because=one_line(ruling.because),
            changes=ruling.changes.strip(),
            until=ruling.until if verdict is Verdict.DEFER else None,
            marks=list(marks),
            by=deed.user,
            at=deed.now,
        )
    )
    row.state = target
    row.deferred_until = ruling.until if verdict is Verdict.DEFER else None
    cancel_due(deed.session, case.id, now=deed.now)
    if row.deferred_until is not None:
        set_due(
            deed.session,
            workspace_id=row.workspace_id,
            kind="return",
            key=f"return:{case.id}:{number}",
            due_at=_morning(row.deferred_until, case.seat.timezone),
            review_id=case.id,
        )
    case.record(
        "decided", before={"state": facts.state}, after={"verdict": verdict, "ended": ended}
    )
    record = {"number": number, "said": to_data(her_words(case.facts))}
    case.post("decision", number, **record)
    if row.proposer != deed.user:
        case.tell("decided_for_proposer", row.proposer, number, **record)
    if row.advocate is not None:
        case.tell("decision_for_advocate", row.advocate, number, **record)


def come_back(case: Case) -> None:
    """A deferred review's date has come: open again, its answers to be given afresh."""
    if case.row.state != State.DECIDED or case.row.deferred_until is None:
        return
    decision = case.facts.decision
    until = case.row.deferred_until
    _open_again(case, Move.RETURN, by=decision.by if decision else "", until=until)


def reopen(case: Case, reason: str = "") -> None:
    """A new decision will follow; earlier ones and their marks stay.

    Raises Refusal, and FieldErrors without a reason.
    """
    try:
        state_after(case.facts.state, Move.REOPEN)
    except NotPossible:
        raise Refusal("not_decided") from None
    if not is_reason(reason):
        raise FieldErrors(reason="too_short" if reason.strip() else "empty")
    _open_again(case, Move.REOPEN, by=case.deed.user, reason=reason.strip())


def withdraw(case: Case, reason: str = "") -> None:
    """Raises Refusal when it is decided or over already."""
    try:
        case.row.state = state_after(case.facts.state, Move.WITHDRAW)
    except NotPossible:
        raise Refusal("already_decided", state=case.row.state) from None
    cancel_due(case.deed.session, case.id, now=case.deed.now)
    case.record("withdrawn", after={"reason": reason.strip()})
    case.post("moved", case.row.version, move=Move.WITHDRAW, by=case.deed.user,
              reason=reason.strip())  # fmt: skip


def _check(case: Case, ruling: Ruling) -> Verdict:
    facts = case.facts
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    if ruling.verdict not in set(Verdict):
        raise FieldErrors(verdict="unknown_verdict")
    verdict = Verdict(ruling.verdict)
    if not ruling.because.strip():
        errors["because"] = "empty"
    elif len(ruling.because) > LONGEST:
        errors["because"] = ("too_long", {"limit": LONGEST, "length": len(ruling.because)})
    elif not is_reason(ruling.because):
        errors["because"] = "too_short"
    if verdict is Verdict.GO_WITH_CHANGES and not ruling.changes.strip():
        errors["changes"] = "changes_missing"
    today = case.deed.now.astimezone(read_zone(case.seat.timezone)).date()
    if verdict is Verdict.DEFER and (ruling.until is None or ruling.until <= today):
        errors["until"] = "until_missing"
    overruled = overruled_by(facts, verdict)
    if overruled and case.deed.user == facts.proposer and not case.seat.proposer_may_overrule:
        errors["verdict"] = "proposer_may_not_overrule"
    for objection in overruled:
        because = ruling.overrules.get(objection.number, "")
        if not is_reason(because):
            key = "overrule_short" if because.strip() else "overrule_missing"
            errors[f"overrule_{objection.number}"] = (key, {"title": objection.title})
    still = {o.number for o in facts.open_objections}
    if verdict is not Verdict.STOP and ruling.accepts & still:
        errors["accepts"] = ("accepts_only_stop", {"live": facts.live_since is not None})
    if errors:
        raise FieldErrors(**errors)
    return verdict


def _open_again(
    case: Case, move: Move, *, by: str, reason: str = "", until: date | None = None
) -> None:
    """`by`: who reopened it, or put it off `until` a day that has come."""
    row, deed = case.row, case.deed
    before = row.state
    row.state = state_after(State(row.state), move)
    row.deferred_until = None
    row.confirmation, row.confirm_by, row.heard_at = Confirmation.WAITING, None, None
    row.last_taken_number = row.last_taken_at = None
    row.statement_version += 1
    cancel_due(deed.session, case.id, now=deed.now)
    for answer in deed.session.exec(select(AnswerRow).where(AnswerRow.review_id == case.id)):
        answer.stale = True
        deed.session.add(answer)
    for number in _ended_by_decision(case):
        objection = find_objection(case, number)
        objection.state = ObjectionState.OPEN
        deed.session.add(objection)
    row.decision_due_at = None
    wait_for_answers(case, since=deed.now)
    case.record(move, before={"state": before}, after={"state": row.state, "reason": reason})
    look_after_parts(case)
    happened = {
        "move": str(move),
        "by": by,
        "reason": reason,
        "until": until.isoformat() if until else "",
        "decisions": len(case.facts.decisions),
    }
    case.post("moved", row.version, **happened)
    who = {row.advocate, row.proposer, row.decider} - {None, deed.user, BOT}
    for person in sorted(filter(None, who)):
        case.tell("open_again", person, f"{row.version}:{person}", **happened)


def _ended_by_decision(case: Case) -> list[int]:
    """The objections the last decision overruled or accepted; agreed ones stay as agreed."""
    last = case.deed.session.exec(
        select(HistoryRow)
        .where(HistoryRow.review_id == case.id, HistoryRow.what == "decided")
        .order_by(col(HistoryRow.id).desc())
    ).first()
    return [int(number) for number in last.after.get("ended", ())] if last else []


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(9), tzinfo=read_zone(zone)).astimezone(read_zone("UTC"))
