"""Reading what was said while the bot was away: threads of open reviews, oldest deadline first.

What is found goes through the use cases that hear it live, and each knows what it heard before: a
message, a version, a deletion counts once, whether read here or told by Slack. No transaction is
open while Slack is asked.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.answers import Meaning
from bot.deadline import Deadline
from bot.delivery.calls import Answer, call_slack
from bot.delivery.throttles import Throttles
from bot.errors import places_of
from bot.handlers.events import carry_out_event
from bot.handlers.hear_thread import hear_event
from bot.missed import (
    Missed,
    body_of,
    find_deleted_head,
    find_deleted_thread,
    find_missed,
)
from bot.slack.fields import dicts_at, text_at
from bot.slack.resume import pause_workspace, were_away
from bot.slack.signs import notice_refusal
from bot.toolbox import Toolbox
from db.catch_up import (
    Known,
    Thread,
    came_through,
    claim_thread,
    find_known,
    order_of,
    read_on,
    set_aside,
    want_all,
)
from db.store import StoreTrouble

log = structlog.get_logger("catch_up")

METHOD = "conversations.replies"
NO_THREAD = "thread_not_found"
PAGE = 50
"""Small: an app that is sold gets 15 whatever it asks for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds."""

    request: int = 10
    lease: float = 60.0
    retry: float = 30.0
    """After Slack did not answer."""
    poll: float = 10.0
    """Between looks for what another process left unread."""


class CatchingUp:
    """`want` says that we were away; `start` reads on a thread of its own, `drain` here and now."""

    def __init__(self, toolbox: Toolbox, throttles: Throttles, *, pace: Pace | None = None) -> None:
        self._toolbox = toolbox
        self._throttles = throttles
        self._pace = pace or Pace()
        self._lease = timedelta(seconds=self._pace.lease)
        self._resting: dict[str, datetime] = {}
        self._bell = threading.Condition()
        self._wanted = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="catching-up", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def tell_to_stop(self) -> None:
        """No page is asked for from here on. Returns at once."""
        with self._bell:
            self._stopping = True
            self._bell.notify_all()

    def stop(self, deadline: Deadline | None = None) -> None:
        """What is being heard is finished; the rest waits for the next start."""
        self.tell_to_stop()
        if self._thread.is_alive():
            self._thread.join((deadline or Deadline()).left())

    def want(self) -> None:
        """We were away, and may have missed something. Returns at once, never raises."""
        with self._bell:
            self._wanted = True
            self._bell.notify_all()

    def drain(self) -> int:
        """Read until nothing is left that may be read now; how many threads were begun."""
        count = 0
        while self._read_next():
            count += 1
        return count

    def _run(self) -> None:
        while not self._stopping:
            worked, failed = False, True
            try:
                worked, failed = self._read_next(), False
            except StoreTrouble as trouble:
                log.warning("catch_up.store_trouble", error=str(trouble))
            except Exception as error:
                log.error("catch_up.bug", error=places_of(error))
            with self._bell:
                # What is still wanted after a failure is not wanted at once: it would spin.
                if not self._stopping and (failed or not (worked or self._wanted)):
                    self._bell.wait(self._pace.poll)

    def _read_next(self) -> bool:
        """Whether there was a thread to read."""
        store, clock = self._toolbox.store, self._toolbox.clock
        self._want_what_was_missed()
        if self._stopping:
            return False
        machine = clock.machine()
        self._resting = {name: at for name, at in self._resting.items() if at > machine}
        but_not = [*self._resting, *self._toolbox.clients.outdated]
        thread = store.transact(
            lambda s: claim_thread(s, machine=machine, lease=self._lease, but_not=but_not)
        )
        if thread is None:
            return False
        self._read(thread)
        return True

    def _want_what_was_missed(self) -> None:
        store, now = self._toolbox.store, self._toolbox.clock.now()
        machine = self._toolbox.clock.machine()
        everything, self._wanted = self._wanted, False
        places = self._toolbox.unheard.take()
        doubted = self._toolbox.unheard.take_doubted()

        def want(session: Session) -> None:
            if everything or doubted:
                were_away(session, None if everything else doubted, until=machine)
            if everything:
                want_all(session, now=now)
                return
            for workspace_id, channel_id in sorted(places):
                want_all(session, now=now, workspace_id=workspace_id, channel_id=channel_id)

        if not (everything or places or doubted):
            return
        try:
            store.transact(want)
        except StoreTrouble:
            self._wanted = self._wanted or everything
            for place in places:
                self._toolbox.unheard.note(*place)
            for workspace_id in doubted:
                self._toolbox.unheard.doubt(workspace_id)
            raise

    def _read(self, thread: Thread) -> None:
        store, clock = self._toolbox.store, self._toolbox.clock
        review_id, channel_id = thread.review_id, thread.channel_id
        cursor, until, all_heard = "", thread.start, True
        while True:
            later = self._throttles.take(thread.workspace_id, METHOD, now=clock.machine())
            if later is not None:
                self._rest(thread, later)
                return
            known = store.read(lambda s: find_known(s, review_id, channel_id))
            if self._stopping:
                self._set_aside(thread, None)
                return
            answer = self._ask(thread, cursor)
            if answer.meaning is not Meaning.SENT:
                self._not_answered(thread, answer, known)
                return
            # The first page has the message it starts from, those after it begin behind the last.
            after = order_of(until) if cursor else _just_before(until)
            cursor = text_at(answer.data, "response_metadata", "next_cursor")
            messages = dicts_at(answer.data, "messages")
            page = [m for m in messages if _is_in(m, thread, after)]
            until = max((text_at(m, "ts") for m in page), key=order_of, default=until)
            end, moment = order_of(until) if cursor else None, self._moment()
            missed = [*find_missed(thread, page, known, after=after, until=end, moment=moment)]
            for head in (m for m in messages if text_at(m, "ts") == thread.card_ts):
                missed += find_deleted_head(thread, head, moment)
            all_heard = self._hear(thread, missed) and all_heard
            still_ours = self._note(thread, until)
            if still_ours is None:
                return
            thread = still_ours
            if not cursor:
                self._finish(thread, seen=all_heard)
                return

    def _note(self, thread: Thread, until: str) -> Thread | None:
        machine = self._toolbox.clock.machine()
        return self._toolbox.store.transact(
            lambda s: read_on(s, thread, until=until, machine=machine, lease=self._lease)
        )

    def _finish(self, thread: Thread, *, seen: bool) -> None:
        self._toolbox.store.transact(lambda s: came_through(s, thread, seen=seen))

    def _set_aside(self, thread: Thread, until: datetime | None) -> None:
        self._toolbox.store.transact(lambda s: set_aside(s, thread, until=until))

    def _ask(self, thread: Thread, cursor: str) -> Answer:
        asked: dict[str, Any] = {"cursor": cursor} if cursor else {}
        return call_slack(
            self._toolbox.clients,
            thread.workspace_id,
            lambda client: client.conversations_replies(
                channel=thread.channel_id,
                ts=thread.card_ts,
                oldest=thread.start,
                inclusive=True,
                limit=PAGE,
                **asked,
            ),
            timeout=self._pace.request,
        )

    def _not_answered(self, thread: Thread, answer: Answer, known: Mapping[str, Known]) -> None:
        log.info("catch_up.not_answered", review=thread.review_id, error=answer.error)
        machine = self._toolbox.clock.machine()
        self._toolbox.store.transact(
            lambda s: notice_refusal(s, thread.workspace_id, thread.channel_id, answer.error)
        )
        if answer.error == NO_THREAD:
            self._hear(thread, find_deleted_thread(thread, known, self._moment()))
        match answer.meaning:
            case Meaning.THROTTLED:
                rest = answer.retry_after
                self._throttles.rest(thread.workspace_id, METHOD, seconds=rest, now=machine)
                self._rest(thread, machine + timedelta(seconds=rest))
            case Meaning.HOPELESS | Meaning.MOOT | Meaning.UNINVITED:
                # There is nothing we may read: the next start or connection asks again.
                self._finish(thread, seen=False)
            case Meaning.REVOKED:
                self._pause(thread, machine, answer.error)
            case _:
                self._set_aside(thread, machine + timedelta(seconds=self._pace.retry))

    def _pause(self, thread: Thread, machine: datetime, error: str) -> None:
        """Whoever installs the bot anew has all threads read, or has done so already."""
        workspace_id, clients = thread.workspace_id, self._toolbox.clients

        def deed(session: Session) -> bool:
            # In the order of whoever resumes it: the workspace, then its threads.
            paused = pause_workspace(session, workspace_id, machine=machine, told_of=clients.since)
            set_aside(session, thread, until=None)
            return paused

        if self._toolbox.store.transact(deed):
            log.warning("catch_up.workspace_paused", workspace=workspace_id, error=error)
        else:
            clients.leave(workspace_id)
            log.warning("catch_up.token_outdated", workspace=workspace_id, error=error)

    def _rest(self, thread: Thread, until: datetime) -> None:
        """Slack lets nobody of this workspace ask before `until`; then oldest deadline first."""
        self._resting[thread.workspace_id] = until
        self._set_aside(thread, None)

    def _hear(self, thread: Thread, missed: Iterable[Missed]) -> bool:
        """Whether nothing met a bug. What did is kept as a failed delivery; the rest goes on."""
        heard = [
            carry_out_event(self._toolbox, body_of(thread, each), hear_event) for each in missed
        ]
        return all(heard)

    def _moment(self) -> str:
        return f"{self._toolbox.clock.machine().timestamp():.6f}"


def _just_before(ts: str) -> tuple[int, ...]:
    *most, last = order_of(ts)
    return (*most, last - 1)


def _is_in(message: dict[str, Any], thread: Thread, after: tuple[int, ...]) -> bool:
    """Slack puts the head of the thread on every page."""
    ts = text_at(message, "ts")
    return bool(ts) and ts != thread.card_ts and order_of(ts) > after
