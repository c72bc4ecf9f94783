"""The long campaign: `make faults N=10000`, or `python -m tests.faults --seed 42` for one run."""

import argparse
import gc
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from tests.faults.run import run
from tests.faults.troubles import MORE, ON_WEBSOCKETS, TROUBLES

TOLD_EVERY = 500
"""Runs, where there is no terminal to draw a bar on."""
KINDS = ("lost", "doubled", "stale", "stuck")


@dataclass(frozen=True, slots=True)
class Report:
    seed: int
    hit: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]


def collect_seldom() -> None:
    """Of each run: what it makes many of, it does not keep; looking took a fifth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def play(seed: int) -> Report:
    outcome = run(seed)
    found = tuple((finding.kind, finding.what) for finding in outcome.findings)
    return Report(seed, tuple(outcome.hit), found)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    told.add_argument("-n", type=int, default=1000, help="how many runs")
    told.add_argument("--first", type=int, default=0, help="the first seed")
    told.add_argument("--seed", type=int, help="replay this one run")
    told.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = told.parse_args()
    console = Console()
    if asked.seed is not None:
        return _replay(asked.seed, console)
    seeds = range(asked.first, asked.first + asked.n)
    reports = list(_with_progress(_all(seeds, asked.jobs), len(seeds), console))
    console.print(_table(reports))
    bad = [report for report in reports if report.findings]
    seeds_told = f"seeds {seeds.start} to {seeds.stop - 1}"
    console.print(f"{len(reports)} runs, {seeds_told}, {len(bad)} with findings")
    return 1 if bad else 0


def _replay(seed: int, console: Console) -> int:
    outcome = run(seed)
    for trouble in outcome.fate.troubles:
        console.print(f"{trouble.kind}: hit {trouble.hits} times", highlight=False)
    console.print(f"died {outcome.deaths} times", highlight=False)
    for finding in outcome.findings:
        console.print(str(finding), markup=False)
    return 1 if outcome.findings else 0


def _all(seeds: range, jobs: int) -> Iterator[Report]:
    if jobs == 1:
        yield from map(play, seeds)
        return
    with Pool(jobs, initializer=collect_seldom) as pool:
        # Each told when it is done: one that hangs hides no other.
        yield from pool.imap_unordered(play, seeds, chunksize=5)


def _with_progress(reports: Iterator[Report], total: int, console: Console) -> Iterator[Report]:
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task, bad = progress.add_task("nothing lost", total=total), 0
        for count, report in enumerate(reports):
            if count and count % TOLD_EVERY == 0 and not console.is_terminal:
                console.print(f"{count} of {total} runs, {bad} with findings")
            if report.findings:  # at once: the rest may take an hour
                bad += 1
                _tell(report, progress.console)
            told = f"{bad} with findings" if bad else "nothing lost"
            progress.update(task, advance=1, description=told)
            yield report


def _tell(report: Report, console: Console) -> None:
    console.print(f"seed {report.seed} ({', '.join(report.hit)})", style="bold red")
    for kind, what in report.findings[:5]:
        console.print(f"  {kind}: {what}", markup=False)
    console.print(f"  again: python -m tests.faults --seed {report.seed}")


def _table(reports: list[Report]) -> Table:
    runs: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for trouble in report.hit or ("none hit",):
            runs[trouble] += 1
            found[trouble].update({kind for kind, _ in report.findings})
    table = Table("fault", *(("runs", *KINDS)))
    for trouble in (*TROUBLES, *MORE, *ON_WEBSOCKETS, "none hit"):
        counts = (str(found[trouble][kind]) for kind in KINDS)
        table.add_row(trouble, str(runs[trouble]), *counts)
    bad = Counter(kind for r in reports for kind in {kind for kind, _ in r.findings})
    table.add_section()
    table.add_row("all runs", str(len(reports)), *(str(bad[kind]) for kind in KINDS))
    return table


if __name__ == "__main__":
    sys.exit(main())
