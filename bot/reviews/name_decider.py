"""Naming someone else to decide: by the proposer or a keeper."""

from bot.errors import FieldErrors
from bot.reviews.deed import Case
from bot.reviews.permit import check_decider
from seat.facts import State


def name_decider(case: Case, user: str) -> bool:
    """`user` decides from now on; returns whether that is new.

    If she is heard already, the new one is told so at once. Raises FieldErrors.
    """
    row = case.row
    if user == row.decider or row.state not in (State.OPEN, State.HEARD):
        return False
    check_decider(case.deed, case.seat, user)
    if user == row.advocate:
        raise FieldErrors(decider="decider_sits")
    before, row.decider = row.decider, user
    case.record("decider_named", before={"decider": before}, after={"decider": user})
    if row.state == State.HEARD:
        case.tell("heard_for_decider", user, f"{row.said_back_version}:{row.revision}:{user}")
    return True
