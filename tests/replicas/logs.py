"""What the logs of the processes tell of, and nobody had thought of."""

import re
import signal

from db.store import StoreTrouble
from tests.faults.finding import STUCK, Finding
from tests.faults.run import BUGS
from tests.replicas.town import Town

TOLD = BUGS | {"job failed", "catch_up.bug"}


def bugs(town: Town) -> list[Finding]:
    """What the processes' logs tell of that nobody had thought of, and ends nobody asked for."""
    found = []
    for bot in town.bots:
        written = bot.written()
        if bot.code not in (None, 0, -signal.SIGKILL):
            found.append(f"a process ended with {bot.code}: {written[-1500:]}")
        found += [f"raised: {raised}" for raised in _raised(written)]
        for line in written.splitlines():
            if any(f"event={bug} " in line or f'event="{bug}"' in line for bug in TOLD):
                found.append(f"a bug: {line[:600]}")
            elif "Warning: " in line:
                found.append(line[:600])
    return [Finding(STUCK, what) for what in found]


_ENTRY = re.compile(r"^(?=timestamp=|(?:INFO|WARNING|ERROR|CRITICAL) )", re.M)

_TROUBLE = re.compile(rf"^{re.escape(StoreTrouble.__module__)}\.Store(?:Unreachable|Busy)", re.M)


def _raised(written: str) -> list[str]:
    """Tracebacks, but for a database that did not answer, or not in time, and Slack was told to try
    again: Bolt writes those out in full."""
    entries = [entry for entry in _ENTRY.split(written) if "Traceback" in entry]
    return [entry[-800:] for entry in entries if not _TROUBLE.search(entry)]
