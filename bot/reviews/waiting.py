"""Waiting for the advocate's answers: when they are due, and the reminders on the way there."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import col, func, select

from bot.reviews.deed import Case
from db.due import cancel_due, set_due
from db.tables import DecisionRow, Due, Turn
from seat import calendar
from seat.facts import Confirmation, Size
from seat.review import is_complete

RUNGS = {"nudge_advocate": calendar.due_nudge, "offer_seat": calendar.due_stand_in}
"""The ladder's rungs, and when each is due; a reminder is sent at most once a round."""


def find_turn(case: Case) -> Turn | None:
    """The turn of who sits there now."""
    return case.deed.session.exec(
        select(Turn).where(Turn.review_id == case.id, col(Turn.ended_at).is_(None))
    ).first()


def wait_for_answers(case: Case, *, since: datetime) -> None:
    """Answers are due anew, counted from `since`: at seating, after a revision or a return."""
    row, deed = case.row, case.deed
    turn = find_turn(case)
    if row.advocate is None or turn is None:
        return
    within, size, hours = case.seat.answer_within, Size(row.size), case.hours(row.advocate)
    row.answers_due_at = calendar.due_answers(since, size, within, hours)
    deed.session.add(row)
    decisions = deed.session.exec(
        select(func.count()).where(DecisionRow.review_id == case.id)
    ).one()
    for kind, due in RUNGS.items():
        set_due(
            deed.session,
            workspace_id=row.workspace_id,
            kind=kind,
            key=f"{kind}:{turn.id}:{row.revision}:{decisions}",
            due_at=due(since, size, within, hours),
            review_id=case.id,
        )


def stop_waiting(case: Case) -> None:
    """The answers are in, or nobody is asked for them any more."""
    cancel_due(case.deed.session, case.id, now=case.deed.now, kinds=tuple(RUNGS))


def wait_for_confirmation(case: Case) -> None:
    """What was said back waits for the word of who sits there now: a working day of theirs.

    Nothing where all is confirmed already, or nothing was said back yet.
    """
    row, deed, turn = case.row, case.deed, find_turn(case)
    said_back = row.said_back_version == row.statement_version and is_complete(case.facts)
    if turn is None or not said_back or row.confirmation != Confirmation.WAITING:
        return
    row.confirm_by = calendar.due_confirm(deed.now, case.hours(row.advocate))
    deed.session.add(row)
    set_due(
        deed.session,
        workspace_id=row.workspace_id,
        kind="confirm",
        key=f"confirm:{case.id}:{row.said_back_version}:{turn.id}",
        due_at=row.confirm_by,
        review_id=case.id,
        args={"version": row.said_back_version},
    )


def wait_for_decision(case: Case, part: str, *, decide_by: date | None) -> None:
    """The decision is due, counted from now in the hours of who decides; then they are reminded."""
    row, deed = case.row, case.deed
    row.decision_due_at = calendar.due_decision(deed.now, decide_by, case.hours(row.decider))
    deed.session.add(row)
    set_due(
        deed.session,
        workspace_id=row.workspace_id,
        kind="nudge_decider",
        key=f"nudge_decider:{case.id}:{part}",
        due_at=row.decision_due_at,
        review_id=case.id,
    )


def wait_for_another_decider(case: Case, due: Due, people: Iterable[str]) -> None:
    """The decider was reminded just now. Who can name another is told a working day later, each
    within their own working hours."""
    deed = case.deed
    for user in people:
        set_due(
            deed.session,
            workspace_id=case.row.workspace_id,
            kind="another_decider",
            key=f"another_decider:{due.id}:{user}",
            due_at=calendar.due_another_decider(deed.now, case.hours(case.row.decider)),
            review_id=case.id,
            args={"person": user, "decider": case.row.decider},
        )


def stop_waiting_for_decision(case: Case) -> None:
    """Nobody is reminded of the decision any more: it is open again, or someone else's."""
    kinds = ("nudge_decider", "another_decider")
    cancel_due(case.deed.session, case.id, now=case.deed.now, kinds=kinds)
