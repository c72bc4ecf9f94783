"""Replies in threads we don't know: kept for who may be under our card, and for nobody else."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from db.catch_up import EARLY
from db.early import keep, look_again, may_be_ours, take_early
from db.store import Store
from db.tables import Due, EarlyMessage, Surface
from db.tidying import HOUR
from tests.db.at_once import until
from tests.db.rows import NOW, C, T, add_review
from tests.db.tidied import tidied


@pytest.fixture
def card(store: Store) -> int:
    """Unsent, as far as we know; U5 has the seat."""

    def add(session: Session) -> int:
        review = add_review(session, advocate="U5")
        surface = Surface(workspace_id=T, kind="card", key="card", channel_id=C,
                          review_id=review.id)  # fmt: skip
        session.add(surface)
        session.flush()
        return surface.id or 0

    return store.transact(add)


def ours(session: Session, *, by: str = "U5", head_by: str = "") -> bool:
    return may_be_ours(
        session, workspace_id=T, channel_id=C, thread_ts="10.000001", by=by, head_by=head_by
    )


def early(version: str = "11.000001", **fields: object) -> EarlyMessage:
    told = {"text": f"words of {version}", **fields}
    return EarlyMessage(workspace_id=T, channel_id=C, ts="11.000001", thread_ts="10.000001",
                        by="U5", version=version, kept_at=NOW, **told)  # fmt: skip


def store_ts(session: Session, card: int, ts: str = "10.000001") -> None:
    surface = session.get_one(Surface, card, with_for_update=True, populate_existing=True)
    surface.ts = ts
    session.add(surface)
    look_again(session, surface, ts=ts, now=NOW)


def due(store: Store) -> list[str]:
    return list(store.read(lambda s: s.exec(select(Due.kind)).all()))


def test_only_the_advocates_and_only_under_what_may_be_ours(store: Store, card: int) -> None:
    assert store.transact(ours)
    assert not store.transact(lambda s: ours(s, by="U6"))
    assert not store.transact(lambda s: ours(s, head_by="U7"))
    store.transact(lambda s: store_ts(s, card, "10.000002"))
    assert not store.transact(ours)


def test_the_newest_version_is_kept_and_a_deletion_wins(store: Store, card: int) -> None:
    for version in ("12.000001", "11.000001"):
        store.transact(lambda s, version=version: keep(s, early(version)))
    kept = store.read(lambda s: s.exec(select(EarlyMessage)).one())
    assert kept.text == "words of 12.000001"
    store.transact(lambda s: keep(s, early("11.500000", deleted=True, text="")))
    store.transact(lambda s: keep(s, early("13.000001")))
    kept = store.read(lambda s: s.exec(select(EarlyMessage)).one())
    assert (kept.deleted, kept.text) == (True, "")


def test_taken_once(store: Store, card: int) -> None:
    store.transact(lambda s: keep(s, early()))

    def take(session: Session) -> int:
        return len(take_early(session, workspace_id=T, channel_id=C, thread_ts="10.000001"))

    assert [store.transact(take), store.transact(take)] == [1, 0]


def test_it_is_looked_at_again_only_when_something_was_kept(store: Store, card: int) -> None:
    store.transact(lambda s: store_ts(s, card))
    assert due(store) == []
    store.transact(lambda s: keep(s, early()))
    store.transact(lambda s: store_ts(s, card))
    assert due(store) == [EARLY]


def test_forgotten_after_an_hour(store: Store, card: int) -> None:
    store.transact(lambda s: keep(s, early()))
    for age, left in ((HOUR, 1), (HOUR + timedelta(seconds=1), 0)):
        store.transact(lambda s, age=age: tidied(s, EarlyMessage, NOW + age))
        assert len(store.read(lambda s: s.exec(select(EarlyMessage)).all())) == left


@pytest.mark.parametrize("database", ["postgres"])
def test_kept_while_the_ts_is_being_stored_it_is_looked_at_again(store: Store, card: int) -> None:
    keeping, stored = threading.Event(), threading.Event()

    def keep_slowly(session: Session) -> None:
        assert ours(session)
        keeping.set()
        stored.wait(0.1)  # the other waits for our lock, so this runs out
        keep(session, early())

    def store_it() -> None:
        store.transact(lambda s: store_ts(s, card))
        stored.set()

    first = threading.Thread(target=lambda: store.transact(keep_slowly))
    first.start()
    until(keeping.is_set)
    store_it()
    first.join()
    assert due(store) == [EARLY]
