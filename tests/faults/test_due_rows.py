"""What falls due while the database is gone for a moment falls due when it is back."""

from contextlib import suppress
from typing import Any
from unittest.mock import patch

from sqlmodel import Session, select

from bot.jobs.ticks import tick_due
from db.due import next_due_at
from db.store import StoreUnreachable
from db.tables import Due
from tests.faults.furnishing import open_company
from tests.faults.troubles import Fate


def test_a_commit_that_the_database_did_not_take_is_no_bug_of_the_due_row() -> None:
    with open_company(Fate()) as company:
        due_at = company.eye.read(next_due_at)
        assert due_at is not None
        company.hand.advance((due_at - company.clock.now()).total_seconds())
        toolbox = company.live().toolbox
        really, calls = toolbox.store.transact, []

        def lost_at_first(deed: Any) -> Any:
            calls.append(deed)
            if len(calls) > 1:
                return really(deed)

            def undone(session: Session) -> None:
                deed(session)
                raise StoreUnreachable("lost in the commit")

            return really(undone)

        with patch.object(toolbox.store, "transact", lost_at_first), suppress(StoreUnreachable):
            tick_due(toolbox)
        tick_due(toolbox)
        outcomes = company.eye.read(lambda s: s.exec(select(Due.outcome)).all())
    assert "failed" not in outcomes
    assert "done" in outcomes
