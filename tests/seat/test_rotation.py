"""Whose turn it is, as tables; what holds for every roster is in test_rotation_properties.py."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from seat.rotation import (
    Away,
    Choice,
    Ending,
    LeftOut,
    Member,
    ProposalFacts,
    Reason,
    Turn,
    choose_advocate,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PROPOSAL = ProposalFacts(proposer="SAM", decider="LEE")


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def sat(user: str, days: float, **more: Any) -> Turn:
    return Turn(user, days_ago(days), **more)


def roster(*members: Member | str) -> list[Member]:
    return [Member(m, position=n) if isinstance(m, str) else m for n, m in enumerate(members)]


def choose(
    members: Sequence[Member],
    turns: Sequence[Turn] = (),
    proposal: ProposalFacts = PROPOSAL,
) -> Choice:
    return choose_advocate(members, turns, proposal, NOW)


def test_without_any_turns_the_roster_order_decides() -> None:
    choice = choose(roster("ANA", "BEN", "CAT"))
    assert (choice.advocate, choice.stand_in) == ("ANA", "BEN")
    assert choice.left_out == ()
    assert not choice.relaxed
    assert choice.why.turns == 0


def test_the_fewest_turns_come_first_and_the_runner_up_stands_in() -> None:
    turns = [sat("ANA", 3), sat("ANA", 4), sat("BEN", 2)]
    choice = choose(roster("ANA", "BEN", "CAT"), turns)
    assert (choice.advocate, choice.stand_in) == ("CAT", "BEN")


def test_of_equal_turns_the_longest_since_they_sat_comes_first() -> None:
    choice = choose(roster("ANA", "BEN"), [sat("ANA", 1), sat("BEN", 9)])
    assert choice.advocate == "BEN"


def test_turns_older_than_90_days_no_longer_count() -> None:
    old = [sat("ANA", 90), sat("ANA", 91), sat("BEN", 89.9)]
    assert choose(roster("BEN", "ANA"), old).advocate == "ANA"


def test_a_turn_given_back_does_not_count() -> None:
    turns = [sat("ANA", 1, given_back=True), sat("BEN", 50)]
    choice = choose(roster("BEN", "ANA"), turns)
    assert choice.advocate == "ANA"
    assert choice.why.turns == 0


def test_a_weight_of_two_takes_two_turns_for_one() -> None:
    members = [Member("ANA", 0, weight=2), Member("BEN", 1)]
    turns = [sat("ANA", 3), sat("BEN", 5)]
    assert choose(members, turns).advocate == "ANA"
    assert choose(members, [*turns, sat("ANA", 1)]).advocate == "BEN"


def test_a_weight_of_a_half_takes_one_turn_for_two() -> None:
    members = [Member("ANA", 0, weight=0.5), Member("BEN", 1)]
    turns = [sat("ANA", 3), sat("BEN", 5)]
    assert choose(members, turns).advocate == "BEN"
    assert choose(members, [*turns, sat("BEN", 1)]).advocate == "ANA"


@pytest.mark.parametrize("weight", [0, -1, 0.001])
def test_a_weight_that_is_not_above_zero_is_a_bug(weight: float) -> None:
    with pytest.raises(ValueError, match="weight of ANA"):
        Member("ANA", weight=weight)


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        (Member("SAM"), Reason.PROPOSER),
        (Member("LEE"), Reason.DECIDER),
        (Member("X", in_channel=False), Reason.NOT_IN_CHANNEL),
        (Member("X", deactivated=True), Reason.DEACTIVATED),
        (Member("X", guest=True), Reason.GUEST),
        (Member("X", external=True), Reason.EXTERNAL),
        (Member("X", away=(Away(NOW.date(), NOW.date()),)), Reason.AWAY),
        (Member("X", open_reviews=2), Reason.AT_LIMIT),
        (Member("X", open_reviews=1, limit=1), Reason.AT_LIMIT),
        (Member("X", limit=0), Reason.AT_LIMIT),
        (Member("NO"), Reason.DECLINED),
        (Member("HUSH"), Reason.SILENT),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_who_is_left_out_keeps_the_reason(member: Member, reason: Reason) -> None:
    proposal = ProposalFacts("SAM", "LEE", frozenset({"NO"}), frozenset({"HUSH"}))
    choice = choose([member, Member("ZOE", position=1)], proposal=proposal)
    assert choice.advocate == "ZOE"
    assert choice.left_out == (LeftOut(member.user, reason),)
    assert choice.why.instead_of == choice.left_out


def test_of_several_reasons_the_lasting_one_is_kept() -> None:
    ben = Member("BEN", deactivated=True, in_channel=False, open_reviews=9)
    assert choose([ben]).left_out == (LeftOut("BEN", Reason.DEACTIVATED),)


def test_an_advocate_away_today_is_passed_over() -> None:
    ana = Member("ANA", away=(Away(date(2026, 3, 9), date(2026, 3, 10)),))
    choice = choose([ana, Member("BEN", position=1)])
    assert choice.advocate == "BEN"
    assert choice.why.instead_of == (LeftOut("ANA", Reason.AWAY),)


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 3, 11), date(2026, 3, 20)), (date(2026, 3, 1), date(2026, 3, 9))],
)
def test_who_is_away_on_other_days_is_asked(first: date, last: date) -> None:
    choice = choose([Member("ANA", away=(Away(first, last),)), Member("BEN", position=1)])
    assert choice.advocate == "ANA"


@pytest.mark.parametrize(
    ("zone", "away"), [("Pacific/Auckland", True), ("UTC", False), ("America/New_York", False)]
)
def test_days_away_are_days_in_the_members_own_zone(zone: str, away: bool) -> None:
    """At noon in UTC it is already the 11th in Auckland."""
    ana = Member("ANA", away=(Away(date(2026, 3, 11), date(2026, 3, 11)),), zone=zone)
    assert (choose([ana]).advocate is None) is away


def test_why_names_only_those_whose_turn_would_have_come_before() -> None:
    away = (Away(NOW.date(), NOW.date()),)
    members = [Member("ANA"), Member("BEN", 1, away=away), Member("CAT", 2, away=away)]
    choice = choose(members, [sat("ANA", 5), sat("CAT", 2)])
    assert choice.advocate == "ANA"
    assert choice.why.turns == 1
    assert choice.why.days == 90
    assert choice.why.instead_of == (LeftOut("BEN", Reason.AWAY),)
    assert choice.left_out == (LeftOut("BEN", Reason.AWAY), LeftOut("CAT", Reason.AWAY))


def test_the_limit_is_relaxed_when_nobody_else_is_left() -> None:
    members = [Member("SAM"), Member("ANA", 1, open_reviews=2), Member("BEN", 2, open_reviews=3)]
    choice = choose(members, [sat("ANA", 1)])
    assert (choice.advocate, choice.stand_in) == ("BEN", "ANA")
    assert choice.relaxed
    assert choice.why.relaxed
    assert choice.left_out == (LeftOut("SAM", Reason.PROPOSER),)


def test_the_limit_holds_while_somebody_is_free() -> None:
    choice = choose([Member("ANA", open_reviews=2), Member("BEN", 1)], [sat("BEN", 1)])
    assert (choice.advocate, choice.stand_in) == ("BEN", None)
    assert not choice.relaxed


def test_relaxing_the_limit_does_not_bring_in_who_is_also_away() -> None:
    ana = Member("ANA", open_reviews=2, away=(Away(NOW.date(), NOW.date()),))
    choice = choose([ana])
    assert choice.advocate is None
    assert not choice.relaxed
    assert choice.left_out == (LeftOut("ANA", Reason.AWAY),)


@pytest.mark.parametrize("members", [[], [Member("SAM")], [Member("SAM"), Member("LEE", 1)]])
def test_with_nobody_left_the_review_is_unseated_and_says_why(members: list[Member]) -> None:
    choice = choose(members)
    assert (choice.advocate, choice.stand_in) == (None, None)
    assert {left.user for left in choice.left_out} == {m.user for m in members}


@pytest.mark.parametrize("ending", [Ending.DECLINED, Ending.SILENT])
def test_who_declined_or_was_silent_goes_behind_everyone_for_the_next_choice(
    ending: Ending,
) -> None:
    """Though they have the fewest turns."""
    members = roster("ANA", "BEN")
    gave_up = sat("ANA", 4, given_back=True, review_id=7, ended_at=days_ago(3), ending=ending)
    their_seat_was_taken = sat("BEN", 3, review_id=7)
    turns = [gave_up, their_seat_was_taken, sat("BEN", 20, review_id=5)]
    choice = choose(members, turns)
    assert (choice.advocate, choice.stand_in) == ("BEN", "ANA")

    after_one_choice = [*turns, sat("BEN", 2, review_id=8)]
    assert choose(members, after_one_choice).advocate == "ANA"


def test_a_hand_over_does_not_send_anyone_to_the_back() -> None:
    handed = sat(
        "ANA", 4, given_back=True, review_id=7, ended_at=days_ago(3), ending=Ending.HANDED_OVER
    )
    assert choose(roster("ANA", "BEN"), [handed, sat("BEN", 3, review_id=7)]).advocate == "ANA"


def test_who_joins_starts_at_the_lowest_one_present() -> None:
    members = [Member("ANA"), Member("BEN", 1), Member("NEW", 2, joined_at=days_ago(1))]
    turns = [sat("ANA", d) for d in (10, 20, 30)] + [sat("BEN", d) for d in (15, 25)]
    first = choose(members, turns)
    assert first.advocate == "NEW"
    assert first.why.turns == 0
    assert choose(members, [*turns, sat("NEW", 0.5)]).advocate == "BEN"


def test_who_comes_back_starts_at_the_lowest_one_present() -> None:
    long_leave = (Away((NOW - timedelta(days=80)).date(), (NOW - timedelta(days=2)).date()),)
    members = [Member("ANA"), Member("BEN", 1, away=long_leave)]
    turns = [sat("ANA", d) for d in (10, 20, 30, 40)]
    assert choose(members, turns).advocate == "BEN"
    assert choose(members, [*turns, sat("BEN", 0.5)]).advocate == "ANA"


def test_who_comes_back_keeps_a_higher_count_of_their_own() -> None:
    members = [Member("ANA"), Member("BEN", 1, returned_at=days_ago(1))]
    turns = [sat("BEN", 20), sat("BEN", 21), sat("ANA", 30)]
    assert choose(members, turns).advocate == "ANA"


def test_people_who_are_not_there_do_not_lower_the_start_of_a_newcomer() -> None:
    members = [
        Member("ANA"),
        Member("GONE", 1, in_channel=False),
        Member("OFF", 2, away=(Away((NOW - timedelta(days=80)).date(), NOW.date()),)),
        Member("NEW", 3, joined_at=days_ago(1)),
    ]
    turns = [sat("ANA", d) for d in (10, 20, 30)]
    assert choose(members, [*turns, sat("NEW", 0.5)]).advocate == "ANA"


def test_a_day_off_for_everyone_else_does_not_undo_a_newcomers_start() -> None:
    def off(days: int) -> tuple[Away, ...]:
        return (Away((NOW - timedelta(days=days)).date(), (NOW - timedelta(days=days)).date()),)

    members = [
        Member("ANA", 0, away=off(3)),
        Member("BEN", 1, away=off(2)),
        Member("NEW", 2, joined_at=days_ago(10)),
    ]
    turns = [sat(u, d) for u in ("ANA", "BEN") for d in (20, 30, 40)]
    turns += [sat("NEW", 5), sat("ANA", 4.5), sat("BEN", 1.5)]
    assert choose(members, [*turns, sat("NEW", 1)]).advocate == "ANA"


def test_two_newcomers_of_the_same_day_start_alike() -> None:
    members = [
        Member("ANA"),
        Member("NEW", 1, joined_at=days_ago(1)),
        Member("NEWER", 2, joined_at=days_ago(1)),
    ]
    turns = [sat("ANA", d) for d in (10, 20)]
    choice = choose(members, turns)
    assert (choice.advocate, choice.stand_in) == ("NEW", "NEWER")


def test_two_people_at_the_same_place_of_the_roster_are_told_apart() -> None:
    assert choose([Member("BEN"), Member("ANA")]).advocate == "ANA"
