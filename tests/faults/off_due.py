"""Taken out: what keeps a thing that falls due from being forgotten or done twice."""

import itertools
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from bot.reviews import digest, fall_due
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.toolbox import Toolbox
from db.due import claim_due, finish
from db.tables import DigestRun, Due, Seat
from tests.faults import company
from tests.faults.put_in_place import replace_in


def done_before_it_is(stack: ExitStack) -> None:
    """What is due is marked done in a transaction of its own, and then carried out."""

    def tick(toolbox: Toolbox) -> None:
        def mark(session: Any) -> Due | bool:
            now = toolbox.clock.now()
            if (row := claim_due(session, now=now)) is not None:
                finish(session, row, now=now, outcome="sent")
            return row or False

        def carry_out(session: Any) -> None:
            deed = Deed(session, toolbox.clock.now(), due.workspace_id, BOT)
            fall_due.fall_due(deed, session.merge(due))
            redraw_changed(deed)

        while due := toolbox.store.transact(mark):
            toolbox.store.transact(carry_out)

    replace_in(stack, company, "tick_due", tick)


def a_digest_each_time(stack: ExitStack) -> None:
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

    replace_in(stack, digest, "queue_surface", queue_anew)
    replace_in(stack, fall_due, "send_digest", send_again)
