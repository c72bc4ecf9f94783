"""One seeded run: people at work in many channels while processes come and go, and then the audit.

What is drawn from the seed is who does what and what befalls which process; what meets what, the
machine decides. A finding therefore tells its seed, and where the logs of the processes are.
"""

import random
import signal
import statistics
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlmodel import func, select

from db.tables import HistoryRow, InboxKey, ReviewRow
from playground.wire import Exchange
from tests.faults.audit import audit
from tests.faults.finding import STUCK, Finding
from tests.replicas import release
from tests.replicas.evidence import keep_evidence
from tests.replicas.logs import bugs
from tests.replicas.places import Size
from tests.replicas.process import BOUNDARIES
from tests.replicas.processes import Bot, Nursery
from tests.replicas.storyline import Storyline, Street
from tests.replicas.town import MONDAY, NeverSettled, Town, open_town


@dataclass(frozen=True, slots=True)
class Plan:
    size: Size = field(default_factory=Size)
    acts: int = 8
    """A story; more of them if the kills are not through by then."""
    proposals: int = 3
    most: int = 4
    """Processes at once."""
    lulls: tuple[float, float] = (2.0, 6.0)
    """Seconds between one thing that befalls the fleet and the next."""
    kills: int = 0
    """At least so many, however long it takes; the stories go on meanwhile."""
    socket_mode: bool = False
    fast: bool = True
    rate_limits: bool = False
    upgrade: bool = False
    """Every second process that joins is of the next release, the first of them in mid-story."""
    restarts: int = 0
    """Of the database, by `restart`."""
    restart: Callable[[], None] | None = None
    pace: float = 0.02
    """A second of a story in seconds of ours."""
    settle: float = 90.0


@dataclass(slots=True)
class Report:
    seed: int
    findings: list[Finding] = field(default_factory=list)
    people: int = 0
    channels: int = 0
    reviews: int = 0
    deeds: int = 0
    """Deliveries that were carried out."""
    calls: int = 0
    posts: int = 0
    seconds: float = 0.0
    """From the first proposal until it was quiet."""
    p50: float = 0.0
    p99: float = 0.0
    """Of the acknowledgements, in seconds."""
    refused: Counter[str] = field(default_factory=Counter)
    """Deliveries that failed or took too long, by kind and trouble; an event comes again."""
    ends: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    """Processes that were started, by release."""
    logs: str = ""


def run(
    plan: Plan, seed: int, *, nursery: Nursery, database: str, folder: Path,
    tell: Callable[[str], None] = lambda words: None,
) -> Report:  # fmt: skip
    report = Report(seed, logs=str(folder))
    with open_town(
        nursery,
        database,
        folder=folder,
        size=plan.size,
        socket_mode=plan.socket_mode,
        fast=plan.fast,
        rate_limits=plan.rate_limits,
    ) as town:
        try:
            _play(plan, random.Random(seed), town, report, tell)
            tell("audit")
            ledgers = _ledgers.pop(town)
            report.findings = audit(town, *ledgers)  # type: ignore[arg-type]
            if plan.upgrade:
                report.findings += _of_the_release(town)
        except NeverSettled as never:
            report.findings = [Finding(STUCK, f"never settled: {never}")]
        except Exception:
            report.findings = [Finding(STUCK, traceback.format_exc(limit=-6))]
        report.findings += bugs(town)
        if report.findings:
            keep_evidence(town, folder)
        _measure(town, report)
    return report


_ledgers: dict[Town, list] = {}


def _play(
    plan: Plan, dice: random.Random, town: Town, report: Report, tell: Callable[[str], None]
) -> None:
    tell("set-up")
    town.await_serving(*(town.add_bot() for _ in range(min(2, plan.most))))
    town.settle_in()
    town.settle(plan.settle)
    if plan.socket_mode:
        for kind in ("cut_mid_envelope", "refresh_meanwhile"):
            town.slack.faults.add(kind, probability=0.02, seed=dice.randrange(10**6))
    else:
        town.slack.faults.add("duplicate", probability=0.05, seed=dice.randrange(10**6))
    lines = [
        Storyline(
            Street(town, place, proposer, pace=plan.pace),
            random.Random(dice.randrange(10**9)),
            f"{n:02}{p}x",
        )
        for n, place in enumerate(town.places)
        for p, proposer in enumerate(place.proposers)
    ]
    began = time.monotonic()
    tell("people at work")
    fate = Fate(plan, random.Random(dice.randrange(10**9)), town, tell)
    with ThreadPoolExecutor(len(lines), thread_name_prefix="story") as pool, fate:

        def play(line: Storyline) -> None:
            line.go_on(plan.acts, proposals=plan.proposals)
            while not fate.suffice.is_set() and fate.is_alive():
                line.go_on(1)

        for story in [pool.submit(play, line) for line in lines]:
            story.result()
    town.slack.faults.clear()
    tell("settling")
    town.keep = fate.keep_two
    town.settle(plan.settle)
    report.seconds = time.monotonic() - began
    report.ends, report.joined = fate.ends, fate.joined
    # Twice time passes, and several processes find the same rows due.
    for moment in (MONDAY + timedelta(days=1), MONDAY + timedelta(days=7, minutes=30)):
        tell(f"{moment:%A} comes")
        town.pass_time(moment, plan.settle)
        with ThreadPoolExecutor(len(lines), thread_name_prefix="story") as pool:
            list(pool.map(lambda line: line.go_on(2), lines))
        town.settle(plan.settle)
    _ledgers[town] = [line.ledger for line in lines]


