"""Naming someone else to decide: by the proposer or a keeper."""

from bot.errors import FieldErrors
from bot.reviews.deed import Case
from bot.reviews.permit import check_decider
from bot.reviews.waiting import stop_waiting_for_decision, wait_for_decision
from seat.facts import State
from seat.zones import read_zone


def name_decider(case: Case, user: str, *, instead_of: str = "", why: str = "") -> bool:
    """`user` decides from now on; returns whether that is new.

    If she is heard already, the new one is told so at once, and has time of their own to decide.
    `instead_of`: who is gone, and `why`. Raises FieldErrors.
    """
    row = case.row
    if user == row.decider or row.state not in (State.OPEN, State.HEARD):
        return False
    check_decider(case.deed, case.seat, user)
    if user == row.advocate:
        raise FieldErrors(decider="decider_sits")
    before, row.decider = row.decider, user
    row.decider_left_at = None
    case.record("decider_named", before={"decider": before}, after={"decider": user})
    if row.state == State.HEARD:
        part = f"{row.said_back_version}:{row.revision}:{user}"
        stop_waiting_for_decision(case)
        today = case.deed.now.astimezone(read_zone(case.seat.timezone)).date()
        is_to_come = row.decide_by is not None and row.decide_by > today
        wait_for_decision(
            case, f"{part}:{row.version}", decide_by=row.decide_by if is_to_come else None
        )
        gone = {"instead_of": instead_of, "why": why} if instead_of else {}
        case.tell("heard_for_decider", user, part, **gone)
    return True
