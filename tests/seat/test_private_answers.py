"""Which private answers stay as a message."""

import pytest

from seat.acts import Reason
from seat.private_answers import stays
from tests.seat.access_context import REVIEW


@pytest.mark.parametrize("refusal", ["form_not_opened", "form_bug", "try_again", "busy", "bug"])
def test_what_was_theirs_to_do_and_was_not_done_stays(refusal: str) -> None:
    people = {user: stays(refusal, user, REVIEW, ("KIM",)) for user in
              ("ANA", "BEN", "SAM", "LEE", "KIM", "MEM")}  # fmt: skip
    assert people == {
        "ANA": True, "BEN": True, "SAM": True, "LEE": True, "KIM": True, "MEM": False,
    }  # fmt: skip
    assert stays(refusal, "MEM", None), "a set-up is theirs alone"


@pytest.mark.parametrize(
    "refusal", [*(r for r in Reason if r is not Reason.TRY_AGAIN), "stale", "seat_taken"]
)
def test_what_is_somebody_elses_or_over_does_not(refusal: str) -> None:
    for user in ("ANA", "SAM", "LEE", "KIM"):
        assert not stays(refusal, user, REVIEW, ("KIM",))
    assert not stays(refusal, "LEE", None)