class Fate:
    """What befalls the fleet, on a thread of its own, for as long as people are at work."""

    def __init__(
        self, plan: Plan, dice: random.Random, town: Town, tell: Callable[[str], None]
    ) -> None:
        self.plan, self.dice, self.town, self.tell = plan, dice, town, tell
        self.ends: Counter[str] = Counter()
        self.suffice = threading.Event()
        """As many were killed as was asked for."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._befall, name="fate", daemon=True)
        self.joined: Counter[str] = Counter()
        self._restarts = plan.restarts
        self._reaped: set[Bot] = set()
        self.trouble = ""

    def __enter__(self) -> "Fate":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()
        self._reap()
        if self.trouble:
            raise RuntimeError(self.trouble)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def one_more(self, *, mortal: bool = False) -> Bot:
        """Mortal: with an end at some boundary that it will come to soon."""
        new = self.plan.upgrade and self.joined.total() % 2 == 0
        is_migrated = self.joined["next release"] > 0
        this = "this release, after the migration" if is_migrated else "this release"
        self.joined["next release" if new else this] += 1
        if not mortal:
            return self.town.add_bot(next_release=new)
        boundary, skip = self.dice.choice(BOUNDARIES), self.dice.randint(0, 40)
        return self.town.add_bot(boundary=boundary, skip=skip, next_release=new)

    def keep_two(self) -> None:
        """From here on nobody is killed. What only the next release can send needs one of it."""
        missing = [None] * (min(2, self.plan.most) - len(self.town.live_bots))
        if self.plan.upgrade and not any(b.order.next_release for b in self.town.live_bots):
            self.town.await_serving(self.town.add_bot(next_release=True))
        self.town.await_serving(*(self.one_more() for _ in missing))

    def _befall(self) -> None:
        try:
            while not self._over.is_set():
                self._over.wait(self.dice.uniform(*self.plan.lulls))
                self._reap()
                if not self._over.is_set():
                    self._one_thing()
        except Exception:
            self.trouble = traceback.format_exc(limit=-4)
        finally:
            self.suffice.set()

    def _one_thing(self) -> None:
        live = self.town.live_bots
        if self._restarts and self.plan.restart and self.dice.random() < 0.5:
            self._restarts -= 1
            self.ends["database restarted"] += 1
            self.plan.restart()
        elif len(live) < 2 or (len(live) < self.plan.most and self.dice.random() < 0.6):
            self.town.await_serving(self.one_more(mortal=self.dice.random() < 0.6))
        elif self.dice.random() < 0.25:
            self.town.stop(self.dice.choice(live))
        else:
            self.town.kill(self.dice.choice(live))

    def _reap(self) -> None:
        """Count who is gone, and how."""
        for bot in self.town.bots:
            if bot.code is None or bot in self._reaped:
                continue
            self._reaped.add(bot)
            how = {0: "stopped", -signal.SIGKILL: "killed"}.get(bot.code, f"code {bot.code}")
            self.ends[how] += 1
            self.tell(f"{how}: {sum(self.ends.values())} ends")
        enough = self.ends["killed"] >= self.plan.kills and not self._restarts
        if enough and (not self.plan.upgrade or len(self.joined) > 1):
            self.suffice.set()


def _of_the_release(town: Town) -> list[Finding]:
    messages = [
        message
        for channel in next(iter(town.slack.world.teams.values())).channels.values()
        for message in channel.messages.values()
        if not message.deleted
    ]
    return [
        Finding("lost", f"of the next release: {what}")
        for what in town.eye.read(lambda s: list(release.find_missing(s, messages)))
    ]


def _measure(town: Town, report: Report) -> None:
    wire = list(town.slack.wire)
    asked = [x for x in wire if x.direction == "to_bot" and x.kind != "socket"]
    answered = sorted(x.seconds for x in asked if x.trouble is None)
    if len(answered) > 1:
        cuts = statistics.quantiles(answered, n=100)
        report.p50, report.p99 = cuts[49], cuts[98]
    report.refused = Counter(f"{x.kind} {x.trouble}" for x in asked if x.trouble)
    calls = [x for x in wire if x.kind == "api" and _is_done(x)]
    report.calls = len(calls)
    report.posts = sum(x.name == "chat.postMessage" for x in calls)
    report.people, report.channels = town.size.people, town.size.channels
    report.reviews, report.deeds, _ = town.eye.read(
        lambda s: tuple(
            s.exec(select(func.count()).select_from(table)).one()
            for table in (ReviewRow, InboxKey, HistoryRow)
        )
    )


def _is_done(call: Exchange) -> bool:
    return call.status == 200 and call.trouble is None
