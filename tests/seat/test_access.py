"""Who may do what: the table of the design as a table, and what is said to whoever may not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from seat.access import WHO_MAY, Act, Actor, Reason, Refused, Role, SeatFacts, may, may_sit
from seat.facts import Review
from tests.seat.access_context import REVIEW, UNSEATED

SEAT = SeatFacts(keepers=("KIM", "KAY"))

PEOPLE = {
    "ana": Actor("ANA", on_roster=True),
    "ben": Actor("BEN", on_roster=True),
    "ros": Actor("ROS", on_roster=True),
    "sam": Actor("SAM", on_roster=True),
    "lee": Actor("LEE", on_roster=True),
    "kim": Actor("KIM", is_keeper=True),
    "adm": Actor("ADM", is_admin=True),
    "mem": Actor("MEM"),
    "out": Actor("OUT", is_member_of_channel=False),
    "gue": Actor("GUE", is_guest=True),
    "ext": Actor("EXT", is_external=True),
}
"""Advocate, stand-in, roster, proposer, decider, keeper, admin, member; not in the (public)
channel; a guest and somebody from outside, both in the channel."""

TABLE = """
                 ana ben ros sam lee kim adm mem out gue ext
set_up           y   y   y   y   y   y   y   y   y   -   -
propose          y   y   y   y   y   y   y   y   -   -   -
add_voice        y   y   y   y   y   y   y   y   -   -   -
answer           y   -   -   -   -   -   -   -   -   -   -
hold_seat        y   -   -   -   -   -   -   -   -   -   -
take_offer       -   y   -   -   -   -   -   -   -   -   -
take_back        y   y   y   -   -   -   -   -   -   -   -
volunteer        -   -   -   -   -   -   -   -   -   -   -
reseat           -   -   -   -   -   y   -   -   -   -   -
revise           -   -   -   y   -   -   -   -   -   -   -
reply_objection  -   -   -   y   -   -   -   -   -   -   -
withdraw         -   -   -   y   -   y   -   -   -   -   -
name_decider     -   -   -   y   -   y   -   -   -   -   -
decide           -   -   -   -   y   -   -   -   -   -   -
overrule         -   -   -   -   y   -   -   -   -   -   -
reopen           -   -   -   -   y   y   -   -   -   -   -
settings         -   -   -   -   -   y   -   -   -   -   -
roster           -   -   -   -   -   y   -   -   -   -   -
own_turns        y   y   y   y   y   -   -   -   -   -   -
replace_keepers  -   -   -   -   -   y   y   -   -   -   -
take_over        -   -   -   -   -   -   -   -   -   -   -
redact           -   -   -   -   -   y   -   -   -   -   -
read             y   y   y   y   y   y   y   y   y   y   y
"""


def cells() -> Iterator[tuple[str, str, bool]]:
    head, *rows = TABLE.strip("\n").splitlines()
    for row in rows:
        act, *marks = row.split()
        for name, mark in zip(head.split(), marks, strict=True):
            yield act, name, mark == "y"


def test_the_table_names_every_act_and_every_act_has_somebody() -> None:
    assert {act for act, _, _ in cells()} == set(Act) == set(WHO_MAY)
    assert all(WHO_MAY.values())


@pytest.mark.parametrize(("act", "name", "allowed"), list(cells()))
def test_in_a_public_channel(act: str, name: str, allowed: bool) -> None:
    assert bool(may(Act(act), PEOPLE[name], SEAT, REVIEW)) is allowed


@pytest.mark.parametrize(("act", "name", "allowed"), list(cells()))
def test_in_a_private_channel_whoever_is_not_in_it_may_nothing(
    act: str, name: str, allowed: bool
) -> None:
    seat, review = replace(SEAT, private=True), replace(REVIEW, private=True)
    member = PEOPLE[name].is_member_of_channel is True
    assert bool(may(Act(act), PEOPLE[name], seat, review)) is (allowed and member)


@pytest.mark.parametrize("name", list(PEOPLE))
def test_an_empty_seat_is_for_anyone_on_the_roster_but_proposer_and_decider(name: str) -> None:
    allowed = bool(may(Act.VOLUNTEER, PEOPLE[name], SEAT, UNSEATED))
    assert allowed is (name in ("ana", "ben", "ros"))


@pytest.mark.parametrize("name", list(PEOPLE))
@pytest.mark.parametrize("allows", [True, False])
def test_where_nobody_on_the_roster_can_a_full_member_may_sit_if_the_seat_allows(
    name: str, allows: bool
) -> None:
    seat = replace(SEAT, roster_is_out=True, others_may_sit=allows)
    allowed = bool(may(Act.VOLUNTEER, PEOPLE[name], seat, UNSEATED))
    others = ("kim", "adm", "mem") if allows else ()
    assert allowed is (name in ("ana", "ben", "ros", *others))


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (Actor("SAM"), Reason.PROPOSER_CANNOT_SIT),
        (Actor("LEE"), Reason.DECIDER_CANNOT_SIT),
        (PEOPLE["out"], Reason.NOT_IN_CHANNEL),
        (Actor("MEM", is_member_of_channel=None), Reason.TRY_AGAIN),
        (PEOPLE["gue"], Reason.GUEST),
        (PEOPLE["ext"], Reason.EXTERNAL),
    ],
)
def test_who_may_not_sit_off_the_roster_either(who: Actor, reason: Reason) -> None:
    seat = replace(SEAT, roster_is_out=True)
    verdict = may(Act.VOLUNTEER, who, seat, UNSEATED)
    assert isinstance(verdict, Refused)
    assert verdict.reason is reason


UNKEPT = """
         ana ben ros sam lee kim adm mem out gue ext
