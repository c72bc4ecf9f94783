"""Taken out: what keeps a message from being lost, doubled or stale on its way to Slack."""

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from bot.answers import Meaning
from bot.app import Running
from bot.catching_up import CatchingUp
from bot.delivery import desk, doubt, keepers, small, surfaces
from bot.delivery.throttles import Throttles
from bot.slack import resume
from db import lanes, outbox
from tests.faults.life import MortalStore
from tests.faults.put_in_place import like, replace_in


def queue_afterwards(stack: ExitStack) -> None:
    """What Slack has to be told is queued in a transaction of its own, after the deed's."""
    queue, transact = outbox._queue, MortalStore.transact

    def hold(session: Any, *where: str, **row: Any) -> None:
        session.info.setdefault("held", []).append((where, row))

    def apart(self: MortalStore, deed: Callable[[Any], Any]) -> Any:
        held: list[Any] = []

        def first(session: Any) -> Any:
            result = deed(session)
            held[:] = session.info.pop("held", [])
            return result

        def then(session: Any) -> None:
            for where, row in held:
                queue(session, *where, **row)

        first.__name__ = deed.__name__
        result = transact(self, first)
        if held:
            transact(self, then)
        return result

    replace_in(stack, outbox, "_queue", hold)
    replace_in(stack, MortalStore, "transact", apart)


def do_not_look(stack: ExitStack) -> None:
    """A post in doubt is simply sent again."""
    replace_in(stack, surfaces, "look_for_post", _send_again)


def do_not_note(stack: ExitStack) -> None:
    """That a post begins is not written down before it does."""

    def start(self: Any, claimed: Any, row: Any) -> Any:
        row.sending_since = self.clock.machine()
        return row

    replace_in(stack, desk.Desk, "start", start)


def found_is_drawn(stack: ExitStack) -> None:
    """A post found in Slack is taken to show what is true now."""
    replace_in(stack, doubt, "lanes", like(lanes, done=_done_for_good))


def sent_is_drawn(stack: ExitStack) -> None:
    """What was wanted while a message was being sent counts as drawn."""
    replace_in(stack, surfaces, "lanes", like(lanes, done=_done_for_good))


def shows_what_was_stored(stack: ExitStack) -> None:
    """A message is taken to show what was last stored, whatever update began since."""
    replace_in(stack, lanes, "_forget_what_is_shown", lambda *_: None)


def _done_for_good(*args: Any, **facts: Any) -> bool:
    """Whatever was wanted meanwhile."""
    return lanes.done(*args, **{**facts, "drawn": None})


def no_fence(stack: ExitStack) -> None:
    def held(session: Any, claimed: Any) -> Any:
        return session.get_one(
            lanes.Lane, (claimed.workspace_id, claimed.lane), populate_existing=True
        )

    replace_in(stack, lanes, "_held", held)


def newest_first(stack: ExitStack) -> None:
    """A lane's rows in any order but theirs."""
    really = lanes.next_row

    def next_row(session: Any, claimed: Any, *, now: Any) -> Any:
        if really(session, claimed, now=now) is None:
            return None
        return session.exec(
            lanes.select(lanes.OutboxRow)
            .where(
                lanes.OutboxRow.workspace_id == claimed.workspace_id,
                lanes.OutboxRow.lane == claimed.lane,
                lanes.OutboxRow.state == "pending",
                ~lanes.waits_for_ts(lanes.OutboxRow),
            )
            .order_by(lanes.col(lanes.OutboxRow.id).desc())
            .limit(1)
        ).first()

    replace_in(stack, lanes, "next_row", next_row)


def wait_for_nothing(stack: ExitStack) -> None:
    """A reply does not wait until the message it stands under is posted."""
    from sqlalchemy import false

    replace_in(stack, lanes, "waits_for_ts", lambda _row: false())


