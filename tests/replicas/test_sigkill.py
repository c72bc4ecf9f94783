"""The process is killed at every boundary, and somewhere in between, by SIGKILL; and starts again.

Nothing of it runs after that. Several runs at once: they mostly wait, for leases to run out.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import drop_postgres, fresh_postgres_url, fresh_sqlite_url
from tests.replicas.one_company import PLACES, Run, play
from tests.replicas.processes import Nursery

SEEDS = {"sqlite": (0, 100), "postgres": (300,)}
"""The first of each round."""
AT_ONCE = 5


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_killed_process_loses_nothing_and_doubles_nothing(
    database: str, nursery: Nursery, folder: Path
) -> None:
    """One and twenty runs: two thirds of them on SQLite, every other by Socket Mode."""
    runs = [
        Run(seed=first + n, place=place, socket_mode=(first // 100 + n) % 2 == 1)
        for first in SEEDS[database]
        for n, place in enumerate(PLACES)
    ]

    fresh = fresh_postgres_url if database == "postgres" else lambda: fresh_sqlite_url(folder)
    urls = [fresh() for _ in runs]

    def one(run: Run, url: str) -> list[str]:
        own = folder / f"run-{run.seed}"
        own.mkdir()
        found = play(run, nursery=nursery, database=url, folder=own)
        return [f"{run}: {finding}" for finding in found]

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            bad = [finding for found in pool.map(one, runs, urls) for finding in found]
    finally:
        if database == "postgres":
            for url in urls:
                drop_postgres(url)
    assert not bad, "\n".join(bad)
