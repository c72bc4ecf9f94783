"""Replicas under load at full size: `make faults-replicas`, or `python -m tests.replicas --seed 3`.

Each run is a town with its own database: people propose, answer, object and decide in all channels
at once, while real processes are killed, stopped and added at random. Then the audit.
"""

import argparse
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.table import Table

from tests.replicas.campaign import Plan, Report, run
from tests.replicas.own_postgres import OwnPostgres, own_postgres
from tests.replicas.places import Size
from tests.replicas.processes import Nursery

KINDS = ("lost", "doubled", "stale", "stuck")
WAYS = ("http", "socket", "upgrade", "restart")
FULL = Size(channels=30, proposers=2, deciders=20)
"""200 people: a roster of four in each channel, two who propose there, and twenty who decide."""
WIDE = 150
LITTLE = Size(channels=6, proposers=1, deciders=2)


def main() -> int:
    asked = _arguments()
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    ways = [asked.way] if asked.way else [WAYS[n % len(WAYS)] for n in range(asked.runs)]
    seeds = range(asked.seed, asked.seed + asked.runs)
    reports: list[tuple[str, Report]] = []
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        ExitStack() as stack,
        Progress(*columns, console=console) as progress,
    ):
        nursery = Nursery()
        stack.callback(nursery.close)
        postgres = stack.enter_context(own_postgres())
        task = progress.add_task("", total=len(seeds))
        for seed, way in zip(seeds, ways * len(seeds), strict=False):

            def tell(words: str, seed: int = seed, way: str = way) -> None:
                progress.update(task, description=f"seed {seed}, {way}: {words}")

            # Kept when something is found: the logs of the processes are in it.
            folder = Path(tempfile.mkdtemp(prefix=f"customer-seat-replicas-{seed}-"))
            report = run(
                _plan(asked, way, postgres),
                seed,
                nursery=nursery,
                database=postgres.fresh_url(f"town_{seed}"),
                folder=folder,
                tell=tell,
            )
            reports.append((way, report))
            if not report.findings:
                shutil.rmtree(folder)
            progress.advance(task)
            _show(report, way, console)
    console.print(_table(reports))
    return 1 if any(report.findings for _, report in reports) else 0


def _arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.replicas", description=__doc__)
    told.add_argument("--seed", type=int, default=0, help="the first seed")
    told.add_argument("--runs", type=int, default=4)
    told.add_argument("--way", choices=WAYS, help="otherwise the runs take turns")
    told.add_argument("--size", choices=("full", "little"), default="full")
    told.add_argument("--acts", type=int, default=8, help="of each story")
    told.add_argument("--kills", type=int, default=12, help="at least")
    told.add_argument(
        "--real-pace",
        action="store_true",
        help="the leases, looks, retries and rate limits of production; takes minutes more",
    )
    return told.parse_args()


def _plan(asked: argparse.Namespace, way: str, postgres: OwnPostgres) -> Plan:
    plan = Plan(
        size=FULL if asked.size == "full" else LITTLE,
        acts=asked.acts,
        kills=asked.kills,
        lulls=(1.0, 5.0),
        most=4,
        socket_mode=way == "socket",
        upgrade=way == "upgrade",
        fast=not asked.real_pace,
        rate_limits=asked.real_pace,
        settle=900.0 if asked.real_pace else 300.0,
    )
    if way == "restart":
        plan = replace(plan, restarts=2, restart=postgres.restart)
    return plan


def _show(report: Report, way: str, console: Console) -> None:
    for finding in report.findings[:10]:
        console.print(f"  {finding}", markup=False, highlight=False)
    if report.findings:
        again = f"python -m tests.replicas --seed {report.seed} --runs 1 --way {way}"
        console.print(f"  {len(report.findings)} findings; logs: {report.logs}; again: {again}")


def _table(reports: list[tuple[str, Report]]) -> Table:
    table = Table(
        "seed",
        "way",
        "reviews",
        "deeds",
        "calls to Slack",
        "posts/s",
        "ack p50",
        "ack p99",
        "killed",
        "stopped",
        *KINDS,
    )
    for way, report in reports:
        found = [sum(f.kind == kind for f in report.findings) for kind in KINDS]
        table.add_row(
            str(report.seed),
            way,
            str(report.reviews),
            str(report.deeds),
            str(report.calls),
            f"{report.posts / report.seconds:.1f}" if report.seconds else "-",
            f"{report.p50 * 1000:.0f} ms",
            f"{report.p99 * 1000:.0f} ms",
            str(report.ends["killed"]),
            str(report.ends["stopped"]),
            *map(str, found),
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
