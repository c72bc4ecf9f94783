"""One small company and one process that is killed at a chosen place, a run a seed."""

import random
import signal
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.audit import audit
from tests.faults.finding import STUCK, Finding
from tests.replicas.logs import bugs
from tests.replicas.places import Size
from tests.replicas.process import BOUNDARIES
from tests.replicas.processes import Bot, Nursery
from tests.replicas.storyline import Storyline, Street
from tests.replicas.town import MONDAY, NeverSettled, Town, open_town

RANDOM = "at random"
PLACES = (*BOUNDARIES, RANDOM)
MOST_ACTS = 40
ACTS = 6


@dataclass(frozen=True, slots=True)
class Run:
    seed: int
    place: str
    socket_mode: bool

    def __str__(self) -> str:
        how = "socket mode" if self.socket_mode else "http"
        return f"seed {self.seed}, killed {self.place}, {how}"


def play(run: Run, *, nursery: Nursery, database: str, folder: Path) -> list[Finding]:
    """What is wrong after it. A run in which nobody was killed is wrong too."""
    dice = random.Random(run.seed)
    size = Size(channels=1, proposers=1, deciders=1)
    with ExitStack() as stack:
        town = stack.enter_context(
            open_town(
                nursery,
                database,
                folder=folder,
                size=size,
                socket_mode=run.socket_mode,
                fast=True,
            )
        )
        try:
            return _play(run, dice, town)
        except NeverSettled as never:
            return [Finding(STUCK, f"never settled: {never}")]


def _play(run: Run, dice: random.Random, town: Town) -> list[Finding]:
    boundary = "" if run.place == RANDOM else run.place
    mortal = town.add_bot(boundary=boundary, skip=dice.randint(0, 5), armed=False)
    town.await_serving(mortal)
    town.settle_in()
    place = town.places[0]
    story = Storyline(Street(town, place, place.proposers[0], pace=0.004), dice, "a")
    story.go_on(1, proposals=1)
    town.nursery.signal(mortal, signal.SIGUSR1)
    acts = 0
    while mortal.code is None and acts < MOST_ACTS:
        story.go_on(1)
        acts += 1
        if run.place == RANDOM and acts >= ACTS // 2:
            town.nursery.signal(mortal, signal.SIGKILL)
            mortal.ended.wait(dice.choice((0.0, 0.02)))
    found = _how_it_ended(mortal)
    town.await_serving(town.add_bot())
    story.go_on(ACTS)
    town.settle()
    town.pass_time(MONDAY + timedelta(days=7, minutes=30))
    return [*found, *audit(town, story.ledger), *bugs(town)]  # type: ignore[arg-type]


def _how_it_ended(bot: Bot) -> list[Finding]:
    bot.ended.wait(5)
    if bot.code == -signal.SIGKILL:
        return []
    return [Finding(STUCK, f"it was not killed: {bot.code}")]
