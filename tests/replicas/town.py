"""A town of people with Slack in it, and a fleet of real bot processes on one database.

The playground serves HTTP and websockets from here; the bots are processes of their own, which
this never speaks to but through Slack, the database and signals.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import Running, build_app, install
from bot.deadline import STOP_SECONDS
from bot.settings import Settings
from db.due import next_due_at
from db.store import Store, StoreUnreachable
from playground import Durations, Playground
from playground.driver.person import Person
from tests.replicas.clock import BotClock, Shift, SlackClock
from tests.replicas.left import find_left
from tests.replicas.places import ROSTER, Place, Size
from tests.replicas.process import Order
from tests.replicas.processes import LONGEST_START, Bot, Nursery
from tests.replicas.release import make_migrations

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Ten in the morning in Madrid."""
POLL = 0.1
SET_UPS = 5
FAST_RETRIES = (0.0, 3.0, 10.0)
PATIENT = 10.0
"""In a test on a busy machine Slack waits this long for an answer; in the campaign, its 3 s."""

_pause = threading.Event()  # never set: waiting for it is a pause that many threads can have


class NeverSettled(AssertionError):
    pass


class Town:
    """What tests/faults/audit.py audits, when it is over."""

    def __init__(
        self,
        nursery: Nursery,
        database: str,
        *,
        folder: Path,
        size: Size,
        socket_mode: bool,
        fast: bool,
        rate_limits: bool = False,
    ) -> None:
        self.nursery, self.folder, self.size = nursery, folder, size
        self.socket_mode, self.fast = socket_mode, fast
        self.shift = Shift(folder / "clock")
        self.shift.begin_at(MONDAY)
        self.clock, self.hand = BotClock(self.shift), SlackClock(self.shift)
        within = PATIENT if fast else 3.0
        retries = FAST_RETRIES if fast else Durations().retry_after
        self.slack = Playground(
            clock=self.hand,
            durations=Durations(answer_within=within, trigger_lives=within, retry_after=retries),
            rate_limits=rate_limits,
        )
        self.eye = Store(database)
        """What we look with: nobody kills it."""
        self.bots: list[Bot] = []
        """All that were ever started."""
        self.places: list[Place] = []
        self.settings = Settings(
            _env_file=None,
            slack_bot_token=self.slack.bot_token,
            slack_app_token=self.slack.app_token if socket_mode else "",
            slack_signing_secret=self.slack.signing_secret,
            slack_api_url=self.slack.api_url,
            database_url=database,
            port=0,
        )
        self._lock = threading.RLock()
        self._busy: dict[str, threading.RLock] = {}
        self._wired: Running | None = None
        self.keep: Callable[[], None] = self.keep_one
        """Called while everything settles."""
        nursery.on_end.append(self._on_end)

    # Processes

    @property
    def live_bots(self) -> list[Bot]:
        return [bot for bot in self.bots if bot.code is None]

    def add_bot(
        self,
        *,
        boundary: str = "",
        skip: int = 0,
        armed: bool = True,
        next_release: bool = False,
        stop: float = STOP_SECONDS,
    ) -> Bot:
        """Started, not yet serving."""
        with self._lock:
            token = self.settings.slack_app_token.get_secret_value()
            order = Order(
                env={
                    "PATH": os.environ["PATH"],
                    "SLACK_BOT_TOKEN": self.slack.bot_token,
                    "SLACK_APP_TOKEN": token,
                    "SLACK_SIGNING_SECRET": self.slack.signing_secret,
                    "SLACK_API_URL": self.slack.api_url,
                    "DATABASE_URL": self.settings.database_url,
                    "PORT": "0",
                },
                log=str(self.folder / f"bot-{len(self.bots)}.log"),
                shift=str(self.folder / "clock"),
                boundary=boundary,
                skip=skip,
                armed=armed,
                fast=self.fast,
                stop=stop,
                next_release=str(make_migrations(self.folder / "next")) if next_release else "",
            )
            bot = self.nursery.start(order)
            self.bots.append(bot)
            return bot

    def await_serving(self, *bots: Bot) -> None:
        """Until each of these serves, or has ended; from then on Slack delivers to it."""
        ready = "socket.connected" if self.socket_mode else "event=serving"
        until = time.monotonic() + LONGEST_START
        for bot in bots:
            while not bot.has_said(ready) and bot.code is None:
                if time.monotonic() > until:
                    raise TimeoutError(f"not serving: {bot.written()[-2000:]}")
                _pause.wait(POLL / 2)
        self.balance()

    def balance(self) -> None:
        """The balancer's targets: who serves. With nobody there, it stays with those that were."""
        if self.socket_mode:
            return
        ports = [bot.port for bot in self.live_bots]
        if addresses := [f"http://127.0.0.1:{port}/slack/events" for port in ports if port]:
            self.slack.deliver_to(*addresses)

    def _on_end(self, bot: Bot) -> None:
        if bot in self.bots:
            self.balance()

    def keep_one(self) -> None:
        """Somebody is there; what was on its way to its end when things calm down may get there."""
        if not self.live_bots:
            self.await_serving(self.add_bot())

    def kill(self, bot: Bot) -> None:
        self.nursery.signal(bot, signal.SIGKILL)
        bot.ended.wait(LONGEST_START)
        self.balance()

    def stop(self, *bots: Bot) -> None:
        """Gracefully."""
        for bot in bots:
            self.nursery.signal(bot, signal.SIGTERM)
        for bot in bots:
            bot.ended.wait(LONGEST_START)
        self.balance()

    # People

    def settle_in(self) -> None:
        """Everybody is there, and each channel has its seat."""
        deciders = [self._person("Lee", n) for n in range(self.size.deciders)]
        for n in range(self.size.channels):
            keeper = deciders[n % len(deciders)]
            proposers = [self._person("Sam", f"{n}-{p}") for p in range(self.size.proposers)]
            roster = [self._person("Ana", f"{n}-{a}") for a in range(ROSTER)]
            channel = self.slack.add_channel(
                f"changes-{n}", members=[*proposers, *roster, keeper], bot_in=True
            )
            self.places.append(Place(channel, proposers, roster, keeper))
        for place in self.places:
            self._set_up(place)

    def _set_up(self, place: Place) -> None:
        """A busy machine may be too late for Slack: then she does it again, as one does."""
        keeper = place.keeper
        for _ in range(SET_UPS):
            shown = keeper.command("/customer-seat", "setup", place.channel)
            if keeper.modal is not None and keeper.submit(roster=place.roster) == {}:
                return
            _pause.wait(1)  # a process that starts may not be connected yet
        raise NeverSettled(f"no seat in {place.channel.name}: {shown.error or shown.text}")

    def _person(self, name: str, number: object) -> Person:
        return self.slack.add_person(f"{name} {number}", tz="Europe/Madrid")

    @contextmanager
    def only(self, person: Person) -> Iterator[None]:
        """A person fills in one form at a time, whatever stories she is in."""
        with self._lock:
            busy = self._busy.setdefault(person.id, threading.RLock())
        with busy:
            yield

    # Time

    def is_quiet(self) -> bool:
        """Nothing is on its way in either direction, and nothing is due."""
        return not self._on_its_way()

    def _on_its_way(self) -> str:
        waiting = self.slack.waiting_deliveries
        if waiting or not self.slack._queue._is_settled():
            return f"deliveries {waiting}"
        try:
            left = self.eye.read(lambda s: find_left(s, self.clock.now()))
        except StoreUnreachable:
            return "the database"
        return "" if not any(left.values()) else json.dumps(left)

    def settle(self, timeout: float = 90.0) -> None:
        """Until it is quiet, and still is a moment later; somebody has to be alive for that."""
        until, quiet, last = time.monotonic() + timeout, 0, ""
        while quiet < 3:
            self.keep()
            last = self._on_its_way()
            quiet = 0 if last else quiet + 1
            if time.monotonic() > until:
                raise NeverSettled(f"after {timeout} s: {last}")
            _pause.wait(POLL)

    def pass_time(self, until: datetime, timeout: float = 90.0) -> None:
        """All clocks go on at once, from one hour in which something falls due to the next."""
        while (now := self.clock.now()) < until:
            due_at = self.eye.read(next_due_at) or until
            full_hour = due_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            self.hand.move_to(min(until, max(full_hour, now + timedelta(minutes=1))))
            self.settle(timeout)

    # What the auditor asks of a company

    def live(self) -> Running:
        """An app on this database, not started: to draw with."""
        if self._wired is None:
            self._wired = build_app(self.settings, self.eye, clock=self.clock)
        return self._wired

    def given_up(self) -> list[dict[str, Any]]:
        return self.dropped()

    def dropped(self) -> list[dict[str, Any]]:
        """Events that Slack dropped after its last try."""
        last = len(self.slack.durations.retry_after)
        return [x.request for x in self.slack.wire.sent("event") if x.trouble and x.attempt >= last]

    def close(self) -> None:
        for bot in self.live_bots:
            self.nursery.signal(bot, signal.SIGKILL)
        for bot in self.bots:
            bot.ended.wait(LONGEST_START)
        self.nursery.on_end.remove(self._on_end)
        self.slack.stop()
        if self._wired is not None and self._wired.outbox is not self.eye:
            self._wired.outbox.close()
        self.eye.close()


@contextmanager
def open_town(nursery: Nursery, database: str, **facts: Any) -> Iterator[Town]:
    town = Town(nursery, database, **facts)
    town.slack.start()
    try:
        # The newest migration, and which workspace it is, are there before the first process.
        install(town.settings, town.eye, town.clock)
        yield town
    finally:
        town.close()
