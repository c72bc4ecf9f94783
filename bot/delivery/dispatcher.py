"""The dispatcher: leases a lane, sends its rows in order, gives it back. Any number may run."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlmodel import Session, col, select
from structlog.contextvars import bound_contextvars

from bot.clock import Clock
from bot.deadline import Deadline
from bot.delivery.desk import Desk
from bot.delivery.drawings import Drawings
from bot.delivery.durations import Durations
from bot.delivery.small import REACT, REFUSAL, UNREACT, WHISPER, send_reaction, send_whisper
from bot.delivery.surfaces import SURFACE, send_surface
from bot.delivery.throttles import Throttles
from bot.errors import places_of
from bot.slack.client import Clients
from bot.slack.directory import Directory
from bot.slack.links import Links
from db import lanes, newer
from db.cause import because_of
from db.lanes import Claimed, StaleLease
from db.store import Store, StoreTrouble
from db.tables import OutboxRow, Workspace

log = structlog.get_logger("delivery")

SENDERS: dict[str, Callable[[Desk, Claimed, OutboxRow], bool]] = {
    SURFACE: send_surface,
    REACT: send_reaction,
    UNREACT: send_reaction,
    WHISPER: send_whisper,
    REFUSAL: send_whisper,
}
ROWS_A_LEASE = 20
"""Then the lane goes back in line, so that a busy channel does not keep the others waiting."""


class Dispatcher:
    """`start` runs it on threads of its own; `drain` sends what is due now, here.

    `store` should be a pool of its own (`Store.own_pool`), of at least `workers` connections.
    """

    def __init__(
        self,
        store: Store,
        clients: Clients,
        directory: Directory,
        drawings: Drawings,
        clock: Clock,
        *,
        durations: Durations | None = None,
        throttles: Throttles | None = None,
        workers: int = 4,
    ) -> None:
        self._desk = Desk(
            store=store,
            clients=clients,
            directory=directory,
            links=Links(clients),
            drawings=drawings,
            clock=clock,
            durations=durations or Durations(),
            throttles=throttles or Throttles(),
        )
        self._workers = workers
        self._threads: list[threading.Thread] = []
        self._bell = threading.Condition()
        self._rings = 0
        self._stopping = self._desk.stopping
        self._seen_alive = 0.0
        self._sweep_at = 0.0
        store.after_commit(self.wake)

    def start(self) -> None:
        for number in range(self._workers):
            thread = threading.Thread(
                target=self._run, args=(number,), name=f"dispatcher-{number}", daemon=True
            )
            self._threads.append(thread)
        self._seen_alive = time.monotonic()
        for thread in self._threads:
            thread.start()

    def tell_to_stop(self) -> None:
        """No call is begun from here on. Returns at once."""
        self._stopping.set()
        with self._bell:
            self._bell.notify_all()

    def stop(self, deadline: Deadline | None = None) -> None:
        """Let the calls under way end; leases are given back. What is still on its way at the
        deadline is in doubt, and looked for by the next process."""
        self.tell_to_stop()
        deadline = deadline or Deadline()
        for thread in self._threads:
            thread.join(deadline.left())

    def is_alive(self) -> bool:
        """Every thread runs, and the one that polls was seen lately."""
        lately = time.monotonic() - self._seen_alive < 2 * self._desk.durations.lease + 60
        return bool(self._threads) and lately and all(t.is_alive() for t in self._threads)

    def wake(self) -> None:
        """Something was queued: one worker looks, and calls the next if there is work."""
        with self._bell:
            self._rings = min(self._rings + 1, self._workers)
            self._bell.notify()

    def drain(self) -> int:
        """Send here and now until nothing is due; how many lanes were worked on. Never waits."""
        count = 0
        while not self._stopping.is_set() and self._work_a_lane():
            count += 1
        return count

    def sweep(self) -> None:
        """What a newer version queued, and left, holds up its lane no longer; what an older one
        left to us is sent."""
        desk = self._desk
        kinds, messages = list(SENDERS), list(desk.drawings.messages)

        def look(session: Session) -> list[int]:
            newer.resume_known(session, kinds=kinds, messages=messages)
            now, machine = desk.clock.now(), desk.clock.machine()
            return newer.park_unknown(
                session, kinds=kinds, messages=messages, now=now, machine=machine
            )

        if parked := desk.store.transact(look):
            log.warning("delivery.left_to_newer", rows=parked)

    def _run(self, number: int) -> None:
        while not self._stopping.is_set():
            worked = False
            try:
                if number == 0 and time.monotonic() >= self._sweep_at:
                    self._sweep_at = time.monotonic() + self._desk.durations.sweep
                    self.sweep()
                worked = self._work_a_lane()
            except StoreTrouble as trouble:
                log.warning("delivery.store_trouble", error=str(trouble))
            except Exception as error:
                log.error("delivery.bug", error=places_of(error))
            if number == 0:
                self._seen_alive = time.monotonic()
            if not worked:
                self._wait(number)

    def _wait(self, number: int) -> None:
        # Only the first polls: the others are called when there is more than it can do.
        timeout = self._desk.durations.poll if number == 0 else None
        with self._bell:
            if self._rings == 0 and not self._stopping.is_set():
                self._bell.wait(timeout)
            self._rings = max(0, self._rings - 1)

    def _work_a_lane(self) -> bool:
        """Whether there was one to work on."""
        claimed = self._desk.store.transact(self._claim)
        if claimed is None:
            return False
        self.wake()
        try:
            for _ in range(ROWS_A_LEASE):
                if self._stopping.is_set() or not self._send_next(claimed):
                    break
        except StaleLease as lost:
            log.warning("delivery.lease_lost", lane=claimed.lane, error=str(lost))
        finally:
            self._desk.store.transact(lambda s: lanes.release(s, claimed))
        return True

    def _claim(self, session: Session) -> Claimed | None:
        installed = session.exec(
            select(Workspace.id).where(col(Workspace.revoked_at).is_(None))
        ).all()
        return lanes.claim_lane(
            session,
            now=self._desk.clock.machine(),
            lease=timedelta(seconds=self._desk.durations.lease),
            kinds=SENDERS.keys(),
            workspaces=[each for each in installed if each not in self._desk.clients.outdated],
        )

    def _send_next(self, claimed: Claimed) -> bool:
        now = self._desk.clock.machine()
        row = self._desk.store.read(lambda s: lanes.next_row(s, claimed, now=now))
        if row is None:
            return False
        try:
            # What it sets off in its turn has the same cause.
            with because_of(row.cause), bound_contextvars(cause=row.cause):
                return SENDERS[row.kind](self._desk, claimed, row)
        except (StaleLease, StoreTrouble):
            raise
        except Exception as error:
            log.error(
                "delivery.bug",
                kind=row.kind,
                row=row.id,
                lane=claimed.lane,
                error=places_of(error),
            )
            # Whatever was noted stands; the lane rests, so that a bug does not spin.
            self._desk.hold(claimed, now + timedelta(seconds=self._desk.durations.lease))
            return False
