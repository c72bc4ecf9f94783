"""Each mechanism, and how to take it out: what the campaign must then notice.

`kinds` are the troubles against which the mechanism stands; `seed` is a run that caught its
absence. A switch changes the bot's own code path, never the auditor's.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from unittest.mock import patch

from bot.catching_up import CatchingUp
from bot.delivery import desk, doubt, surfaces
from bot.handlers import hear_thread
from bot.reviews import digest, fall_due, hear_edit
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.toolbox import Toolbox, Unheard
from db import lanes, outbox
from db.due import claim_due, finish
from db.tables import DigestRun, Due, Seat
from playground.delivery.carrier import Answer
from tests.faults import company
from tests.faults.company import Company
from tests.faults.life import MortalStore
from tests.faults.troubles import DEATHS

Switch = Callable[[ExitStack], None]


@dataclass(frozen=True, slots=True)
class Mechanism:
    name: str
    kinds: tuple[str, ...]
    seed: int
    off: Switch


@contextmanager
def without(mechanism: Mechanism) -> Iterator[None]:
    with ExitStack() as stack:
        mechanism.off(stack)
        yield


def _replace(stack: ExitStack, place: object, name: str, value: object) -> None:
    stack.enter_context(patch.object(place, name, value))


def _no_inbox(stack: ExitStack) -> None:
    stack.enter_context(patch("bot.toolbox.take_in", lambda *_, **__: None))


def _acknowledge_first(stack: ExitStack) -> None:
    """Slack hears "done" before it is: what then fails is not sent again."""
    _replace(stack, Company, "when_gone", Answer(200))


def _queue_afterwards(stack: ExitStack) -> None:
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

    _replace(stack, outbox, "_queue", hold)
    _replace(stack, MortalStore, "transact", apart)


def _do_not_look(stack: ExitStack) -> None:
    """A post in doubt is simply sent again."""

    def again(desk: Any, claimed: Any, row: Any, surface: Any, **_: Any) -> bool:
        desk.retry(claimed, row, seconds=0, error="")
        return True

    _replace(stack, surfaces, "look_for_post", again)


def _do_not_note(stack: ExitStack) -> None:
    """That a post begins is not written down before it does."""

    def start(self: Any, claimed: Any, row: Any) -> Any:
        row.sending_since = self.clock.machine()
        return row

    _replace(stack, desk.Desk, "start", start)


def _found_is_drawn(stack: ExitStack) -> None:
    """A post found in Slack is taken to show what is true now."""
    really = lanes.done
    fake = lambda *a, **k: really(*a, **{**k, "drawn": None})  # noqa: E731
    _replace(stack, doubt, "lanes", _like(lanes, done=fake))


def _sent_is_drawn(stack: ExitStack) -> None:
    """What was wanted while a message was being sent counts as drawn."""
    really = lanes.done
    fake = lambda *a, **k: really(*a, **{**k, "drawn": None})  # noqa: E731
    _replace(stack, surfaces, "lanes", _like(lanes, done=fake))


class _Like:
    """A module with some functions replaced."""

    def __init__(self, module: Any, **functions: Any) -> None:
        self.__dict__.update({**vars(module), **functions})


def _like(module: Any, **functions: Any) -> _Like:
    return _Like(module, **functions)


def _no_fence(stack: ExitStack) -> None:
    def held(session: Any, claimed: Any) -> Any:
        return session.get_one(
            lanes.Lane, (claimed.workspace_id, claimed.lane), populate_existing=True
        )

    _replace(stack, lanes, "_held", held)


def _newest_first(stack: ExitStack) -> None:
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

    _replace(stack, lanes, "next_row", next_row)


def _wait_for_nothing(stack: ExitStack) -> None:
    """A reply does not wait until the message it stands under is posted."""
    from sqlalchemy import false

    _replace(stack, lanes, "waits_for_ts", lambda _row: false())


def _no_tombstone(stack: ExitStack) -> None:
    really = hear_edit.keep_message

    def keep(*args: Any, deleted: bool = False, **more: Any) -> Any:
        return None if deleted else really(*args, **more)

    _replace(stack, hear_edit, "keep_message", keep)


def _no_versions(stack: ExitStack) -> None:
    """Whichever edit comes last counts."""
    newer = itertools.count(0, -1)
    _replace(stack, hear_edit, "_order", lambda _version: next(newer))


def _leases_for_ever(stack: ExitStack) -> None:
    really = lanes.claim_lane

    def claim(session: Any, **options: Any) -> Any:
        claimed = really(session, **{**options, "lease": 1000 * options["lease"] * 24})
        return claimed and replace(claimed, lease=1000 * claimed.lease)

    _replace(stack, lanes, "claim_lane", claim)


def _one_try(stack: ExitStack) -> None:
    """What Slack refuses for now is dropped."""
    _replace(stack, desk.Desk, "retry", lambda self, claimed, row, **_: self.drop(claimed, row))


def _done_before_it_is(stack: ExitStack) -> None:
    """What is due is marked done in a transaction of its own, and then carried out."""

    def tick(toolbox: Toolbox) -> None:
        def mark(session: Any) -> Due | None:
            now = toolbox.clock.now()
            if (row := claim_due(session, now=now)) is not None:
                finish(session, row, now=now, outcome="sent")
            return row

        def carry_out(session: Any) -> None:
            deed = Deed(session, toolbox.clock.now(), due.workspace_id, BOT)
            fall_due.fall_due(deed, session.merge(due))
            redraw_changed(deed)

        while (due := toolbox.store.transact(mark)) is not None:
            toolbox.store.transact(carry_out)

    _replace(stack, company, "tick_due", tick)


def _a_digest_each_time(stack: ExitStack) -> None:
    """Whenever it is due, also in a week that has had one."""
    count = itertools.count()
    queue, send = digest.queue_surface, digest.send_digest

    def queue_anew(session: Any, **facts: Any) -> Any:
        return queue(session, **{**facts, "key": f"{facts['key']}:{next(count)}"})

    def send_again(act: Deed, seat: Seat, *, due_at: datetime) -> str:
        week = digest.iso_week(due_at, seat.timezone)
        if (had := act.session.get(DigestRun, (seat.id, week))) is not None:
            act.session.delete(had)
            act.session.flush()
        return send(act, seat, due_at=due_at)

    _replace(stack, digest, "queue_surface", queue_anew)
    _replace(stack, fall_due, "send_digest", send_again)


def _read_nothing_anew(stack: ExitStack) -> None:
    """What was said while the bot was away is not read when it is back."""
    _replace(stack, CatchingUp, "want", lambda self: None)


def _forget_what_was_missed(stack: ExitStack) -> None:
    """Nor where something came that the database could not take."""
    _replace(stack, Unheard, "note", lambda self, *_: None)


def _keep_nothing_early(stack: ExitStack) -> None:
    """A reply under a card that is not known yet is talk; nor is its thread read once it is. With
    one of the two left the campaign notices nothing: what is not kept is read, a little later."""
    _replace(stack, doubt, "want_one", lambda *_, **__: None)
    _replace(stack, hear_thread, "keep_early", lambda *_, **__: False)
    _replace(stack, hear_thread, "keep_early_deletion", lambda *_, **__: False)


def _deleted_is_gone(stack: ExitStack) -> None:
    """Of a message of ours: nobody heeds that Slack tells it."""
    _replace(stack, hear_thread, "notice_deletion", lambda *_, **__: False)


CALL_LOST = ("connection dropped after", "answer after the time limit", "truncated JSON")

MECHANISMS = (
    Mechanism("inbox key", ("cut before the acknowledgement",), 0, _no_inbox),
    Mechanism("commit, then acknowledge", ("killed before commit",), 20, _acknowledge_first),
    Mechanism("outbox in the deed's transaction", ("killed after commit",), 0, _queue_afterwards),
    Mechanism("look for a post in doubt", CALL_LOST, 5, _do_not_look),
    Mechanism("note that a post begins", ("killed sent",), 6, _do_not_note),
    Mechanism("draw again what was found", CALL_LOST, 5, _found_is_drawn),
    Mechanism("wanted and drawn", ("deed while sending",), 20, _sent_is_drawn),
    Mechanism("order in a lane", ("late delivery",), 0, _newest_first),
    Mechanism("a reply waits for its thread", ("500", "503"), 8, _wait_for_nothing),
    Mechanism("fencing token", ("overslept its lease",), 0, _no_fence),
    Mechanism("leases run out", DEATHS, 1, _leases_for_ever),
    Mechanism("what is refused for now is sent later", ("429 with Retry-After",), 1, _one_try),
    Mechanism("tombstone", ("reordered delivery",), 27, _no_tombstone),
    Mechanism("version of an edit", ("reordered delivery",), 36, _no_versions),
    Mechanism("due rows end in their transaction", DEATHS[:2], 258, _done_before_it_is),
    Mechanism("one digest a week", DEATHS, 3, _a_digest_each_time),
    Mechanism("reading what was missed", ("gone for a quarter of an hour",), 2, _read_nothing_anew),
    Mechanism("where something was missed", ("database restarted",), 33, _forget_what_was_missed),
    Mechanism("a reply before its card is known", CALL_LOST, 53, _keep_nothing_early),
    Mechanism("what is deleted comes back", ("late delivery",), 20, _deleted_is_gone),
)
