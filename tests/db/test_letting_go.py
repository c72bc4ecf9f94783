"""Reviews that go at the end of their time, from several processes at once."""

from datetime import timedelta

from sqlmodel import Session, select

from bot.reviews.deed import BOT, Deed
from bot.reviews.let_go import let_go
from db.retention import AT_ONCE
from db.store import Store
from db.tables import Erasure, Membership, OutboxRow, Person, ReviewRow, Seat, Surface
from tests.db.at_once import together
from tests.db.rows import NOW, C, T, add_review, add_seat

MANY = 2 * AT_ONCE + 3
THEN = NOW + timedelta(days=365)


def begin(session: Session) -> None:
    seat = add_seat(session)
    seat.keepers, seat.keep_months = ["U0KEEPER01"], 12
    session.add(Person(workspace_id=T, id="U0KEEPER01", name="Kim Wu", checked_at=NOW))
    session.add(Membership(workspace_id=T, channel_id=C, person_id="U0KEEPER01", checked_at=NOW))
    for _ in range(MANY):
        add_review(session, seat, state="closed")


def at(store: Store, days: int) -> None:
    """Three processes have their hour at the same moment."""
    now = THEN + timedelta(days=days)

    def all_steps(_: int) -> None:
        while store.transact(lambda s: let_go(Deed(s, now, "", BOT), 1)):
            pass

    assert together(3, all_steps) == []


def sent(session: Session) -> None:
    (surface,) = session.exec(select(Surface)).all()
    surface.ts = "9.9"


def test_each_goes_once_and_is_told_of_once(store: Store) -> None:
    store.transact(begin)
    at(store, 0)
    assert len(store.read(lambda s: s.exec(select(OutboxRow)).all())) == 1
    store.transact(sent)
    at(store, 29)
    assert len(store.read(lambda s: s.exec(select(ReviewRow)).all())) == MANY
    at(store, 30)
    assert store.read(lambda s: s.exec(select(ReviewRow)).all()) == []
    gone = store.read(lambda s: s.exec(select(Erasure.target)).all())
    assert sorted(gone, key=int) == [str(number) for number in range(1, MANY + 1)]
    assert store.read(lambda s: s.get_one(Seat, 1).last_number) == MANY
