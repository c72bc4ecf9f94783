"""Taking the seat, passing it on, and a keeper's giving it to someone else."""

from bot.errors import Refusal
from bot.reviews.deed import Case, roster_of
from bot.reviews.have_back import leave_an_hour
from bot.reviews.seating import give_seat, seat_next, show_passed_on, vacate
from bot.reviews.settle import settle
from bot.reviews.waiting import find_turn
from seat.facts import State
from seat.passing import Passing
from seat.review import is_complete
from seat.seating import Seating, Way
from seat.turns import Ending


def accept_seat(case: Case) -> None:
    """The advocate says yes; nothing else changes."""
    if case.row.accepted:
        return
    case.row.accepted = True
    case.record("accepted")


def volunteer(case: Case) -> None:
    """Someone on the roster takes an empty seat, or the stand-in takes over a silent one."""
    if case.row.advocate == case.deed.user:
        return
    _still_undecided(case)
    seating = Seating(case.deed.user, Way.VOLUNTEERED)
    if case.row.advocate is not None:
        if case.row.state != State.OPEN or is_complete(case.facts):
            raise Refusal("offer_over")
        if case.row.stand_in != case.deed.user:
            raise Refusal("seat_taken", advocate=case.row.advocate)
        seating = Seating(case.deed.user, Way.TOOK_OVER, by=case.row.advocate)
        _leave(case, "silent")
    give_seat(case, seating, accepted=True)
    settle(case)


def decline_seat(case: Case, reason: str = "") -> str | None:
    """The seat goes on to the next in turn. Returns who has it now, None if it is empty."""
    _still_undecided(case)
    row, former, turn = case.row, case.row.advocate, find_turn(case)
    stood = {"stand_in": row.stand_in, "seating": row.seating}  # for taking it back
    case.record(Passing.DECLINED, after={"advocate": former, "reason": reason.strip(), **stood})
    _leave(case, Ending.DECLINED)
    seat_next(case, Way.AFTER_DECLINE, by=former or "", reason=reason.strip())
    if turn is not None:
        leave_an_hour(case, turn)
    settle(case)
    return case.row.advocate


def hand_over(case: Case, to: str, *, ending: str = "handed_over") -> None:
    """The advocate, or a keeper, gives the seat to someone on the roster."""
    if to not in {entry.person_id for entry in roster_of(case.deed.session, case.row.seat_id)}:
        raise Refusal("not_on_roster", person=to)
    if to in (case.row.proposer, case.row.decider):
        raise Refusal("takes_part_already", person=to)
    if to == case.row.advocate:
        return
    _still_undecided(case)
    way = Way.HANDED_OVER if case.deed.user == case.row.advocate else Way.GIVEN
    _leave(case, ending)
    give_seat(case, Seating(to, way, by=case.deed.user))
    settle(case)


def _still_undecided(case: Case) -> None:
    """Raises Refusal once it is over: nobody is asked to answer for nothing."""
    if case.row.state not in (State.OPEN, State.HEARD):
        raise Refusal("already_decided", state=case.row.state)


def _leave(case: Case, ending: str) -> None:
    former = case.row.advocate
    vacate(case, ending)
    if former is not None:
        show_passed_on(case.deed, case, former)
