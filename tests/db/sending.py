"""One dispatcher, by hand: claim a lane, take its next row, send it."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.backlog import open_lane
from db.lanes import Claimed, claim_lane, done, next_row, start_sending
from db.outbox import queue_reaction
from db.store import Store
from db.tables import OutboxRow, Surface
from tests.db.rows import NOW, C, T

LEASE = timedelta(seconds=30)
KINDS = ("surface", "react")


def claim(
    store: Store,
    now: datetime = NOW,
    kinds: tuple[str, ...] = KINDS,
    workspaces: tuple[str, ...] | None = None,
) -> Claimed | None:
    return store.transact(
        lambda s: claim_lane(s, now=now, lease=LEASE, kinds=kinds, workspaces=workspaces)
    )


def claimed(store: Store, now: datetime = NOW, kinds: tuple[str, ...] = KINDS) -> Claimed:
    lane = claim(store, now, kinds)
    assert lane is not None
    return lane


def upcoming(store: Store, lane: Claimed, now: datetime = NOW) -> OutboxRow:
    row = store.read(lambda s: next_row(s, lane, now=now))
    assert row is not None
    return row


def send(store: Store, lane: Claimed, row: OutboxRow, ts: str | None = None) -> bool:
    store.transact(lambda s: start_sending(s, row, lane, now=NOW))
    return store.transact(lambda s: done(s, row, lane, now=NOW, ts=ts))


def react(store: Store, name: str, channel_id: str = C) -> None:
    store.transact(
        lambda s: queue_reaction(
            s, workspace_id=T, channel_id=channel_id, ts="1.1", name=name, now=NOW
        )
    )


def open_now(store: Store) -> None:
    store.transact(lambda s: open_lane(s, workspace_id=T, name=C))


def surface_of(store: Store, row: OutboxRow) -> Surface:
    def find(session: Session) -> Surface:
        return session.get_one(Surface, row.surface_id)

    return store.read(find)
