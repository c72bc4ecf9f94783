"""What happens when something falls due. One function a kind; all of them stand in DUE.

Each asks the facts again first: a reminder stops when the wait is over.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import select

from bot.reviews.confirm import left_without_reply
from bot.reviews.decide import come_back
from bot.reviews.deed import Case, Deed, lock_seat, open_case
from bot.reviews.digest import send_digest
from bot.reviews.gone import (
    SILENT,
    replace_gone,
    replace_keeper,
    tell_to_name_another,
    who_names_deciders,
)
from bot.reviews.have_back import OVER
from bot.reviews.hear_early import hear_early
from bot.reviews.seating import offer_stand_in, show_passed_on
from bot.reviews.settle import SAY_BACK, say_back, settle
from bot.reviews.shared import LOOK_AGAIN, look_at_sharing
from bot.reviews.waiting import wait_for_another_decider
from db.catch_up import EARLY
from db.due import finish
from db.gone import GONE, UNKEPT
from db.sharing import SHARED, is_shared
from db.tables import Due, ReviewRow, Seat
from seat import calendar
from seat.facts import State
from seat.review import could_be_said_back, is_complete


def fall_due(deed: Deed, due: Due) -> None:
    """Do what `due` says, in the transaction that marks it done."""
    if due.kind == SHARED:
        assert due.seat_id is not None
        outcome = look_at_sharing(deed, lock_seat(deed.session, due.seat_id), due)
        finish(deed.session, due, now=deed.now, outcome=outcome)
        return
    if due.kind == "digest":
        finish(deed.session, due, now=deed.now, outcome="done")
        assert due.seat_id is not None
        send_digest(deed, lock_seat(deed.session, due.seat_id), due_at=due.due_at)
        return
    if _is_paused(deed, due):
        due.due_at = deed.now + LOOK_AGAIN
        deed.session.add(due)
        return
    if due.kind == UNKEPT:
        assert due.seat_id is not None
        outcome = replace_keeper(deed, lock_seat(deed.session, due.seat_id), due)
        finish(deed.session, due, now=deed.now, outcome=outcome)
        return
    assert due.review_id is not None
    case = open_case(deed, due.review_id)
    later = _not_now(case, due)
    if later is not None:
        due.due_at = later
        deed.session.add(due)
        return
    outcome = DUE[due.kind](case, due)
    finish(deed.session, due, now=deed.now, outcome=outcome)


def _is_paused(deed: Deed, due: Due) -> bool:
    """Its seat's channel is shared with another company: nothing of it happens meanwhile."""
    if due.review_id is not None:
        row = deed.session.get_one(ReviewRow, due.review_id)
        return is_shared(deed.session, row.workspace_id, row.channel_id)
    seat = deed.session.get_one(Seat, due.seat_id)
    return is_shared(deed.session, seat.workspace_id, seat.channel_id)


def _nudge_advocate(case: Case, due: Due) -> str:
    row = case.row
    if row.state != State.OPEN or row.advocate is None or is_complete(case.facts):
        return "not needed"
    case.tell("nudge_advocate", row.advocate, due.id)
    return "sent"


def _offer_seat(case: Case, due: Due) -> str:
    if case.row.state != State.OPEN or case.row.advocate is None or is_complete(case.facts):
        return "not needed"
    case.redraw()  # what said when the answers are due now says when they were
    return "sent" if offer_stand_in(case) else "no stand-in"


def _confirm(case: Case, due: Due) -> str:
    left_without_reply(case, int(due.args["version"]))
    return "done"


def _say_back(case: Case, _due: Due) -> str:
    if not could_be_said_back(case.facts):
        return "not needed"
    say_back(case)
    settle(case)
    return "done"


def _nudge_decider(case: Case, due: Due) -> str:
    if case.row.state != State.HEARD:
        return "not needed"
    case.tell("nudge_decider", case.row.decider, due.id)
    wait_for_another_decider(case, due, who_names_deciders(case))
    case.redraw()  # what said when it is due now says when it was
    return "sent"


def _another_decider(case: Case, due: Due) -> str:
    """The reminder brought no decision, and the next step is somebody else's."""
    decider, user = str(due.args["decider"]), str(due.args["person"])
    if case.row.state != State.HEARD or case.row.decider != decider:
        return "not needed"
    if user not in who_names_deciders(case):
        return "not theirs"
    tell_to_name_another(case, user, why=SILENT)
    return "sent"


def _take_back_over(case: Case, due: Due) -> str:
    show_passed_on(case.deed, case, str(due.args["user"]))
    return "done"


def _return(case: Case, due: Due) -> str:
    come_back(case)
    return "done"


def _hear_early(case: Case, due: Due) -> str:
    hear_early(case.deed, channel_id=case.row.channel_id, thread_ts=str(due.args["thread_ts"]))
    return "done"


DUE: Mapping[str, Callable[[Case, Due], str]] = {
    "nudge_advocate": _nudge_advocate,
    "offer_seat": _offer_seat,
    SAY_BACK: _say_back,
    "confirm": _confirm,
    "nudge_decider": _nudge_decider,
    "another_decider": _another_decider,
    GONE: replace_gone,
    "return": _return,
    OVER: _take_back_over,
    EARLY: _hear_early,
}


def _not_now(case: Case, due: Due) -> datetime | None:
    """Reminders never come outside the working hours of whom they go to."""
    waiting_for = {
        "nudge_advocate": case.row.advocate,
        "offer_seat": case.row.stand_in,
        "nudge_decider": case.row.decider,
        "another_decider": due.args.get("person"),
    }.get(due.kind)
    if waiting_for is None:
        return None
    hours, now = case.hours(waiting_for), case.deed.now
    due_at = max(now, calendar.due_after_rung(due.due_at, _rung_before(case, due), hours))
    later = calendar.next_working_moment(due_at, hours)
    return later if later > now else None


def _rung_before(case: Case, due: Due) -> datetime | None:
    """When the advocate was nudged in this turn: the offer leaves time to act on it."""
    if due.kind != "offer_seat":
        return None
    key = due.key.replace(due.kind, "nudge_advocate", 1)
    nudge = case.deed.session.exec(
        select(Due).where(Due.workspace_id == due.workspace_id, Due.key == key)
    ).one_or_none()
    return nudge.done_at if nudge and nudge.outcome == "sent" else None