def leases_for_ever(stack: ExitStack) -> None:
    really = lanes.claim_lane

    def claim(session: Any, **options: Any) -> Any:
        claimed = really(session, **{**options, "lease": 1000 * options["lease"] * 24})
        return claimed and replace(claimed, lease=1000 * claimed.lease)

    replace_in(stack, lanes, "claim_lane", claim)


def one_try(stack: ExitStack) -> None:
    """What Slack refuses for now is dropped."""
    replace_in(stack, desk.Desk, "retry", lambda self, claimed, row, **_: self.drop(claimed, row))


def repeat_after_one_look(stack: ExitStack) -> None:
    """What the first look does not find is taken for lost."""
    really = surfaces.look_for_post

    def look_once(desk: Any, *row: Any, **where: Any) -> bool:
        once = replace(desk, durations=replace(desk.durations, looks=1))
        return really(once, *row, **where)

    replace_in(stack, surfaces, "look_for_post", look_once)


def _send_again(desk: Any, claimed: Any, row: Any, *_: Any, **__: Any) -> bool:
    desk.retry(claimed, row, seconds=0, error="")
    return True


def whisper_again(stack: ExitStack) -> None:
    """A whisper that may have arrived is sent once more."""
    only_sent = SimpleNamespace(SENT=Meaning.SENT, IN_DOUBT=None)
    replace_in(stack, small, "Meaning", only_sent)


def rest_everywhere(stack: ExitStack) -> None:
    """A 429 in one channel rests its method in all."""
    really = Throttles.rest

    def rest(self: Throttles, *where: str, channel: str = "", **facts: Any) -> None:
        really(self, *where, channel="", **facts)

    replace_in(stack, Throttles, "rest", rest)


def no_breaker(stack: ExitStack) -> None:
    """A refused token is an error like any other: tried again, later and later."""

    def go_on(self: Any, claimed: Any, row: Any, error: str, **_: Any) -> None:
        seconds = self.durations.retry_after(row.attempts).total_seconds()
        self.retry(claimed, row, seconds=seconds, error=error)

    def read_later(self: Any, thread: Any, machine: datetime, _error: str) -> None:
        self._set_aside(thread, machine + timedelta(seconds=30))

    replace_in(stack, desk.Desk, "pause_workspace", go_on)
    replace_in(stack, CatchingUp, "_pause", read_later)


def tell_each_time(stack: ExitStack) -> None:
    """Whoever is told of what is parked is told whenever something is."""
    count = itertools.count()
    queue = keepers.queue_surface

    def queue_anew(session: Any, **facts: Any) -> Any:
        return queue(session, **{**facts, "key": f"{facts['key']}:{next(count)}"})

    replace_in(stack, keepers, "find_surface", lambda *_, **__: None)
    replace_in(stack, keepers, "queue_surface", queue_anew)


def do_not_stop(stack: ExitStack) -> None:
    """Told to stop, it goes on as long as there is something to do."""
    replace_in(stack, Running, "stop", lambda _: None)


def keep_leases(stack: ExitStack) -> None:
    """Who takes a lane up leaves it to its lease's end."""
    replace_in(stack, lanes, "release", lambda *_: None)


def drop_where_uninvited(stack: ExitStack) -> None:
    """What goes to a channel that we are not in is dropped."""

    def drop(self: Any, claimed: Any, row: Any, _error: str) -> None:
        self.drop(claimed, row)

    replace_in(stack, desk.Desk, "_wait_to_be_invited", drop)


def stay_shut(stack: ExitStack) -> None:
    """Invited, the bot tries that channel again when its hour is over."""
    replace_in(stack, resume, "open_lane", lambda *_, **__: None)


def park_nothing(stack: ExitStack) -> None:
    """What Slack refuses for good is tried again and again."""

    def again(self: Any, claimed: Any, row: Any, error: str, **_: Any) -> None:
        self.retry(claimed, row, seconds=30, error=error)

    replace_in(stack, desk.Desk, "park", again)
