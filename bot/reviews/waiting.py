"""Waiting for the advocate's answers: when they are due, and the reminders on the way there."""

from datetime import datetime

from sqlmodel import col, func, select

from bot.reviews.deed import Case
from db.due import cancel_due, set_due
from db.tables import DecisionRow, Turn
from seat import calendar
from seat.facts import Size

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
