"""Seeded runs in every `make test`; `make faults` plays as many as asked.
A failing seed replays alone: `python -m tests.faults --seed N`."""

import pytest

from tests.faults.run import run

TESTS, A_TEST = 60, 5


@pytest.mark.parametrize("first", range(0, TESTS * A_TEST, A_TEST))
def test_whatever_goes_wrong_nothing_is_lost_doubled_or_stale(first: int) -> None:
    bad = [
        f"seed {seed} ({', '.join(outcome.hit)}): {finding}"
        for seed in range(first, first + A_TEST)
        for outcome in [run(seed)]
        for finding in outcome.findings
    ]
    assert not bad, "\n".join(bad)


def test_a_seed_is_the_same_run_each_time() -> None:
    first, again = run(7), run(7)
    assert [t.hits for t in first.fate.troubles] == [t.hits for t in again.fate.troubles]
    assert (first.deaths, first.findings) == (again.deaths, again.findings)
