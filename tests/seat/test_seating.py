"""How somebody came to sit is kept as data: what went in comes out, and never for someone else."""

import json

import pytest

from seat.rotation import Choice, LeftOut, Reason, Why
from seat.seating import Seating, Way, from_data, seating_by_turn, to_data

AWAY = LeftOut("U2", Reason.AWAY)


@pytest.mark.parametrize("way", Way)
def test_what_is_kept_is_read(way: Way) -> None:
    seating = Seating("U1", way, "U3", 2, (AWAY,), relaxed=True)
    assert from_data(json.loads(json.dumps(to_data(seating))), "U1") == seating


@pytest.mark.parametrize(
    ("data", "user"),
    [
        ({}, "U1"),
        ({}, None),
        ({"user": "U1", "way": "chosen"}, None),
        ({"user": "U1", "way": "chosen"}, "U2"),
        ({"user": "U1", "way": "by_a_rule_of_a_later_version"}, "U1"),
        ({"user": "U1"}, "U1"),
    ],
)
def test_what_was_not_kept_of_this_person_is_unknown(
    data: dict[str, object], user: str | None
) -> None:
    assert from_data(data, user) is None


def test_a_reason_of_a_later_version_is_left_out() -> None:
    data = {"user": "U1", "way": "chosen", "instead_of": [["U2", "away"], ["U3", "on_the_moon"]]}
    assert from_data(data, "U1") == Seating("U1", Way.CHOSEN, instead_of=(AWAY,))


def test_a_choice_keeps_its_count_and_who_was_passed_over() -> None:
    choice = Choice("U1", "U4", (AWAY,), True, Why(3, instead_of=(AWAY,), relaxed=True))
    assert seating_by_turn(choice, Way.AFTER_DECLINE, "U5") == Seating(
        "U1", Way.AFTER_DECLINE, "U5", 3, (AWAY,), True
    )
