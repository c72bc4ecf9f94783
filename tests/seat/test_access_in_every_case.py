"""Who may do what in every case there is: the design said once more, a sentence an act."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from seat.access import Act, Actor, Allowed, Reason, SeatFacts, may
from seat.facts import Review
from tests.seat.access_context import REVIEW, UNSEATED

BOTH = (False, True)
SEATS = [
    SeatFacts(("KIM",), private, shared, guests, overrule)
    for private, shared, guests, overrule in product(BOTH, repeat=4)
] + [
    SeatFacts((), private, others_may_sit=others, roster_is_out=out, unkept_for=timedelta(gone))
    for private, others, out in product(BOTH, repeat=3)
    for gone in (6, 7)
]
ACTORS = [
    Actor(user, member, guest, external, keeper, admin, on_roster)
    for user, member, guest, external, keeper, admin, on_roster in product(
        ("ANA", "BEN", "SAM", "LEE", "MEM"), (True, False, None), *[BOTH] * 5
    )
]
REVIEWS = [REVIEW, UNSEATED, replace(REVIEW, decider="SAM")]


def expected(act: Act, who: Actor, seat: SeatFacts, review: Review) -> bool:
    """The table of the design once more, as one sentence an act."""
    full = not who.is_guest and not who.is_external
    member = who.is_member_of_channel is True
    reads = member or (full and not seat.private)
    advocate, proposer = who.user == review.advocate, who.user == review.proposer
    decider, can_sit = who.user == review.decider, member and full and who.on_roster
    can_sit = can_sit and not proposer and not decider
    has_no_part = member and full and not proposer and not decider
    others_sit = has_no_part and seat.others_may_sit and seat.roster_is_out
    unkept = seat.unkept_for
    return (
        reads
        and not seat.shared  # with another company: nothing of it goes on meanwhile
        and {
            Act.SET_UP: full,
            Act.PROPOSE: member and (full or seat.guests_may_propose),
            Act.ADD_VOICE: member and (full or seat.guests_may_propose),
            Act.ANSWER: advocate,
            Act.HOLD_SEAT: advocate,
            Act.TAKE_OFFER: who.user == review.stand_in and can_sit,
            Act.TAKE_BACK: can_sit,
            Act.VOLUNTEER: (can_sit or others_sit) and review.advocate is None,
            Act.RESEAT: who.is_keeper,
            Act.REVISE: proposer,
            Act.REPLY_OBJECTION: proposer,
            Act.WITHDRAW: proposer or who.is_keeper,
            Act.NAME_DECIDER: proposer or who.is_keeper,
            Act.DECIDE: decider,
            Act.OVERRULE: decider and (not proposer or seat.proposer_may_overrule),
            Act.REOPEN: decider or who.is_keeper,
            Act.SETTINGS: who.is_keeper,
            Act.ROSTER: who.is_keeper,
            Act.OWN_TURNS: who.on_roster,
            Act.REPLACE_KEEPERS: who.is_keeper or who.is_admin,
            Act.TAKE_OVER: unkept is not None
            and member
            and full
            and (who.is_admin or (who.on_roster and unkept >= timedelta(7))),
            Act.REDACT: who.is_keeper,
            Act.READ: True,
        }[act]
    )


@pytest.mark.parametrize("act", list(Act))
def test_every_combination_of_person_seat_and_review(act: Act) -> None:
    for who, seat, review in product(ACTORS, SEATS, REVIEWS):
        verdict = may(act, who, seat, review)
        case = (act, who, seat, review.advocate, review.decider, verdict)
        assert bool(verdict) is expected(act, who, seat, review), case
        if isinstance(verdict, Allowed):
            continue
        assert verdict.who_may, case
        hidden = seat.private and who.is_member_of_channel is not True
        assert not (hidden and verdict.names), case
        assert verdict.reason is not Reason.TRY_AGAIN or who.is_member_of_channel is None, case
