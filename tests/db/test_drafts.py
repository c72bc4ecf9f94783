"""What was typed and could not be taken: two processes may have it in hand at once."""

import pytest
from sqlmodel import Session

from bot.reviews.deed import Deed
from bot.reviews.drafts import drop_draft, has_draft, keep_draft
from db.store import Store
from db.tables import Draft
from tests.db.at_once import together
from tests.db.rows import NOW, C, T, add_workspace

ANA, FORM = "U1", "propose_change"


def by_ana(session: Session) -> Deed:
    return Deed(session, NOW, T, ANA)


@pytest.mark.parametrize("database", ["postgres"])
def test_dropping_what_another_process_just_dropped_is_nothing(store: Store) -> None:
    def begin(session: Session) -> None:
        add_workspace(session)
        keep_draft(by_ana(session), FORM, C, {"title": "From $39 to $49"})

    def drop(session: Session) -> None:
        drop_draft(by_ana(session), FORM, C)

    def drop_later(session: Session) -> None:
        # Held, so that the session still knows it when it is gone.
        held = session.get(Draft, (T, ANA, FORM, C))
        assert held is not None
        assert not together(1, lambda _: store.transact(drop))
        drop(session)

    store.transact(begin)
    store.transact(drop_later)
    assert not store.read(lambda s: has_draft(by_ana(s), FORM, C))
