"""Passing the seat on can be taken back for an hour, while nobody has answered since."""

from datetime import UTC, datetime, timedelta

import pytest

from seat.passing import TIME, Done, take_back_until

TEN = datetime(2027, 3, 2, 10, tzinfo=UTC)


def done(who: str, what: str, minutes: int, seated: str = "", way: str = "") -> Done:
    return Done(who, what, TEN + timedelta(minutes=minutes), seated, way)


OPENED = (done("SAM", "opened", -60), done("SAM", "seated", -60, "ANA", "chosen"))
ANSWERED_BEFORE = done("ANA", "answer_given", -10)
PASSED = done("ANA", "declined", 0)
TO_BEN = done("ANA", "seated", 0, "BEN", "after_decline")
BEN_ANSWERED = done("BEN", "answer_given", 5)
BEN_PASSED = done("BEN", "declined", 10)
TO_CLEO = done("BEN", "seated", 10, "CLEO", "after_decline")
NOBODY = done("ANA", "unseated", 0)


@pytest.mark.parametrize(
    ("since", "minutes", "may"),
    [
        ((PASSED, TO_BEN), 1, True),
        ((PASSED, TO_BEN), 59, True),
        ((PASSED, TO_BEN), 60, False),
        ((ANSWERED_BEFORE, PASSED, TO_BEN), 1, True),
        ((PASSED, TO_BEN, BEN_ANSWERED), 6, False),
        ((PASSED, TO_BEN, done("BEN", "answer_not_known", 5)), 6, False),
        ((PASSED, TO_BEN, done("BEN", "objected", 5)), 6, False),
        ((PASSED, TO_BEN, done("BEN", "confirmed", 5)), 6, False),
        ((PASSED, TO_BEN, done("BEN", "accepted", 5)), 6, True),
        ((PASSED, TO_BEN, done("SAM", "revised", 5)), 6, True),
        ((PASSED, TO_BEN, BEN_PASSED, TO_CLEO), 11, True),
        ((PASSED, TO_BEN, BEN_PASSED, TO_CLEO, done("CLEO", "objected", 12)), 13, False),
        ((PASSED, NOBODY), 30, True),
        ((PASSED, NOBODY, done("BEN", "seated", 20, "BEN", "volunteered")), 30, True),
        ((PASSED, NOBODY, done("KIM", "seated", 20, "BEN", "given")), 30, False),
        ((PASSED, TO_BEN, done("BEN", "seated", 20, "CLEO", "handed_over")), 30, False),
        ((PASSED, TO_BEN, done("ANA", "taken_back", 5)), 6, False),
        ((PASSED, NOBODY, done("ANA", "seated", 20, "ANA", "volunteered")), 30, False),
        ((), 1, False),
    ],
)
def test_who_passed_on_may_take_it_back(since: tuple[Done, ...], minutes: int, may: bool) -> None:
    until = take_back_until((*OPENED, *since), "ANA", TEN + timedelta(minutes=minutes))
    assert until == (TEN + TIME if may else None)


def test_taken_back_and_passed_on_again_the_hour_begins_anew() -> None:
    history = (*OPENED, PASSED, TO_BEN, done("ANA", "taken_back", 5), done("ANA", "declined", 50))
    assert take_back_until(history, "ANA", TEN + timedelta(minutes=61)) == TEN + timedelta(
        minutes=110
    )


def test_each_who_passed_on_has_an_hour_of_their_own() -> None:
    history = (*OPENED, PASSED, TO_BEN, BEN_PASSED, TO_CLEO)
    now = TEN + timedelta(minutes=65)
    assert take_back_until(history, "ANA", now) is None
    assert take_back_until(history, "BEN", now) == TEN + timedelta(minutes=70)
    assert take_back_until(history, "CLEO", now) is None
