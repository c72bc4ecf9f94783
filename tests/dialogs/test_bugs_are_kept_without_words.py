"""A bug in handling an event: it is kept for a replay, but never what somebody else wrote."""

import json

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.handlers import hear_thread
from bot.reviews.deed import Deed
from db.tables import DeliveryFailed
from tests.dialogs.office import Office


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the words: it would surprise her")

    monkeypatch.setattr(hear_thread, "hear_reply", broken)


def failed(office: Office) -> list[DeliveryFailed]:
    return list(office.store.read(lambda s: s.exec(select(DeliveryFailed)).all()))


@pytest.mark.usefixtures("_broken")
def test_an_advocates_words_are_kept_whole_so_that_they_can_be_replayed(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.says(office.ana, card, "it would surprise her")
    (row,) = failed(office)
    assert "it would surprise her" in json.dumps(row.body)
    assert row.reference
    assert "it would surprise her" not in row.error


def test_what_the_database_refuses_is_kept_with_its_code(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The class alone tells a lost connection from a deadlock as little as from a wrong query."""

    def broken(deed: Deed, *_: object, **__: object) -> None:
        deed.session.execute(text("SELECT nobody FROM review"))

    monkeypatch.setattr(hear_thread, "hear_reply", broken)
    office.set_up(office.ana, office.ben)
    office.says(office.ana, office.propose(), "it would surprise her")
    (row,) = failed(office)
    assert row.error.startswith("OperationalError SQLITE_ERROR < ")


@pytest.mark.usefixtures("_broken")
def test_what_others_wrote_is_not_kept(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    message = office.says(office.dan, card, "a secret of mine")
    office.says(office.dan, card, "another secret")
    (row, _) = failed(office)
    assert "secret" not in json.dumps(row.body)
    assert row.body["event"]["ts"] == message.ts
