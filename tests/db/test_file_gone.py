"""A SQLite file deleted or replaced under us: nothing is done in it, nothing acknowledged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.web.health import make_checks
from db.store import Store, StoreUnreachable
from tests.databases import fresh_sqlite_url
from tests.db.rows import add_workspace
from tests.dialogs.office import open_office


def delete(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    copy.rename(path)


LOST = pytest.mark.parametrize("lose", [delete, replace])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(fresh_sqlite_url(tmp_path).removeprefix("sqlite:///"))


@LOST
def test_nothing_more_is_done_in_it(path: Path, lose: Callable[[Path], None]) -> None:
    store = Store(f"sqlite:///{path}")
    checks = make_checks(store, dispatcher_is_alive=lambda: True)
    assert checks() == {"database": True, "migrations": True, "dispatcher": True}
    kept = path.with_suffix(".kept")
    kept.hardlink_to(path)
    lose(path)
    done: list[int] = []
    with pytest.raises(StoreUnreachable, match="deleted or replaced"):
        store.transact(lambda _: done.append(1))
    with pytest.raises(StoreUnreachable):
        store.read(lambda s: s.execute(text("SELECT 1")))
    assert checks()["database"] is False
    assert done == []
    assert path.exists() is (lose is replace), "none is made anew"
    kept.replace(path)
    assert checks()["database"] is True, "put back"
    store.close()


@LOST
def test_a_commit_into_it_is_none(path: Path, lose: Callable[[Path], None]) -> None:
    store = Store(f"sqlite:///{path}")

    def deed(session: Session) -> None:
        add_workspace(session)
        lose(path)

    with pytest.raises(StoreUnreachable):
        store.transact(deed)
    store.close()


def test_slack_is_asked_to_try_again(path: Path) -> None:
    with open_office(f"sqlite:///{path}") as office:
        office.set_up(office.ana, office.ben)
        office.propose()
        letter = office.letter(office.ana, "you're the customer")
        path.rename(path.with_suffix(".lost"))
        assert office.ana.press(letter, "dont_know").error
        assert path.with_suffix(".lost").exists()
        assert not path.exists()
        path.with_suffix(".lost").rename(path)
        office.settle()
