"""From the command to the page's first answer: `python -m bench.start`, on a quiet machine.

Beside it, in the same run, what only importing the libraries takes: the part that is not ours.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass

DEMO = (
    "import sys; from bot.cli import main; sys.argv = ['customer-seat', 'demo', '--step']; main()"
)
LIBRARIES = (
    "import alembic, apscheduler, jinja2, jsonschema, rich, ruamel.yaml, slack_bolt, slack_sdk, "
    "sqlmodel, starlette, structlog, typer, uvicorn, websockets"
)
RUNS = 5


@dataclass(frozen=True)
class Took:
    wall: float
    """Seconds until the page answered, or the process was over."""
    processor: float
    """Seconds of processor time until then."""


def start_demo() -> Took:
    """Raises RuntimeError when it ends before it says where the page is."""
    begun = time.monotonic()
    demo = subprocess.Popen(
        [sys.executable, "-c", DEMO],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert demo.stdout is not None
    assert demo.stdin is not None
    with demo.stdin, demo.stdout:
        said = (re.search(r"http://127\.0\.0\.1:\d+/", line) for line in demo.stdout)
        address = next((found[0] for found in said if found), None)
        if address is not None:
            with urllib.request.urlopen(address) as answer:
                answer.read()
        wall = time.monotonic() - begun
        demo.send_signal(signal.SIGTERM)  # it removes what it left on the disk
        took = _reap(demo, wall)
    if address is None:
        raise RuntimeError("the demo did not start")
    return took


def import_libraries() -> Took:
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", LIBRARIES])
    return _reap(process, None, begun)


def _reap(process: subprocess.Popen[str], wall: float | None, begun: float = 0.0) -> Took:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if wall is None:
        wall = time.monotonic() - begun
    return Took(wall, usage.ru_utime + usage.ru_stime)


def main() -> None:
    demos = [start_demo() for _ in range(RUNS)]
    libraries = [import_libraries() for _ in range(RUNS)]
    for name, runs in (("demo, to its page", demos), ("its libraries alone", libraries)):
        wall = statistics.median(run.wall for run in runs)
        processor = statistics.median(run.processor for run in runs)
        most = max(run.wall for run in runs)
        print(f"{name:20} {wall:5.2f} s (most {most:.2f}), {processor:.2f} s of processor time")


if __name__ == "__main__":
    main()
