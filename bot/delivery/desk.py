"""What every sender works with, and what becomes of a row after Slack answered.

No transaction is open while Slack is called: each function here is one transaction of its own.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlmodel import Session, col, delete

from bot.answers import Meaning
from bot.clock import Clock
from bot.delivery.calls import Answer, call_slack
from bot.delivery.drawings import Drawings
from bot.delivery.durations import Durations
from bot.delivery.gone import note_gone
from bot.delivery.instead import tell_instead
from bot.delivery.keepers import tell_keepers
from bot.delivery.throttles import Throttles
from bot.slack.client import Clients
from bot.slack.directory import Directory
from bot.slack.links import Links
from bot.slack.resume import pause_workspace
from bot.slack.signs import notice_refusal
from db import lanes
from db.lanes import Claimed
from db.sharing import WHILE_SHARED
from db.store import Store
from db.tables import OutboxRow, OutboxState, Surface

log = structlog.get_logger("delivery")
AUTH = "auth.test"
NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Desk:
    store: Store
    clients: Clients
    directory: Directory
    links: Links
    drawings: Drawings
    clock: Clock
    durations: Durations
    throttles: Throttles
    stopping: threading.Event = field(default_factory=threading.Event)
    last_sent: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By surface: its `drawn` and a hash of what we then sent; see surfaces.py."""

    def call(self, workspace_id: str, call: Callable[[WebClient], Any]) -> Answer:
        if self.stopping.is_set():  # in the middle of a row: what it has got so far is kept
            return Answer(Meaning.NOT_NOW, NOT_SENT)
        return call_slack(self.clients, workspace_id, call, timeout=self.durations.request)

    def can_link(self, claimed: Claimed, row: OutboxRow) -> bool:
        """Whether the workspace's address is known, asked for once. If Slack gave no answer, `row`
        goes later, as after any call: nobody draws a message again for want of its link."""
        if self.links.knows(claimed.workspace_id):
            return True
        answer = self.call(claimed.workspace_id, lambda c: c.auth_test())
        if answer.meaning not in (Meaning.SENT, Meaning.HOPELESS):
            self.refused(claimed, row, answer, method=AUTH)
            return False
        self.links.keep(claimed.workspace_id, str(answer.data.get("url") or ""))
        return True

    def may_call(self, claimed: Claimed, method: str, *, channel: str = "") -> datetime | None:
        """None: now. Otherwise when."""
        now = self.clock.machine()
        return self.throttles.take(claimed.workspace_id, method, now=now, channel=channel)

    def hold(self, claimed: Claimed, until: datetime) -> None:
        self.store.transact(lambda s: lanes.hold_lane(s, claimed, until=until))

    def extend(self, claimed: Claimed) -> None:
        now = self.clock.machine()
        self.store.transact(lambda s: lanes.extend(s, claimed, now=now))

    def start(self, claimed: Claimed, row: OutboxRow) -> OutboxRow:
        now = self.clock.machine()
        return self.store.transact(lambda s: lanes.start_sending(s, row, claimed, now=now))

    def drop(self, claimed: Claimed, row: OutboxRow) -> None:
        """Nothing is left to be done for this row, whatever was wanted."""
        now = self.clock.now()
        self.store.transact(lambda s: lanes.done(s, row, claimed, now=now))

    def retry(self, claimed: Claimed, row: OutboxRow, *, seconds: float, error: str) -> None:
        later = self.clock.machine() + timedelta(seconds=seconds)
        self.store.transact(
            lambda s: lanes.retry_later(s, row, claimed, not_before=later, error=error)
        )

    def wait(self, claimed: Claimed, row: OutboxRow, *, seconds: float, error: str) -> None:
        """As `retry`, where nothing was called: what is in doubt stays in doubt."""
        later = self.clock.machine() + timedelta(seconds=seconds)
        again = lanes.look_later if row.sending_since is not None else lanes.retry_later
        self.store.transact(lambda s: again(s, row, claimed, not_before=later, error=error))

    def refused(
        self,
        claimed: Claimed,
        row: OutboxRow,
        answer: Answer,
        *,
        method: str,
        channel: str = "",
    ) -> bool:
        """Store what follows from an answer that is not SENT and leaves no doubt.

        `channel`: where the call would have told something; "" for one that names none.
        True: the lane's next row may go. In doubt here means it is harmless to repeat.
        """
        now = self.clock.machine()
        log.info(
            "delivery.refused",
            workspace=claimed.workspace_id,
            lane=claimed.lane,
            row=row.id,
            method=method,
            error=answer.error,
        )
        match answer.meaning:
            case Meaning.MOOT:
                self.drop(claimed, row)
                return True
            case Meaning.HOPELESS:
                self.park(claimed, row, answer.error)
                return True
            case Meaning.UNINVITED:
                self._wait_to_be_invited(claimed, row, answer.error)
            case Meaning.REVOKED:
                self.pause_workspace(claimed, row, answer.error)
            case Meaning.THROTTLED:
                seconds = answer.retry_after
                self.throttles.rest(
                    claimed.workspace_id, method, seconds=seconds, now=now, channel=channel
                )
                self.retry(claimed, row, seconds=seconds, error=answer.error)
            case _:
                seconds = self.durations.retry_after(row.attempts).total_seconds()
                self.retry(claimed, row, seconds=seconds, error=answer.error)
        return False

    def park(self, claimed: Claimed, row: OutboxRow, error: str, *, in_doubt: bool = False) -> None:
        """Out of the lane's way for good, and the keepers told once."""
        now, machine = self.clock.now(), self.clock.machine()

        def deed(session: Session) -> None:
            if not in_doubt:  # it surely is not in Slack: tried again, it need not be looked for
                lanes.retry_later(session, row, claimed, not_before=machine, error=error)
            lanes.park(session, row, claimed, error=error)
            _forget_parked_before(session, row)
            notice_refusal(session, claimed.workspace_id, claimed.lane, error)
            if not note_gone(session, row, error=error, now=machine):
                tell_keepers(session, row, error=error, now=now)
            tell_instead(session, row, error=error, now=now)

        self.store.transact(deed)
        log.warning(
            "delivery.parked",
            workspace=claimed.workspace_id,
            lane=claimed.lane,
            row=row.id,
            error=error,
        )

    def wait_while_shared(self, claimed: Claimed, row: OutboxRow) -> None:
        """Out of the lane's way until no other company reads the channel it is about. The keepers
        know why, by one message."""

        def deed(session: Session) -> None:
            lanes.park(session, row, claimed, error=WHILE_SHARED)
            _forget_parked_before(session, row)

        self.store.transact(deed)

    def _wait_to_be_invited(self, claimed: Claimed, row: OutboxRow, error: str) -> None:
        now = self.clock.now()
        later = self.clock.machine() + timedelta(seconds=self.durations.uninvited)

        def deed(session: Session) -> None:
            lanes.retry_later(session, row, claimed, not_before=later, error=error)
            lanes.hold_lane(session, claimed, until=later)
            notice_refusal(session, claimed.workspace_id, claimed.lane, error)
            tell_keepers(session, row, error=error, now=now)

        self.store.transact(deed)

    def pause_workspace(
        self, claimed: Claimed, row: OutboxRow, error: str, *, in_doubt: bool = False
    ) -> None:
        """What it is owed waits until it is installed anew, or goes to who has the new token."""
        now, workspace_id = self.clock.machine(), claimed.workspace_id

        def deed(session: Session) -> bool:
            if not in_doubt:
                lanes.retry_later(session, row, claimed, not_before=now, error=error)
            return pause_workspace(session, workspace_id, machine=now, told_of=self.clients.since)

        if self.store.transact(deed):
            log.warning("delivery.workspace_paused", workspace=workspace_id, error=error)
        else:
            self.clients.leave(workspace_id)
            log.warning("delivery.token_outdated", workspace=workspace_id, error=error)


def _forget_parked_before(session: Session, row: OutboxRow) -> None:
    """Of a message that is parked each time it is wanted, one row is enough; a doubt is kept."""
    if row.surface_id is None:
        return
    session.exec(
        delete(OutboxRow).where(
            col(OutboxRow.surface_id) == row.surface_id,
            col(OutboxRow.state) == OutboxState.PARKED,
            col(OutboxRow.sending_since).is_(None),
            col(OutboxRow.id) != row.id,
        )
    )


def surface_of(session: Session, row: OutboxRow) -> Surface | None:
    return session.get(Surface, row.surface_id) if row.surface_id is not None else None
