"""Seeded runs in every `make test`; `make faults` plays as many as asked.
A failing seed replays alone: `python -m tests.faults --seed N`."""

import pytest

from tests.faults.run import run
from tests.faults.troubles import CUT, REFRESHED

TESTS, A_TEST = 60, 5
ON_WEBSOCKETS = 14
"""A seed with both faults of a websocket in it."""


@pytest.mark.parametrize("first", range(0, TESTS * A_TEST, A_TEST))
def test_whatever_goes_wrong_nothing_is_lost_doubled_or_stale(first: int) -> None:
    bad = [
        f"seed {seed} ({', '.join(outcome.hit)}): {finding}"
        for seed in range(first, first + A_TEST)
        for outcome in [run(seed)]
        for finding in outcome.findings
    ]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("seed", [7, ON_WEBSOCKETS])
def test_a_seed_is_the_same_run_each_time(seed: int) -> None:
    first, again = run(seed), run(seed)
    assert [t.hits for t in first.fate.troubles] == [t.hits for t in again.fate.troubles]
    assert (first.deaths, first.findings) == (again.deaths, again.findings)


def test_the_faults_of_a_websocket_hit() -> None:
    assert {CUT, REFRESHED} <= set(run(ON_WEBSOCKETS).hit)
