"""From rows to the frozen facts the rules read."""

from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select

from db.tables import (
    AnswerRow,
    Channel,
    DecisionRow,
    HistoryRow,
    Membership,
    ObjectionRow,
    Person,
    QuestionRow,
    ReviewRow,
    Surface,
)
from seat import facts
from seat.seating import from_data

# Made once: every deed and every drawing reads a review, and putting a statement together takes
# SQLAlchemy as long as carrying it out.
_REVIEW: BindParameter[int] = bindparam("review")
_CHECKLIST = select(Surface).where(Surface.review_id == _REVIEW, Surface.kind == "checklist")
_QUESTIONS = (
    select(QuestionRow).where(QuestionRow.review_id == _REVIEW).order_by(col(QuestionRow.number))
)
_ANSWERS = select(AnswerRow).where(AnswerRow.review_id == _REVIEW)
_OBJECTIONS = (
    select(ObjectionRow).where(ObjectionRow.review_id == _REVIEW).order_by(col(ObjectionRow.number))
)
_DECISIONS = (
    select(DecisionRow).where(DecisionRow.review_id == _REVIEW).order_by(col(DecisionRow.number))
)


def find_review(session: Session, review_id: int, *, workspace_id: str) -> ReviewRow | None:
    """The review's row, only within its workspace."""
    row = session.get(ReviewRow, review_id)
    return row if row is not None and row.workspace_id == workspace_id else None


def lock_review(session: Session, review_id: int, *, workspace_id: str) -> ReviewRow | None:
    """The review's row, locked until the transaction ends (SQLite: the writer already is alone).

    Not from those who only point at it (`key_share`): a dispatcher that stores what was sent does.
    """
    return session.exec(
        select(ReviewRow)
        .where(ReviewRow.id == review_id, ReviewRow.workspace_id == workspace_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


def read_review(session: Session, row: ReviewRow) -> facts.Review:
    """Everything the rules and views need to know of one review."""
    assert row.id is not None
    session.flush()
    channel = session.get(Channel, (row.workspace_id, row.channel_id))
    of_it = {"review": row.id}
    checklist = session.exec(_CHECKLIST, params=of_it).first()
    questions = session.exec(_QUESTIONS, params=of_it)
    answers = session.exec(_ANSWERS, params=of_it)
    objections = session.exec(_OBJECTIONS, params=of_it)
    decisions = session.exec(_DECISIONS, params=of_it)
    withdrawal = _withdrawal(session, row)
    last_taken = None
    if row.last_taken_number is not None and row.last_taken_at is not None:
        last_taken = facts.LastTaken(row.last_taken_number, row.last_taken_at)
    return facts.Review(
        id=row.id,
        number=row.number,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        seat_id=row.seat_id,
        kind=row.kind,
        kind_label=row.kind_label,
        title=row.title,
        told_to_her=row.told_to_her,
        why=row.why,
        change=row.change,
        affected=row.affected,
        takes_effect=row.takes_effect,
        links=row.links,
        live_since=row.live_since,
        confidential_until=row.confidential_until,
        withdrawn_by=withdrawal.who if withdrawal else "",
        withdrawn_because=str(withdrawal.after.get("reason") or "") if withdrawal else "",
        persona=row.persona,
        proposer=row.proposer,
        decider=row.decider,
        advocate=row.advocate,
        stand_in=row.stand_in,
        accepted=row.accepted,
        seated_at=row.seated_at,
        heard_at=row.heard_at,
        seating=from_data(row.seating, row.advocate),
        opened_at=row.opened_at,
        size=facts.Size(row.size),
        state=facts.State(row.state),
        version=row.version,
        revision=row.revision,
        answers_due_at=row.answers_due_at,
        decide_by=row.decide_by,
        decision_due_at=row.decision_due_at,
        decider_is_gone=row.decider_left_at is not None and _is_gone(session, row, row.decider),
        questions=tuple(_question(q) for q in questions),
        answers={a.number: _answer(a) for a in answers},
        stance=_stance(row),
        objections=tuple(_objection(o) for o in objections),
        statement_version=row.statement_version,
        said_back_version=row.said_back_version,
        confirmation=facts.Confirmation(row.confirmation),
        confirm_by=row.confirm_by,
        asked_number=checklist.shown_number if checklist else None,
        asked_at=checklist.shown_at if checklist else None,
        last_taken=last_taken,
        doubts=tuple(_doubt(d) for d in row.doubts),
        needs_full_used=row.needs_full_used,
        decisions=tuple(_decision(d) for d in decisions),
        deferred_until=row.deferred_until,
        private=channel.is_private if channel else True,
    )


def _is_gone(session: Session, row: ReviewRow, user: str) -> bool:
    """Still: who has come back since is not."""
    person = session.get(Person, (row.workspace_id, user))
    membership = session.get(Membership, (row.workspace_id, row.channel_id, user))
    known = person and (person.deactivated, person.is_bot, person.is_guest, person.is_external)
    return any(known or ()) or (membership is not None and not membership.is_member)


def _withdrawal(session: Session, row: ReviewRow) -> HistoryRow | None:
    if row.state != facts.State.WITHDRAWN:
        return None
    return session.exec(
        select(HistoryRow)
        .where(HistoryRow.review_id == row.id, HistoryRow.what == "withdrawn")
        .order_by(col(HistoryRow.id).desc())
    ).first()


def _stance(row: ReviewRow) -> facts.Stance | None:
    if row.stance_not_known:
        return facts.Stance.NOT_KNOWN
    return facts.Stance(row.stance) if row.stance else None


def _doubt(kept: dict[str, Any]) -> facts.Doubt:
    return facts.Doubt(
        channel_id=kept["channel"],
        ts=kept["ts"],
        by=kept["by"],
        numbers=tuple(kept["numbers"]),
        part_of=kept["part_of"],
        words=kept["words"],
    )


def _question(row: QuestionRow) -> facts.Question:
    return facts.Question(
        number=row.number,
        key=row.key,
        text=row.text,
        hint=row.hint,
        kind=facts.QuestionKind(row.kind),
        options=tuple(facts.Option(o["value"], o["label"]) for o in row.options),
        required=row.required,
        quick=row.quick,
        closing=row.closing,
        moment=row.moment,
        short=row.short,
    )


def _answer(row: AnswerRow) -> facts.Answer:
    return facts.Answer(
        number=row.number,
        state=facts.AnswerState(row.state),
        text=row.text,
        option=row.option,
        evidence=facts.Evidence(row.evidence),
        why=row.why,
        why_asked=row.why_asked,
        tapped=row.tapped,
        stale=row.stale,
        revision=row.revision,
        message_ts=tuple(row.message_ts),
    )


def _objection(row: ObjectionRow) -> facts.Objection:
    assert row.id is not None
    return facts.Objection(
        id=row.id,
        number=row.number,
        title=row.title,
        detail=row.detail,
        changes_her_mind=row.changes_her_mind,
        mind_asked=row.mind_asked,
        state=facts.ObjectionState(row.state),
        reply=row.reply,
        offered=facts.ObjectionState(row.offered) if row.offered else None,
        stands=row.stands,
        overruled_because=row.overruled_because,
        message_ts=tuple(row.message_ts),
    )


def _decision(row: DecisionRow) -> facts.Decision:
    return facts.Decision(
        number=row.number,
        verdict=facts.Verdict(row.verdict),
        because=row.because,
        by=row.by,
        at=row.at,
        changes=row.changes,
        until=row.until,
        marks=tuple(facts.Mark(m) for m in row.marks),
    )
