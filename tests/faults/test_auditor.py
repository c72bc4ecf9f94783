"""The auditor looks at every act that was acknowledged: one that is thrown away is missed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from bot.handlers import object_to
from bot.reviews import answer, decide, fall_due, set_up
from bot.reviews.seat_settings import SeatSettings
from bot.reviews.set_up import _apply
from db.tables import Seat
from seat.facts import Verdict
from tests.faults.run import run

FAIR = ("duplicate delivery",)


def _nothing(*_: Any, **__: Any) -> None:
    pass


def _the_other_verdict(*_: Any) -> Verdict:
    return Verdict.DEFER


def _said_but_not_told(_case: Any) -> bool:
    return True


def _without_its_time(seat: Seat, settings: SeatSettings) -> None:
    _apply(seat, replace(settings, digest_time=None))


THROWN_AWAY: list[tuple[object, str, Any, tuple[int, ...], str]] = [
    (object_to, "agree_to_offer", _nothing, (26, 25), "agreed on"),
    (set_up, "_apply", _without_its_time, (4, 0, 6), "the digest's time"),
    (answer, "set_stance", _nothing, (8, 10, 17), "her stance"),
    (decide, "_check", _the_other_verdict, (16, 1, 14), "was decided"),
    (fall_due, "offer_stand_in", _said_but_not_told, (0, 4, 6), "the stand-in was not asked"),
]


@pytest.mark.parametrize(("place", "name", "instead", "seeds", "told"), THROWN_AWAY)
def test_what_is_acknowledged_and_not_done_is_found(
    place: object, name: str, instead: Callable[..., Any], seeds: tuple[int, ...], told: str
) -> None:
    """At one of these seeds: what a run meets moves with the product."""
    for seed in seeds:
        with patch.object(place, name, instead):
            findings = run(seed, kinds=FAIR).findings
        if any(told in finding.what for finding in findings):
            break
    else:
        raise AssertionError(f"nobody noticed: {told}")
    assert run(seed, kinds=FAIR).findings == []
