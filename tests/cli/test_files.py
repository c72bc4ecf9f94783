"""What is kept on disk is for its user alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.migrate import migrate
from db.store import Store
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A umask that would let everyone in."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_database_is_made_for_its_user_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/seat.db")
    try:
        migrate(store)
        made = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    finally:
        store.close()
    assert made == dict.fromkeys(("seat.db", "seat.db-wal", "seat.db-shm"), 0o600)


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "seat.db"
    path.touch(0o640)
    store = Store(f"sqlite:///{path}")
    migrate(store)
    store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_doctor_names_what_others_may_open(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///seat.db")
    (tmp_path / "seat.db").touch(0o600)
    assert "Only their user may read what is kept here." in run("doctor").output
    (tmp_path / "seat.db").chmod(0o604)
    (tmp_path / ".env").touch(0o644)
    said = run("doctor").output
    assert f"Others on this machine may open .env, {tmp_path}/seat.db." in said
    assert f"chmod 600 .env {tmp_path}/seat.db" in said
