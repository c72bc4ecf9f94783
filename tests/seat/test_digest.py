"""What the weekly digest groups, orders and counts, and what the lists hold."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.digest import Digest, Promise, digest, went_ahead_without_her
from seat.facts import Mark, Review, State, Verdict
from seat.listing import LISTED
from seat.waiting import whose_move
from tests.seat.reviews_by_state import NOW, days, decided, heard, review, spoken


def of(*reviews: Review, **more: Any) -> Digest:
    return digest(reviews, NOW, seat_id=1, **more)


def numbers(group: Any) -> list[int]:
    return [entry.review.number for entry in group.shown]


def test_without_reviews_there_is_nothing_to_say() -> None:
    assert of().is_empty
    assert of().waiting == 0
    assert of(review(state=State.WITHDRAWN), decided(ago=30)).is_empty


def test_every_review_that_waits_stands_in_the_group_of_whom_it_waits_for() -> None:
    told = of(review(1, advocate=None), heard(2), review(3), replace(spoken(), number=4))
    assert numbers(told.unseated) == [1]
    assert numbers(told.to_decide) == [2]
    assert sorted(numbers(told.to_answer)) == [3, 4]
    assert told.waiting == 4
    assert not told.is_empty


def test_the_overdue_come_first_and_then_what_is_due_first() -> None:
    told = of(
        review(1),
        review(2, answers_due_at=NOW + days(2)),
        review(3, answers_due_at=NOW + days(1)),
        review(4, answers_due_at=NOW - days(1)),
        review(5, answers_due_at=NOW - days(2)),
    )
    assert numbers(told.to_answer) == [5, 4, 3, 2, 1]
    assert [e.overdue for e in told.to_answer.shown] == [True, True, False, False, False]


def test_at_most_five_a_group_are_shown_and_the_rest_is_a_number() -> None:
    told = of(*(review(n) for n in range(1, 18)))
    assert numbers(told.to_answer) == [1, 2, 3, 4, 5]
    assert told.to_answer.more == 12
    assert told.waiting == told.to_answer.total == 17


def test_what_was_decided_since_the_last_digest_is_told_once() -> None:
    reviews = [
        decided(1, ago=8),
        decided(2, ago=3),
        decided(3, ago=5, state=State.CLOSED, verdict=Verdict.STOP),
        decided(4, ago=1, verdict=Verdict.DEFER),
    ]
    assert numbers(of(*reviews).decided) == [3, 2, 4]
    assert numbers(of(*reviews, since=NOW - days(2)).decided) == [4]


def test_a_reopened_review_waits_and_is_no_longer_told_as_decided() -> None:
    told = of(decided(1, state=State.OPEN))
    assert numbers(told.decided) == []
    assert numbers(told.to_answer) == [1]


@pytest.mark.parametrize(
    ("facts", "ahead"),
    [
        (decided(), False),
        (decided(marks=(Mark.UNANSWERED,)), True),
        (decided(marks=(Mark.NOBODY_IN_THE_SEAT, Mark.UNANSWERED), advocate=None), True),
        (decided(marks=(Mark.LIVE_BEFORE_HEARD,)), True),
        (decided(marks=(Mark.LIVE_BEFORE_HEARD,), verdict=Verdict.STOP), True),
        (decided(marks=(Mark.UNANSWERED,), verdict=Verdict.GO_WITH_CHANGES), True),
        (decided(marks=(Mark.UNANSWERED,), verdict=Verdict.STOP, state=State.CLOSED), False),
        (decided(marks=(Mark.UNANSWERED,), verdict=Verdict.DEFER), False),
        (decided(marks=(Mark.OVERRULED, Mark.NOT_CONFIRMED)), False),
        (review(live_since=NOW.date()), True),
        (review(live_since=NOW.date() + days(1)), False),
        (heard(live_since=NOW.date()), False),
        (review(live_since=NOW.date(), state=State.WITHDRAWN), False),
    ],
)
def test_going_ahead_without_her_is_going_ahead_unheard(facts: Review, ahead: bool) -> None:
    assert went_ahead_without_her(facts, NOW.date()) is ahead


def test_what_went_ahead_without_her_is_not_also_told_as_decided() -> None:
    told = of(decided(1, marks=(Mark.UNANSWERED,)), decided(2))
    assert numbers(told.went_ahead) == [1]
    assert numbers(told.decided) == [2]
    assert of(decided(1, marks=(Mark.UNANSWERED,), ago=8)).is_empty


def test_a_change_already_live_is_told_until_she_is_heard_and_still_waits() -> None:
    live = review(1, live_since=date(2026, 1, 3), opened_at=NOW - days(30))
    told = of(live)
    assert numbers(told.went_ahead) == [1]
    assert numbers(told.to_answer) == [1]
    assert told.went_ahead.shown[0].wait == whose_move(live)


def test_promises_due_before_the_next_digest_are_told_the_late_ones_first() -> None:
    today = NOW.date()
    promises = [
        Promise(decided(1), "refund run", "SAM", today + days(6)),
        Promise(decided(2), "email", "SAM", today - days(3)),
        Promise(decided(3), "look back", "LEE", today + days(7)),
        Promise(decided(4, seat_id=2), "not ours", "LEE", today),
    ]
    told = of(promises=promises)
    assert [(p.what, p.overdue) for p in told.promised.shown] == [
        ("email", True),
        ("refund run", False),
    ]
    assert not told.is_empty
    assert told.waiting == 0


def test_days_are_days_in_the_zone_of_the_seat() -> None:
    live = review(live_since=date(2026, 3, 10))
    late = datetime(2026, 3, 9, 20, tzinfo=UTC)
    assert digest([live], late, seat_id=1).went_ahead.total == 0
    assert digest([live], late, seat_id=1, zone="Asia/Tokyo").went_ahead.total == 1


def test_reviews_of_another_seat_are_in_no_group() -> None:
    others = [review(1, seat_id=2), heard(2, seat_id=2, private=True), decided(3, seat_id=2)]
    assert of(*others).is_empty


states = st.builds(
    lambda make, **more: make(**more),
    st.sampled_from([review, heard, decided]),
    number=st.integers(1, 30),
    seat_id=st.sampled_from([1, 1, 1, 2]),
    advocate=st.sampled_from(["ANA", None]),
    state=st.sampled_from(State),
    answers_due_at=st.none() | st.integers(-5, 5).map(lambda d: NOW + days(d)),
    decision_due_at=st.none() | st.integers(-5, 5).map(lambda d: NOW + days(d)),
    live_since=st.none() | st.just(NOW.date()),
)


@given(st.lists(states, max_size=30, unique_by=lambda r: r.number))
def test_every_review_of_the_seat_that_waits_is_counted_exactly_once(reviews: list[Review]) -> None:
    told = of(*reviews)
    assert told.waiting == sum(r.seat_id == 1 and whose_move(r) is not None for r in reviews)
    for group in (told.unseated, told.to_decide, told.to_answer):
        overdue = [e.overdue for e in group.shown]
        assert overdue == sorted(overdue, reverse=True)
        assert len(group.shown) <= 5
        assert group.more == 0 or len(group.shown) == 5


@given(st.lists(states, max_size=12, unique_by=lambda r: r.number), st.randoms())
def test_the_order_reviews_come_in_does_not_matter(reviews: list[Review], random: Any) -> None:
    told = of(*reviews)
    random.shuffle(reviews)
    assert of(*reviews) == told


# Lists


def test_every_state_but_withdrawn_is_on_one_list() -> None:
    listed = [state for states in LISTED.values() for state in states]
    assert sorted([*listed, State.WITHDRAWN]) == sorted(State)
