"""A channel gets another id: nothing is left behind under the old one."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from db.lanes import StaleLease, claim_lane, next_row, start_sending
from db.moving import move_channel
from db.outbox import queue_reaction, queue_surface
from db.store import Store
from db.tables import (
    Channel,
    DeliveryFailed,
    Draft,
    EarlyMessage,
    Lane,
    Membership,
    OutboxRow,
    ReviewRow,
    Seat,
    Surface,
    ThreadMessage,
)
from tests.db.rows import NOW, C, T, add_review

NEW = "C2NEW"
LEASE = timedelta(seconds=30)


def move(session: Session) -> bool:
    return move_channel(session, workspace_id=T, old=C, new=NEW, checked_at=NOW)


def fill(session: Session) -> None:
    """One of everything that names a channel."""
    review = add_review(session)
    of = {"workspace_id": T, "channel_id": C}
    if session.get(Channel, (T, C)) is None:
        session.add(Channel(workspace_id=T, id=C, name="secret", checked_at=NOW))
    session.add_all(
        [
            Membership(**of, person_id="U1", checked_at=NOW),
            Draft(**of, person_id="U1", form="propose_change", at=NOW),
            EarlyMessage(**of, ts="1.0", thread_ts="0.5", by="U1", version="1.0", kept_at=NOW),
            ThreadMessage(**of, ts="2.0", review_id=review.id, version="2.0"),
            DeliveryFailed(
                reference="r",
                workspace_id=T,
                at=NOW,
                body={"event": {"type": "message", "channel": C, "text": C + " is old"}},
            ),
        ]
    )
    queue_surface(
        session, workspace_id=T, kind="card", key="card", channel_id=C, review_id=review.id, now=NOW
    )
    queue_surface(
        session, workspace_id=T, kind="parked_for_keeper", key="parked", person_id="U9",
        args={"channel": C, "error": "is_archived", "what": "card"}, now=NOW,
    )  # fmt: skip
    queue_reaction(session, workspace_id=T, channel_id=C, ts="2.0", name="eyes", now=NOW)


def values(store: Store) -> dict[str, list[Any]]:
    """Every value of every table, as text."""

    def read(session: Session) -> dict[str, list[Any]]:
        return {
            name: [str(value) for row in session.execute(select(table)) for value in row]
            for name, table in SQLModel.metadata.tables.items()
        }

    return store.read(read)


def test_everything_that_names_it_moves_along(store: Store) -> None:
    store.transact(fill)
    before = values(store)
    named = {name for name, found in before.items() if any(C in value for value in found)}
    assert store.transact(move) is True
    after = values(store)
    assert {name for name, found in after.items() if C in found} == set()
    assert {name for name, found in after.items() if any(NEW in v for v in found)} == named
    assert {name: len(found) for name, found in after.items()} == {
        name: len(found) for name, found in before.items()
    }
    kept = store.read(lambda s: s.exec(select(DeliveryFailed)).one())
    assert kept.body["event"] == {"type": "message", "channel": NEW, "text": C + " is old"}
    letter = store.read(
        lambda s: s.exec(select(Surface).where(Surface.kind == "parked_for_keeper")).one()
    )
    assert letter.args["channel"] == NEW


def test_what_is_known_under_the_new_id_already_stays(store: Store) -> None:
    def known(session: Session) -> None:
        fill(session)
        session.add(Channel(workspace_id=T, id=NEW, name="new name", checked_at=NOW))
        of = {"workspace_id": T, "channel_id": NEW}
        session.add(Membership(**of, person_id="U1", is_member=False, checked_at=NOW))
        session.add(Lane(workspace_id=T, name=NEW, token=7))

    store.transact(known)
    assert store.transact(move) is True
    assert store.read(lambda s: s.get_one(Channel, (T, NEW)).name) == "new name"
    assert store.read(lambda s: s.get_one(Membership, (T, NEW, "U1")).is_member) is False
    assert store.read(lambda s: s.get_one(Lane, (T, NEW)).token) == 7
    assert store.read(lambda s: s.get(Lane, (T, C))) is None


def test_a_channel_with_a_seat_of_its_own_takes_no_other(store: Store) -> None:
    def known(session: Session) -> None:
        fill(session)
        session.add(Seat(workspace_id=T, channel_id=NEW, created_by="U9", created_at=NOW))

    store.transact(known)
    before = values(store)
    assert store.transact(move) is False
    assert values(store) == before


def test_other_channels_and_workspaces_stay_as_they_are(store: Store) -> None:
    def known(session: Session) -> None:
        fill(session)
        of = {"checked_at": NOW, "person_id": "U1"}
        session.add(Membership(workspace_id=T, channel_id="C9", **of))

    store.transact(known)
    store.transact(move)
    assert store.read(lambda s: s.get(Membership, (T, "C9", "U1"))) is not None


def test_whoever_was_sending_there_has_lost_the_lane_and_it_is_looked_for(store: Store) -> None:
    store.transact(fill)
    claimed = store.transact(
        lambda s: claim_lane(s, now=NOW, lease=LEASE, kinds=("surface", "react"))
    )
    assert claimed is not None
    row = store.read(lambda s: next_row(s, claimed, now=NOW))
    assert row is not None
    row = store.transact(lambda s: start_sending(s, row, claimed, now=NOW))
    store.transact(move)
    try:
        store.transact(lambda s: start_sending(s, row, claimed, now=NOW))
        raise AssertionError("the lane was not lost")
    except StaleLease:
        pass
    moved = store.read(lambda s: s.get_one(OutboxRow, row.id))
    assert moved.lane == (NEW if claimed.lane == C else claimed.lane)
    assert moved.sending_since is not None
    assert store.read(lambda s: s.exec(select(col(ReviewRow.channel_id))).all()) == [NEW]
