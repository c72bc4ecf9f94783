"""One seeded run: a company, a story, its troubles, and the audit."""

import logging
import random
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

from tests.faults.audit import audit
from tests.faults.company import Company, NeverSettled
from tests.faults.finding import DOUBLED, STUCK, Finding
from tests.faults.furnishing import open_company
from tests.faults.seeded import SeededStory
from tests.faults.troubles import TROUBLES, Fate, draw_fate, draw_more, draw_websockets

BUGS = frozenset(
    {"bug", "event failed", "due row failed", "delivery.bug", "delivery.could_not_draw"}
)
"""What the log says when something went wrong that nobody had thought of."""


MOST_SECONDS = 180
"""Of real time; a run takes one or two."""


class RunsForEver(BaseException):
    """Not an Exception: the bot carries on after those."""


@dataclass(slots=True)
class Outcome:
    seed: int
    fate: Fate
    findings: list[Finding] = field(default_factory=list)
    deaths: int = 0

    @property
    def hit(self) -> list[str]:
        return sorted({t.kind for t in self.fate.troubles if t.hits})


def run(seed: int, *, kinds: tuple[str, ...] = TROUBLES) -> Outcome:
    """The same for the same seed, on any machine."""
    logging.disable()  # Bolt tells of each delivery that the database did not answer for
    dice = random.Random(seed)
    fate = draw_fate(dice, kinds)
    of_websockets = []
    if kinds == TROUBLES:  # with dice of their own: so the rest of a run has not changed for these
        of_websockets = draw_websockets(random.Random(f"sockets {seed}"))
        fate.troubles += of_websockets + draw_more(random.Random(f"more {seed}"))
    outcome = Outcome(seed, fate)
    with structlog.testing.capture_logs() as logs:
        try:
            with open_company(
                fate, channels=dice.choice((1, 1, 2)), on_websockets=bool(of_websockets)
            ) as company:
                with _limited(MOST_SECONDS):
                    company.arm()
                    ledger = SeededStory(company, dice).play()
                    company.mend()
                    outcome.findings = audit(company, ledger) + noticed(company)
                outcome.deaths = company.deaths
        except NeverSettled as never:
            outcome.findings = [Finding(STUCK, f"never settled: {never}")]
        except (RunsForEver, Exception):
            outcome.findings = [Finding(STUCK, traceback.format_exc(limit=-6))]
    logging.disable(logging.NOTSET)
    for entry in logs:
        if entry["event"] in BUGS:
            outcome.findings.append(Finding(STUCK, f"a bug: {entry}"))
    return outcome


def noticed(company: Company) -> list[Finding]:
    """What was wrong only for a while, so that an audit does not find it."""
    return [
        *(Finding(STUCK, what) for what in company.noticed),
        *[Finding(DOUBLED, "a whisper")] * company.whispered_twice(),
    ]


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise RunsForEver(f"still running after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