at once  -   -   -   -   -   -   y   -   -   -   -
a week   y   y   y   y   y   -   y   -   -   -   -
"""


def _unkept() -> Iterator[tuple[timedelta, str, bool]]:
    head, *rows = UNKEPT.strip("\n").splitlines()
    for row, days in zip(rows, (0, 7), strict=True):
        for name, mark in zip(head.split(), row.split()[2:], strict=True):
            yield timedelta(days=days), name, mark == "y"


@pytest.mark.parametrize(("gone", "name", "allowed"), list(_unkept()))
def test_a_seat_all_keepers_left_is_an_admins_and_after_a_week_the_rosters(
    gone: timedelta, name: str, allowed: bool
) -> None:
    seat = replace(SEAT, keepers=(), unkept_for=gone)
    assert bool(may(Act.TAKE_OVER, PEOPLE[name], seat)) is allowed


def test_a_member_of_the_roster_waits_the_whole_week() -> None:
    seat = replace(SEAT, keepers=(), unkept_for=timedelta(days=7, microseconds=-1))
    assert may(Act.TAKE_OVER, PEOPLE["ros"], seat) == Refused(
        Reason.NOT_YET, (Role.ADMIN, Role.ON_ROSTER)
    )


@pytest.mark.parametrize("name", ["gue", "ext", "out"])
def test_no_guest_and_nobody_outside_takes_a_seat_over(name: str) -> None:
    who = replace(PEOPLE[name], is_admin=True, on_roster=True)
    assert not may(Act.TAKE_OVER, who, replace(SEAT, keepers=(), unkept_for=timedelta(days=30)))


@pytest.mark.parametrize(
    ("act", "actor", "seat", "review", "refused"),
    [
        (
            Act.DECIDE,
            PEOPLE["mem"],
            SEAT,
            REVIEW,
            Refused(Reason.NOT_YOURS, (Role.DECIDER,), ("LEE",)),
        ),
        (
            Act.WITHDRAW,
            PEOPLE["mem"],
            SEAT,
            REVIEW,
            Refused(Reason.NOT_YOURS, (Role.PROPOSER, Role.KEEPER), ("SAM", "KIM", "KAY")),
        ),
        (
            Act.SETTINGS,
            PEOPLE["mem"],
            SEAT,
            None,
            Refused(Reason.NOT_YOURS, (Role.KEEPER,), ("KIM", "KAY")),
        ),
        (
            Act.TAKE_OVER,
            PEOPLE["adm"],
            SEAT,
            None,
            Refused(Reason.IS_KEPT, (Role.KEEPER,), ("KIM", "KAY")),
        ),
        (
            Act.ANSWER,
            PEOPLE["ana"],
            SEAT,
            UNSEATED,
            Refused(Reason.UNSEATED, (Role.ON_ROSTER,)),
        ),
        (
            Act.VOLUNTEER,
            PEOPLE["ros"],
            SEAT,
            REVIEW,
            Refused(Reason.ALREADY_SEATED, (Role.ADVOCATE,), ("ANA",)),
        ),
        (
            Act.VOLUNTEER,
            PEOPLE["sam"],
            SEAT,
            UNSEATED,
            Refused(Reason.PROPOSER_CANNOT_SIT, (Role.ON_ROSTER,)),
        ),
        (
            Act.VOLUNTEER,
            PEOPLE["lee"],
            SEAT,
            UNSEATED,
            Refused(Reason.DECIDER_CANNOT_SIT, (Role.ON_ROSTER,)),
        ),
        (
            Act.OVERRULE,
            PEOPLE["sam"],
            SEAT,
            replace(REVIEW, decider="SAM"),
            Refused(Reason.PROPOSER_CANNOT_OVERRULE, (Role.DECIDER,)),
        ),
        (
            Act.SET_UP,
            PEOPLE["mem"],
            replace(SEAT, shared=True),
            None,
            Refused(Reason.SHARED_CHANNEL, (Role.FULL_MEMBER,)),
        ),
        (
            Act.SET_UP,
            replace(PEOPLE["gue"], is_member_of_channel=None),
            SEAT,
            None,
            Refused(Reason.GUEST, (Role.FULL_MEMBER,)),
        ),
        (
            Act.PROPOSE,
            PEOPLE["ext"],
            SEAT,
            None,
            Refused(Reason.EXTERNAL, (Role.CHANNEL_MEMBER,)),
        ),
        (
            Act.PROPOSE,
            Actor("MEM", is_member_of_channel=None),
            SEAT,
            None,
            Refused(Reason.TRY_AGAIN, (Role.CHANNEL_MEMBER,)),
        ),
        (
            Act.READ,
            replace(PEOPLE["kim"], is_member_of_channel=None),
            replace(SEAT, private=True),
            REVIEW,
            Refused(Reason.TRY_AGAIN, (Role.CHANNEL_MEMBER,)),
        ),
        (
            Act.READ,
            replace(PEOPLE["gue"], is_member_of_channel=False),
            SEAT,
            REVIEW,
            Refused(Reason.NOT_IN_CHANNEL, (Role.CHANNEL_MEMBER,)),
        ),
    ],
    ids=lambda value: f"{value.reason}" if isinstance(value, Refused) else "",
)
def test_a_refusal_says_why_and_who_may(
    act: Act, actor: Actor, seat: SeatFacts, review: Review | None, refused: Refused
) -> None:
    assert may(act, actor, seat, review) == refused


def test_the_seat_may_let_the_proposer_overrule_and_guests_propose() -> None:
    own = replace(REVIEW, decider="SAM")
    assert may(Act.OVERRULE, PEOPLE["sam"], replace(SEAT, proposer_may_overrule=True), own)
    assert may(Act.DECIDE, PEOPLE["sam"], SEAT, own)
    open_seat = replace(SEAT, guests_may_propose=True)
    for name in ("gue", "ext"):
        assert may(Act.PROPOSE, PEOPLE[name], open_seat)
        assert may(Act.ADD_VOICE, PEOPLE[name], open_seat)
        assert not may(Act.SET_UP, PEOPLE[name], open_seat)


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (PEOPLE["ros"], None),
        (PEOPLE["mem"], Reason.NOT_YOURS),
        (PEOPLE["sam"], Reason.PROPOSER_CANNOT_SIT),
        (PEOPLE["lee"], Reason.DECIDER_CANNOT_SIT),
        (replace(PEOPLE["ros"], is_guest=True), Reason.GUEST),
        (replace(PEOPLE["ros"], is_external=True), Reason.EXTERNAL),
        (replace(PEOPLE["ros"], is_member_of_channel=False), Reason.NOT_IN_CHANNEL),
        (replace(PEOPLE["ros"], is_member_of_channel=None), Reason.TRY_AGAIN),
    ],
)
def test_the_seat_can_be_handed_only_to_who_may_sit(person: Actor, reason: Reason | None) -> None:
    verdict = may_sit(person, REVIEW)
    assert (verdict.reason if isinstance(verdict, Refused) else None) is reason


def test_a_stand_in_who_was_named_decider_meanwhile_cannot_take_the_offer() -> None:
    review = replace(REVIEW, decider="BEN")
    assert may(Act.TAKE_OFFER, PEOPLE["ben"], SEAT, review) == Refused(
        Reason.DECIDER_CANNOT_SIT, (Role.ON_ROSTER,)
    )


@pytest.mark.parametrize("act", list(Act))
def test_without_a_review_nobody_has_a_part_in_one(act: Act) -> None:
    """And nothing fails: a member on the roster, who also keeps the seat."""
    anyone = Actor("ANA", on_roster=True, is_keeper=True, is_admin=True)
    seat = SeatFacts(keepers=("ANA",), unkept_for=timedelta(8))
    parts = {Role.ADVOCATE, Role.STAND_IN, Role.PROPOSER, Role.DECIDER}
    assert bool(may(act, anyone, seat, None)) is not parts.issuperset(WHO_MAY[act])


def test_where_others_may_sit_a_guest_is_told_that_members_may() -> None:
    seat = SeatFacts(keepers=("KIM",), roster_is_out=True)
    told = may(Act.VOLUNTEER, Actor("GUS", is_guest=True), seat, UNSEATED)
    assert told == Refused(Reason.GUEST, (Role.CHANNEL_MEMBER,))


@pytest.mark.parametrize("act", list(Act))
def test_in_a_shared_channel_it_says_that_the_seat_rests(act: Act) -> None:
    seat = SeatFacts(keepers=("KIM",), shared=True)
    reason = Reason.SHARED_CHANNEL if act is Act.SET_UP else Reason.PAUSED
    assert may(act, Actor("KIM", is_keeper=True), seat, REVIEW) == Refused(reason, WHO_MAY[act])


def test_of_a_private_review_only_who_is_in_its_channel_reads() -> None:
    away = Actor("MEM", is_member_of_channel=False)
    assert may(Act.READ, away, SEAT, REVIEW)
    told = may(Act.READ, away, SEAT, replace(REVIEW, private=True))
    assert told == Refused(Reason.NOT_IN_CHANNEL, (Role.CHANNEL_MEMBER,))
