"""One seeded run: a company, a story, its troubles, and the audit."""

import logging
import random
import traceback
from dataclasses import dataclass, field

import structlog

from tests.faults.audit import audit
from tests.faults.company import NeverSettled
from tests.faults.finding import STUCK, Finding
from tests.faults.furnishing import open_company
from tests.faults.story import Story
from tests.faults.troubles import TROUBLES, Fate, draw_fate

BUGS = frozenset(
    {"bug", "event failed", "due row failed", "delivery.bug", "delivery.could_not_draw"}
)
"""What the log says when something went wrong that nobody had thought of."""


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
    outcome = Outcome(seed, fate)
    with (
        structlog.testing.capture_logs() as logs,
        open_company(fate, channels=dice.choice((1, 1, 2))) as company,
    ):
        try:
            company.arm()
            ledger = Story(company, dice).play()
            company.mend()
            outcome.findings = audit(company, ledger)
        except NeverSettled as never:
            outcome.findings = [Finding(STUCK, f"never settled: {never}")]
        except Exception:
            outcome.findings = [Finding(STUCK, traceback.format_exc(limit=-6))]
        outcome.deaths = company.deaths
    logging.disable(logging.NOTSET)
    for entry in logs:
        if entry["event"] in BUGS:
            outcome.findings.append(Finding(STUCK, f"a bug: {entry}"))
    return outcome
