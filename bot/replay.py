"""Stored deliveries, once more through the same Bolt app and handlers; each counts once."""

from enum import StrEnum

from sqlmodel import Session

from bot.app import Running
from bot.web.app import dispatch
from db.failures import find_failure, mark_replayed, without_words


class Replayed(StrEnum):
    DONE = "done"
    BEFORE = "done before"
    FAILED = "failed again"
    UNKNOWN = "unknown"


def replay(running: Running, reference: str) -> Replayed:
    """Carry out the failed delivery `reference`. One that fails again stays as it is.

    Its key was never taken in, or by a repeat of Slack's that went well: either way what it says
    is done once. Raises StoreTrouble.
    """
    store, clock = running.toolbox.store, running.toolbox.clock
    row = store.read(lambda session: find_failure(session, reference))
    if row is None:
        return Replayed.UNKNOWN
    if row.replayed_at is not None:
        return Replayed.BEFORE
    dispatch(running.app, row.body, {})
    left = without_words(row.body)

    def mark(session: Session) -> bool:
        return mark_replayed(session, reference, left=left, now=clock.machine())

    return Replayed.DONE if store.transact(mark) else Replayed.FAILED
