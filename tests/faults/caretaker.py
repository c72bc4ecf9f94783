"""Who runs the bot: ends what needs somebody, and notices what shows only while it lasts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.delivery.keepers import KIND
from bot.delivery.small import WHISPER
from db.backlog import try_again
from db.tables import Lane, OutboxRow, OutboxState, Surface

OWN_PACE = timedelta(seconds=5)
"""Longer than a lane waits for a token of our own throttles."""

Leases = frozenset[tuple[str, int]]
"""Lanes with the tokens they are leased under."""


def leases(session: Session) -> Leases:
    """Not given back, run out or not."""
    rows = session.exec(select(Lane).where(col(Lane.leased_until).is_not(None)))
    return frozenset((lane.name, lane.token) for lane in rows)


def find_whisper(session: Session, channel: str) -> tuple[int | None, datetime] | None:
    """The one that is being sent there."""
    row = session.exec(
        select(OutboxRow)
        .where(
            OutboxRow.kind == WHISPER,
            OutboxRow.lane == channel,
            col(OutboxRow.sending_since).is_not(None),
        )
        .order_by(col(OutboxRow.id))
    ).first()
    return row and (row.id, row.created_at)


def find_held_back(
    session: Session, *, machine: datetime, but: str = "", only: str = ""
) -> Iterator[str]:
    """Lanes told to wait though Slack refuses nothing there: all `but` one, or `only` one."""
    for lane in session.exec(select(Lane).where(Lane.name != but)):
        is_held = lane.not_before is not None and lane.not_before > machine + OWN_PACE
        if is_held and only in ("", lane.name):
            yield f"lane {lane.name} waits for nothing"


def find_untold(session: Session) -> Iterator[str]:
    """What is parked, and no keeper was told of its cause."""
    told = {
        (surface.args.get("channel"), surface.args.get("error"))
        for surface in session.exec(select(Surface).where(Surface.kind == KIND))
    }
    for row in _parked(session):
        if (row.lane, row.error) not in told:
            yield f"parked in {row.lane}, {row.error}, and nobody was told"


def try_parked_again(session: Session, *, machine: datetime) -> None:
    """As `customer-seat outbox retry` does."""
    for row in _parked(session):
        assert row.id is not None
        try_again(session, row.id, now=machine)


def _parked(session: Session) -> list[OutboxRow]:
    wanted = select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)
    return list(session.exec(wanted.order_by(col(OutboxRow.id))))
