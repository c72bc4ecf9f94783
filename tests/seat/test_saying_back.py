"""When what she says is said back: once all is in, in whatever order it came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from seat.calendar import MONDAY_TO_FRIDAY, WorkingHours, due_say_back
from seat.facts import (
    Answer,
    AnswerState,
    Confirmation,
    LastTaken,
    Objection,
    Question,
    Review,
    Stance,
    State,
)
from seat.review import could_be_said_back, is_said_back, wants_saying_back
from seat.waiting import Awaited, whose_move

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEEDED, OPTIONAL, CLOSING = 1, 2, 3
OPEN = Review(
    id=1, number=1, workspace_id="T1", channel_id="C1", seat_id=1, kind="pricing",
    title="Team plan", told_to_her="You pay more.", why="Hosting.", proposer="U1", decider="U2",
    advocate="U3", opened_at=NOW,
    questions=(
        Question(NEEDED, "meets", "Where?", required=True),
        Question(OPTIONAL, "hurt", "Who?"),
        Question(CLOSING, "say", "What would she say?", required=True, closing=True),
    ),
)  # fmt: skip


def answered(review: Review, number: int, **how: object) -> Review:
    answer = Answer(number, AnswerState.GIVEN, "On the June invoice, I think")
    return changed(replace(review, answers={**review.answers, number: replace(answer, **how)}))  # type: ignore[arg-type]


def changed(review: Review) -> Review:
    return replace(review, statement_version=review.statement_version + 1)


def stated(review: Review) -> Review:
    """Her words and, since it is asked at once, her stance."""
    return changed(replace(answered(review, CLOSING), stance=Stance.COMPLAIN))


STEPS = {
    "needed": lambda r: answered(r, NEEDED),
    "optional": lambda r: answered(r, OPTIONAL),
    "statement": stated,
    "objection": lambda r: changed(
        replace(r, objections=(Objection(1, 1, "Promised", changes_her_mind="A month"),))
    ),
}


def times_said_back(*steps: str) -> int:
    review, times = OPEN, 0
    for step in steps:
        review = STEPS[step](review)
        if wants_saying_back(review):
            review, times = replace(review, said_back_version=review.statement_version), times + 1
    assert is_said_back(review) or could_be_said_back(review) is (times == 0)
    return times


@pytest.mark.parametrize("order", [*permutations(("needed", "optional", "statement"))])
def test_in_every_order_it_is_said_back_once(order: tuple[str, ...]) -> None:
    assert times_said_back(*order) == 1
    assert times_said_back("objection", *order) == 1


def test_an_optional_question_left_open_waits_for_a_word_or_an_hour() -> None:
    review = stated(answered(OPEN, NEEDED))
    assert (could_be_said_back(review), wants_saying_back(review)) == (True, False)
    move = whose_move(review)
    assert move is not None
    assert move.awaited is Awaited.ANSWERS, "nothing was said back that could be confirmed"
    said = replace(review, said_back_version=review.statement_version)
    move = whose_move(said)
    assert move is not None
    assert move.awaited is Awaited.CONFIRMATION


@pytest.mark.parametrize(
    ("asked", "review"),
    [
        ("why", replace(answered(stated(answered(OPEN, NEEDED)), OPTIONAL, text="fine",
                                 why_asked=True), last_taken=LastTaken(OPTIONAL, NOW))),
        ("mind", replace(stated(answered(answered(OPEN, NEEDED), OPTIONAL)),
                         objections=(Objection(1, 1, "Promised"),))),
    ],
)  # fmt: skip
def test_what_is_asked_beside_the_list_is_waited_for_too(asked: str, review: Review) -> None:
    assert could_be_said_back(review), asked
    assert not wants_saying_back(review), asked


def test_nothing_is_said_back_before_all_that_is_needed_or_after_the_end() -> None:
    whole = stated(answered(answered(OPEN, NEEDED), OPTIONAL))
    assert wants_saying_back(whole)
    for state in (State.DECIDED, State.CLOSED, State.WITHDRAWN):
        assert not could_be_said_back(replace(whole, state=state))
    assert not could_be_said_back(stated(answered(OPEN, OPTIONAL)))
    assert not could_be_said_back(replace(whole, stance=None))
    told = replace(whole, said_back_version=whole.statement_version)
    assert not could_be_said_back(told)
    assert not could_be_said_back(replace(told, confirmation=Confirmation.CONFIRMED))


@pytest.mark.parametrize(
    ("last_word", "said_back"),
    [
        (datetime(2026, 3, 2, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
        (datetime(2026, 3, 6, 16, 45, tzinfo=UTC), datetime(2026, 3, 9, 9, 45, tzinfo=UTC)),
        (datetime(2026, 3, 7, 12, 0, tzinfo=UTC), datetime(2026, 3, 9, 10, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_an_hour_of_work(last_word: datetime, said_back: datetime) -> None:
    hours = WorkingHours(zone="UTC")
    assert hours.weekdays == MONDAY_TO_FRIDAY
    assert abs(due_say_back(last_word, hours) - said_back) < timedelta(seconds=1)
