"""Real processes on one PostgreSQL, killed and added at random while people work in many channels.

The same in little as `make faults-replicas`, which has 200 people, 30 channels and 4 processes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import drop_postgres, fresh_postgres_url
from tests.replicas.campaign import Plan, Report, run
from tests.replicas.own_postgres import own_postgres
from tests.replicas.places import Size
from tests.replicas.processes import Nursery

LITTLE = Size(channels=6, proposers=1, deciders=2)
"""32 people."""


@pytest.fixture
def database() -> Iterator[str]:
    url = fresh_postgres_url()
    yield url
    drop_postgres(url)


def told(report: Report) -> str:
    return "\n".join(f"seed {report.seed}: {finding}" for finding in report.findings)


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket mode"])
def test_processes_that_come_and_go_lose_nothing_and_double_nothing(
    socket_mode: bool, database: str, nursery: Nursery, folder: Path
) -> None:
    """By Socket Mode the websockets are cut in mid-envelope too, and refreshed during commands."""
    plan = Plan(size=LITTLE, acts=4, most=3, kills=3, lulls=(0.3, 1.5), socket_mode=socket_mode)
    report = run(plan, 11, nursery=nursery, database=database, folder=folder)
    assert not report.findings, told(report)
    assert report.ends["killed"] >= plan.kills
    assert report.deeds > 0


def test_two_versions_side_by_side_over_a_migration_lose_nothing(
    database: str, nursery: Nursery, folder: Path
) -> None:
    """The next release joins in mid-story and migrates; processes of this one go on, and start."""
    plan = Plan(size=Size(channels=3, deciders=1), acts=4, most=3, kills=2, lulls=(0.5, 1.5),
                upgrade=True)  # fmt: skip
    report = run(plan, 12, nursery=nursery, database=database, folder=folder)
    assert not report.findings, told(report)
    assert report.joined["next release"] >= 1
    assert report.joined["this release, after the migration"] >= 1
    assert (folder / "next").is_dir(), "what a killed process would leave behind goes with the run"


def test_a_database_that_crashes_under_them_loses_nothing(nursery: Nursery, folder: Path) -> None:
    with own_postgres() as postgres:
        plan = Plan(size=Size(channels=2, deciders=1), acts=4, most=2, kills=1, lulls=(0.5, 1.5),
                    restarts=2, restart=postgres.restart)  # fmt: skip
        url = postgres.fresh_url("restarted")
        report = run(plan, 13, nursery=nursery, database=url, folder=folder)
    assert not report.findings, told(report)
    assert report.ends["database restarted"] == 2
