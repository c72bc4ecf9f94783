"""Every job, in one place. A tick only looks; the rows say what is due, so a missed one is made up.

Sharing a job store between processes is unsupported by APScheduler (3 processes ran 12 jobs where
4 were due): each process ticks for itself, and the database lets one of them have each row.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from bot.asking import (
    ask_about_channels,
    ask_about_sharing,
    ask_before_replacing,
    ask_unasked,
)
from bot.checklists import format_mistake
from bot.errors import places_of
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.reviews.fall_due import fall_due
from bot.reviews.let_go import let_go
from bot.reviews.tell_of_checklists import tell_of_checklists
from bot.slack.directory import CouldNotAsk
from bot.toolbox import Toolbox
from db.cause import because_of
from db.chunks import chunks
from db.due import claim_due, find_waited_for, finish
from db.kept_apart import keep_erasures
from db.retention import find_seats
from db.store import StoreTrouble
from db.tables import Due
from db.tidying import AT_ONCE, RULES, find_unnamed, forget_unnamed, tidy

log = structlog.get_logger("jobs")

MOST_AT_ONCE = 200
"""Rows one tick carries out."""
MOST_ASKED = 50
"""People one tick asks about before it."""


def tick_due(toolbox: Toolbox) -> int:
    """Carry out what is due now, oldest first; how many rows that was."""
    _ask_about_people(toolbox)
    ask_before_replacing(toolbox)
    ask_about_sharing(toolbox)
    failed: set[int] = set()
    done = 0
    while done < MOST_AT_ONCE and not toolbox.stopping.is_set():
        claimed: list[int] = []
        carried_out: list[tuple[str, str]] = []

        def one(
            session: Session,
            claimed: list[int] = claimed,
            carried_out: list[tuple[str, str]] = carried_out,
        ) -> bool:
            now = toolbox.clock.now()
            row = claim_due(session, now=now, but_not=failed)
            if row is None or row.id is None:
                return False
            claimed[:] = [row.id]
            deed = Deed(session, now, row.workspace_id, BOT)
            with because_of(f"due:{row.id}"):
                fall_due(deed, row)
                redraw_changed(deed)
            carried_out[:] = [(row.kind, row.outcome)]
            return True

        try:
            if not toolbox.store.transact(one):
                break
        except StoreTrouble:
            raise  # no bug of the row: it is still due when the database is back
        except Exception as error:
            if not claimed:
                raise
            log.error("due row failed", due=claimed[0], error=places_of(error))
            failed.add(claimed[0])
            carried_out[:] = [(_give_up(toolbox, claimed[0]), "failed")]
        for kind, outcome in carried_out:
            toolbox.metrics.due.labels(kind, outcome or "done").inc()
            log.info("due.done", cause=f"due:{claimed[0]}", kind=kind, outcome=outcome)
        done += 1
    return done


def _ask_about_people(toolbox: Toolbox) -> None:
    """Their hours may have changed while we were away. Where Slack does not say, they are as they
    were known."""
    now = toolbox.clock.now()
    waited_for = toolbox.store.read(lambda s: find_waited_for(s, now=now, most=MOST_ASKED))
    people: dict[str, list[str]] = {}
    for workspace_id, person in waited_for:
        if workspace_id not in toolbox.clients.outdated:
            people.setdefault(workspace_id, []).append(person)
    for workspace_id, users in people.items():
        try:
            toolbox.directory.renew(workspace_id, users)
        except CouldNotAsk as trouble:
            log.info("due.people_unknown", workspace=workspace_id, why=str(trouble))


def _give_up(toolbox: Toolbox, due_id: int) -> str:
    """A bug: kept with its row, which does not come again by itself; the log has the rest. Returns
    its kind."""

    def note(session: Session) -> str:
        row = session.get(Due, due_id)
        if row is None:
            return "gone"
        finish(session, row, now=toolbox.clock.now(), outcome="failed")
        return row.kind

    return toolbox.store.transact(note)


def tick_forget(toolbox: Toolbox) -> int:
    """What is kept for a time only; how many rows went."""
    count = 0
    for rule in RULES:
        more = True
        while more and not toolbox.stopping.is_set():
            now, machine = toolbox.clock.now(), toolbox.clock.machine()
            gone = toolbox.store.transact(partial(tidy, rule=rule, now=now, machine=machine))
            count += gone
            more = gone == AT_ONCE
    toolbox.store.fold_log()
    return count


def tick_let_go(toolbox: Toolbox) -> None:
    """Reviews whose seat keeps them no longer: told of, and later taken away."""
    for seat_id in toolbox.store.read(find_seats):
        more = True
        while more and not toolbox.stopping.is_set():
            now = toolbox.clock.now()

            def step(session: Session, seat_id: int = seat_id, now: datetime = now) -> bool:
                return let_go(Deed(session, now, "", BOT), seat_id)

            more = toolbox.store.transact(step)


def tick_unnamed(toolbox: Toolbox) -> int:
    """Our copies of people whom nothing names; how many went."""
    machine = toolbox.clock.machine()
    found = toolbox.store.read(partial(find_unnamed, machine=machine))
    return sum(
        toolbox.store.transact(partial(forget_unnamed, people=some, machine=machine))
        for some in chunks(found)
    )


def tick_checklists(toolbox: Toolbox) -> None:
    """Read changed checklists; what cannot be used is logged, and the keepers told once."""
    if toolbox.checklists.reload_if_changed():
        log.warning("checklists have mistakes", count=len(toolbox.checklists.mistakes))
    mistakes = [format_mistake(mistake) for mistake in toolbox.checklists.mistakes]
    if not mistakes:
        return
    toolbox.store.transact(
        lambda session: tell_of_checklists(Deed(session, toolbox.clock.now(), "", BOT), mistakes)
    )


def tick_people(toolbox: Toolbox) -> None:
    """Is whom open reviews wait for still there, and is a seat's channel as it was? Asked once a
    day, a few at a time."""
    ask_about_channels(toolbox)
    ask_unasked(toolbox)


def tick_erasures(toolbox: Toolbox) -> None:
    """What was taken away for good is noted beside the database too, for a restore."""
    try:
        keep_erasures(toolbox.store)
    except OSError as error:
        log.warning("erasures not kept apart", error=error.strerror or type(error).__name__)


JOBS = (
    (tick_due, timedelta(seconds=1)),
    (tick_erasures, timedelta(seconds=10)),
    (tick_people, timedelta(minutes=10)),
    (tick_checklists, timedelta(seconds=10)),
    (tick_forget, timedelta(minutes=10)),
    (tick_let_go, timedelta(hours=1)),
    (tick_unnamed, timedelta(hours=6)),
)


def make_scheduler(toolbox: Toolbox) -> BackgroundScheduler:
    """Not started. `misfire_grace_time=None`: a late tick runs, it is not dropped."""
    # That a tick was skipped, since the one before still works, is no news: the rows are still due.
    quiet = logging.getLogger("customer_seat.apscheduler")
    quiet.setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(
        logger=quiet,
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job, every in JOBS:
        scheduler.add_job(
            run, "interval", args=[job, toolbox], seconds=every.total_seconds(), id=job.__name__
        )
    return scheduler


def run(job: Callable[[Toolbox], object], toolbox: Toolbox) -> None:
    """One tick of `job`. What goes wrong is told in one line: APScheduler would write the whole
    error, each second that a database is gone, with whatever words it quotes."""
    try:
        job(toolbox)
    except StoreTrouble as trouble:
        log.warning("store trouble", job=job.__name__, error=str(trouble))
    except Exception as error:
        log.error("job failed", job=job.__name__, error=places_of(error))
