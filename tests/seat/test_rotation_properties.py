"""What holds of taking turns for every roster, every history and every order of input."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from seat.rotation import (
    Away,
    Choice,
    Ending,
    Member,
    ProposalFacts,
    Turn,
    choose_advocate,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
OUTSIDE = ProposalFacts(proposer="SAM", decider="LEE")
USERS = [f"U{n}" for n in range(8)]

moments = st.integers(min_value=0, max_value=120 * 24).map(lambda h: NOW - timedelta(hours=h))
days = st.integers(min_value=-100, max_value=20).map(lambda d: NOW.date() + timedelta(days=d))


@st.composite
def aways(draw: st.DrawFn) -> Away:
    first: date = draw(days)
    return Away(first, first + timedelta(days=draw(st.integers(0, 30))))


@st.composite
def rosters(draw: st.DrawFn) -> list[Member]:
    users = draw(st.lists(st.sampled_from(USERS), unique=True, max_size=len(USERS)))
    return [
        Member(
            user,
            position=place,
            weight=draw(st.integers(1, 3)),
            in_channel=draw(st.sampled_from([True, True, True, False])),
            guest=draw(st.sampled_from([False, False, False, True])),
            away=tuple(draw(st.lists(aways(), max_size=2))),
            zone=draw(st.sampled_from(["UTC", "Asia/Kolkata", "America/Los_Angeles"])),
            joined_at=draw(st.none() | moments),
            returned_at=draw(st.none() | moments),
            open_reviews=draw(st.integers(0, 3)),
        )
        for place, user in enumerate(users)
    ]


@st.composite
def some_turns(draw: st.DrawFn) -> list[Turn]:
    ending = draw(st.none() | st.sampled_from(Ending))
    turn = st.builds(
        Turn,
        user=st.sampled_from(USERS),
        seated_at=moments,
        given_back=st.booleans(),
        review_id=st.integers(1, 5),
        ended_at=moments if ending else st.none(),
        ending=st.just(ending),
    )
    return draw(st.lists(turn, max_size=20))


some = st.sets(st.sampled_from(USERS), max_size=3).map(frozenset)
proposals = st.builds(
    ProposalFacts,
    proposer=st.sampled_from(USERS),
    decider=st.sampled_from(USERS),
    declined=some,
    silent=some,
)


def play(roster: Sequence[Member], reviews: int, gap: timedelta) -> list[Turn]:
    """Open one review after another; nobody is left out."""
    turns: list[Turn] = []
    for number in range(reviews):
        now = NOW + gap * number
        choice = choose_advocate(roster, turns, OUTSIDE, now)
        assert choice.advocate is not None
        turns.append(Turn(choice.advocate, now, review_id=number))
    return turns


@given(people=st.integers(1, 8), reviews=st.integers(0, 60), hours=st.integers(0, 24 * 20))
def test_equal_weights_differ_by_at_most_one_turn(people: int, reviews: int, hours: int) -> None:
    """Also over histories far longer than the 90 days, and for reviews opened at once."""
    roster = [Member(user, position=n) for n, user in enumerate(USERS[:people])]
    turns = play(roster, reviews, timedelta(hours=hours))
    sat = Counter(t.user for t in turns)
    total = [sat[m.user] for m in roster]
    assert max(total) - min(total) <= 1


@given(weights=st.lists(st.integers(1, 4), min_size=1, max_size=6), rounds=st.integers(1, 4))
def test_turns_are_in_proportion_to_the_weights(weights: list[int], rounds: int) -> None:
    roster = [Member(USERS[n], n, weight=w) for n, w in enumerate(weights)]
    turns = play(roster, sum(weights) * rounds, timedelta(hours=12))
    sat = Counter(t.user for t in turns)
    assert [sat[m.user] for m in roster] == [w * rounds for w in weights]


@given(rosters(), some_turns(), proposals)
def test_nobody_left_out_is_ever_chosen(
    roster: list[Member], turns: list[Turn], proposal: ProposalFacts
) -> None:
    choice = choose_advocate(roster, turns, proposal, NOW)
    never = {proposal.proposer, proposal.decider} | proposal.declined | proposal.silent
    never |= {m.user for m in roster if not m.could_sit or m.is_away(NOW)}
    never |= {left.user for left in choice.left_out}
    assert choice.advocate not in never
    assert choice.stand_in not in never
    assert choice.advocate is None or choice.advocate != choice.stand_in


@given(rosters(), some_turns(), proposals)
def test_everyone_passed_over_for_a_reason_is_named_with_it(
    roster: list[Member], turns: list[Turn], proposal: ProposalFacts
) -> None:
    choice = choose_advocate(roster, turns, proposal, NOW)
    named = {left.user for left in choice.left_out}
    assert len(named) == len(choice.left_out)
    if choice.advocate is None:
        assert named == {m.user for m in roster}
    if choice.stand_in is None and choice.advocate is not None:
        assert named == {m.user for m in roster} - {choice.advocate}
    assert set(choice.why.instead_of) <= set(choice.left_out)


@given(rosters(), some_turns(), proposals, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    roster: list[Member], turns: list[Turn], proposal: ProposalFacts, random: Random
) -> None:
    expected: Choice = choose_advocate(roster, turns, proposal, NOW)
    random.shuffle(roster)
    random.shuffle(turns)
    assert choose_advocate(roster, turns, proposal, NOW) == expected


@given(history=st.lists(st.sampled_from(USERS[:3]), max_size=12))
def test_a_newcomer_never_gets_two_turns_more_than_anybody_else(history: list[str]) -> None:
    """From the day they join, however many turns the others had before."""
    turns = [Turn(u, NOW - timedelta(days=40 - n), review_id=n) for n, u in enumerate(history)]
    old = [Member(user, position=n) for n, user in enumerate(USERS[:3])]
    roster = [*old, Member("NEW", 3, joined_at=NOW - timedelta(hours=1))]
    first: list[Turn] = []
    for number in range(8):
        now = NOW + timedelta(hours=number)
        choice = choose_advocate(roster, turns + first, OUTSIDE, now)
        assert choice.advocate is not None
        first.append(Turn(choice.advocate, now, review_id=100 + number))
    before = Counter(history)
    lowest = min(before[m.user] for m in old)
    sat = Counter(t.user for t in first)
    assert sat["NEW"] <= 1 + min(sat[m.user] + before[m.user] - lowest for m in old)


@given(rosters(), some_turns(), proposals)
def test_whoever_was_just_chosen_is_not_chosen_again_while_another_is_free(
    roster: list[Member], turns: list[Turn], proposal: ProposalFacts
) -> None:
    """Two reviews at the same instant, of people with nothing else between them."""
    level = [replace(m, weight=1, joined_at=None, returned_at=None, away=()) for m in roster]
    first = choose_advocate(level, [], proposal, NOW)
    if first.advocate is None or first.stand_in is None:
        return
    again = choose_advocate(level, [Turn(first.advocate, NOW, review_id=9)], proposal, NOW)
    assert again.advocate == first.stand_in
