"""How much a message may bring: what is just within a bound is taken, one past it is said."""

from dataclasses import replace

import pytest

from seat.bounds import ANSWER, LIMIT_OF, MESSAGES, OPEN_OBJECTIONS, within_bounds
from seat.facts import Answer, AnswerState, Objection, ObjectionState, Review
from seat.thread.bindings import (
    AskWhich,
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveWhy,
    NewObjection,
    NotUnderstood,
    SkipIt,
    Statement,
    Unclear,
)
from tests.seat.thread_context import FRESH

LONG = "x" * ANSWER


def with_answer(text: str, messages: int = 1, why: str = "") -> Review:
    ts = tuple(f"{n}.0" for n in range(messages))
    answer = Answer(2, AnswerState.GIVEN, text, why=why, message_ts=ts)
    return replace(FRESH, answers={2: answer})


def objecting(many: int) -> Review:
    objections = tuple(Objection(n, n, f"No {n}") for n in range(1, many + 1))
    ended = Objection(99, 99, "Once", state=ObjectionState.WITHDRAWN)
    return replace(FRESH, objections=(*objections, ended))


@pytest.mark.parametrize(
    ("review", "fits", "over", "why"),
    [
        (FRESH, Give(2, LONG), Give(2, LONG + "x"), Unclear.TOO_LONG),
        (FRESH, Statement(7, LONG), Statement(7, LONG + "x"), Unclear.TOO_LONG),
        (FRESH, SkipIt(2, LONG), SkipIt(2, LONG + "x"), Unclear.TOO_LONG),
        (FRESH, GiveMind(1, LONG), GiveMind(1, LONG + "x"), Unclear.TOO_LONG),
        (with_answer("x" * 1000), Continue(2, "x" * 1999), Continue(2, "x" * 2000),
         Unclear.TOO_LONG),
        (with_answer("Yes", why="x" * 1000), GiveWhy(2, "x" * 1999), GiveWhy(2, "x" * 2000),
         Unclear.TOO_LONG),
        (FRESH, NewObjection("No", LONG[2:]), NewObjection("No", LONG[1:]), Unclear.TOO_LONG),
        (FRESH, NewObjection("No", "", LONG), NewObjection("No", "", LONG + "x"),
         Unclear.TOO_LONG),
    ],
)  # fmt: skip
def test_length(review: Review, fits: Binding, over: Binding, why: Unclear) -> None:
    assert within_bounds([fits], review) == (fits,)
    (refused,) = within_bounds([over], review)
    assert isinstance(refused, NotUnderstood)
    assert refused.reason is why


def test_pieces_of_one_message_count_together() -> None:
    half = "x" * 1500
    assert within_bounds([Give(2, half), Continue(2, "x" * 1499)], FRESH)[1] == Continue(
        2, "x" * 1499
    )
    assert within_bounds([Give(2, half), Continue(2, half)], FRESH) == (
        Give(2, half),
        NotUnderstood(Unclear.TOO_LONG, 2),
    )


def test_messages_of_one_answer() -> None:
    more = Continue(2, "and more")
    assert within_bounds([more], with_answer("Yes", MESSAGES - 1)) == (more,)
    over = NotUnderstood(Unclear.TOO_MANY_MESSAGES, 2)
    assert within_bounds([more], with_answer("Yes", MESSAGES)) == (over,)


def test_open_objections_of_one_review() -> None:
    one = NewObjection("No")
    over = NotUnderstood(Unclear.TOO_MANY_OBJECTIONS)
    assert within_bounds([one], objecting(OPEN_OBJECTIONS - 1)) == (one,)
    assert within_bounds([one], objecting(OPEN_OBJECTIONS)) == (over,)
    assert within_bounds([one, one], objecting(OPEN_OBJECTIONS - 1)) == (one, over)


def test_what_is_full_takes_nothing_more_and_the_rest_does() -> None:
    assert within_bounds([Give(2, "No"), Give(3, "Yes")], FRESH, full=frozenset({2})) == (
        NotUnderstood(Unclear.CHANGED_TOO_OFTEN, 2),
        Give(3, "Yes"),
    )


def test_nothing_is_asked_about_what_was_not_taken() -> None:
    asks = AskWhich((3,), 2, (Give(3, LONG + "x"),))
    assert len(within_bounds([Give(2, "3 people"), asks], FRESH)) == 2
    assert within_bounds([Give(2, LONG + "x"), asks], FRESH) == (
        NotUnderstood(Unclear.TOO_LONG, 2),
    )


def test_each_bound_can_be_said() -> None:
    assert {str(reason) for reason in LIMIT_OF} == {
        "too_long", "too_many_messages", "too_many_objections", "changed_too_often",
    }  # fmt: skip
