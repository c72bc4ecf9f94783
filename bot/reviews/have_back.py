"""Taking back a seat that one has just passed on: as if it had not been (seat/passing.py)."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.errors import Refusal
from bot.reviews.deed import Case
from bot.reviews.presence import why_left
from bot.reviews.seating import show_passed_on, vacate
from bot.reviews.settle import settle
from bot.reviews.waiting import wait_for_answers, wait_for_confirmation
from db.due import cancel_due, set_due
from db.tables import HistoryRow, Turn
from seat.facts import State
from seat.passing import TIME, Done, Passing, take_back_until
from seat.turns import Ending

OVER = "take_back_over"
"""Of what falls due: the hour is over, and the button goes."""


def until_when(session: Session, review_id: int, user: str, now: datetime) -> datetime | None:
    """Until when `user` can have the seat of this review back; None: not, or not any more."""
    since = now - TIME - timedelta(minutes=1)
    rows = session.exec(
        select(HistoryRow)
        .where(HistoryRow.review_id == review_id, HistoryRow.at >= since)
        .order_by(col(HistoryRow.id))
    )
    return take_back_until([_done(row) for row in rows], user, now)


def leave_an_hour(case: Case, turn: Turn) -> None:
    """The one whose `turn` has just ended may take it back; when not any more, the button goes."""
    set_due(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        kind=OVER,
        key=f"{OVER}:{turn.id}:{case.row.version}",
        due_at=case.deed.now + TIME,
        review_id=case.id,
        args={"user": turn.person_id},
    )


def have_seat_back(case: Case) -> None:
    """The turn goes on as it was, and its time with it. Who sat there meanwhile is told once."""
    deed, row, user = case.deed, case.row, case.deed.user
    if row.advocate == user:
        return
    if row.state not in (State.OPEN, State.HEARD):
        raise Refusal("already_decided", state=row.state)
    passed, turn = _passed(case), _turn(case)
    if passed is None or turn is None or until_when(deed.session, case.id, user, deed.now) is None:
        raise Refusal("too_late_to_take_back")
    meanwhile = row.advocate
    if meanwhile is not None:
        vacate(case, Ending.HANDED_OVER)
    turn.ended_at, turn.end_reason, turn.given_back = None, "", False
    deed.session.add(turn)
    row.advocate, row.seated_at, row.accepted = user, turn.seated_at, True
    row.seating = passed.after.get("seating") or {}
    row.stand_in = _if_here(case, meanwhile) or _if_here(case, passed.after.get("stand_in"))
    row.last_taken_number = row.last_taken_at = None
    deed.session.flush()
    cancel_due(deed.session, case.id, now=deed.now, kinds=(OVER,))
    wait_for_answers(case, since=turn.seated_at)
    wait_for_confirmation(case)
    case.record(Passing.TAKEN_BACK, after={"advocate": user, "from": meanwhile})
    if meanwhile is not None:
        show_passed_on(deed, case, meanwhile)
        case.tell("taken_back", meanwhile, f"{turn.id}:{row.version}", by=user)
    settle(case)


def _if_here(case: Case, user: str | None) -> str | None:
    """Who stood in then may have left within the hour."""
    left = user is None or why_left(case.deed, case.row.channel_id, user) is not None
    return None if left else user


def _done(row: HistoryRow) -> Done:
    seated = str(row.after.get("advocate") or "") if row.what == Passing.SEATED else ""
    return Done(row.who, row.what, row.at, seated, str(row.after.get("way") or ""))


def _passed(case: Case) -> HistoryRow | None:
    """When they last passed it on, and how things stood then."""
    return case.deed.session.exec(
        select(HistoryRow)
        .where(
            HistoryRow.review_id == case.id,
            HistoryRow.what == Passing.DECLINED,
            HistoryRow.who == case.deed.user,
        )
        .order_by(col(HistoryRow.id).desc())
    ).first()


def _turn(case: Case) -> Turn | None:
    return case.deed.session.exec(
        select(Turn)
        .where(
            Turn.review_id == case.id,
            Turn.person_id == case.deed.user,
            Turn.end_reason == Ending.DECLINED,
        )
        .order_by(col(Turn.id).desc())
    ).first()
