"""Somebody who has a part in a review is gone: the part goes to who is next, and nothing waits.

Done when a due row comes (db/gone.py), whether Slack told us or we found out. Each of those whom
it concerns hears of it once; nothing happens in a review that is over.
"""

from bot.reviews.deed import Case, Deed
from bot.reviews.keeping import note_keeper_gone
from bot.reviews.name_decider import name_decider
from bot.reviews.permit import default_decider
from bot.reviews.presence import keepers_here, presence_of, why_left
from bot.reviews.seating import (
    another_stand_in,
    choose,
    offer_stand_in,
    seat_next,
    show_passed_on,
    vacate,
)
from bot.reviews.settle import settle
from bot.reviews.waiting import stop_waiting_for_decision
from db.due import CANCELLED
from db.outbox import find_surface
from db.tables import Due, Seat
from seat.facts import State
from seat.leaving import OUTSIDE, Left
from seat.seating import Way
from seat.turns import Ending

SILENT = "silent"
"""Why another decider is wanted; the other causes are seat.leaving.Left."""
BACK = CANCELLED
"""The outcome where they are here after all: should they go again, the same row is set again."""


def replace_gone(case: Case, due: Due) -> str:
    """What `due.args["person"]` held in this review goes on. Returns what was done."""
    person = str(due.args["person"])
    if case.row.state not in (State.OPEN, State.HEARD):
        return "over"
    done = [
        _from_deciding(case, person, left=bool(due.args.get("left"))),
        _from_the_seat(case, person),
        _from_standing_in(case, person),
    ]
    return " ".join(filter(None, done)) or BACK


def replace_keeper(deed: Deed, seat: Seat, due: Due) -> str:
    outcome = note_keeper_gone(deed, seat, str(due.args["person"]))
    return BACK if outcome == "not needed" else outcome


def _from_the_seat(case: Case, person: str) -> str:
    """The next in turn sits down; answers and objections stay. With nobody left it is empty.

    Where she has been heard the decider has all they need: then her seat is only given to someone
    who can have it, and what was said in it stands.
    """
    why = why_left(case.deed, case.row.channel_id, person)
    if case.row.advocate != person or why is None:
        return ""
    if case.row.state == State.HEARD and choose(case).advocate is None:
        return "was heard"
    case.record("left", before={"advocate": person}, after={"why": why})
    vacate(case, Ending.LEFT)
    if why is not Left.DEACTIVATED:
        show_passed_on(case.deed, case, person)
    seat_next(case, Way.AFTER_LEAVING, person)
    settle(case)
    return "seat"


def _from_standing_in(case: Case, person: str) -> str:
    """Another is next; if the seat was offered already, it is offered to them."""
    why = why_left(case.deed, case.row.channel_id, person)
    if case.row.stand_in != person or why is None:
        return ""
    case.row.stand_in = another_stand_in(case)
    case.record("stand_in_left", before={"stand_in": person}, after={"why": why})
    key = f"offer:{case.id}:{person}"
    if find_surface(case.deed.session, workspace_id=case.row.workspace_id, key=key):
        offer_stand_in(case)
    return "stand-in"


def _from_deciding(case: Case, person: str, *, left: bool) -> str:
    """The seat's default decides, if that is somebody; else those who can name another are told.

    Who decides about a public channel may never have been in it: then only leaving it counts, or
    that it is private now, which they haven't left but can't read.
    """
    row, deed = case.row, case.deed
    inside = left or case.facts.private
    why = why_left(deed, row.channel_id, person, inside=inside)
    if row.decider != person or why is None or row.decider_left_at is not None:
        return ""
    told = OUTSIDE if why is Left.NOT_IN_CHANNEL and not left else str(why)
    instead = default_decider(deed, case.seat)
    if instead not in (None, person, row.advocate):
        name_decider(case, instead, instead_of=person, why=told)
        return "decider"
    row.decider_left_at = deed.now
    stop_waiting_for_decision(case)
    case.record("decider_left", before={"decider": person}, after={"why": told})
    for user in who_names_deciders(case):
        tell_to_name_another(case, user, why=told)
    return "told"


def who_names_deciders(case: Case) -> list[str]:
    """The proposer and the keepers, as far as they are here, without who decides now."""
    people = dict.fromkeys([case.row.proposer, *keepers_here(case.deed, case.seat)])
    return [
        user
        for user in people
        if user != case.row.decider
        and not presence_of(case.deed, case.row.channel_id, user).deactivated
    ]


def tell_to_name_another(case: Case, user: str, *, why: str) -> None:
    """Once for each decider and cause, and each time she was heard anew."""
    row = case.row
    part = f"{row.said_back_version}:{row.revision}:{row.decider}:{why}:{user}"
    case.tell("another_decider", user, part, decider=row.decider, why=why)
