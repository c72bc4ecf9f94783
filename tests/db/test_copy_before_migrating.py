"""A SQLite file is copied before it is migrated, so that a migration can be taken back."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from db.backup import taken_at
from db.migrate import COPIES, current_revision, head_revision, migrate, undo
from db.restore import opened
from db.store import Store
from db.tables import Workspace
from tests.databases import fresh_sqlite_url
from tests.db.rows import T, add_workspace


def test_as_it_was_for_its_user_alone_and_the_last_few(tmp_path: Path) -> None:
    path = Path(fresh_sqlite_url(tmp_path).removeprefix("sqlite:///"))
    with closing(Store(f"sqlite:///{path}")) as store:
        store.transact(add_workspace)
        undo(store, "0013")
        for number in range(1, 5):
            path.with_name(f"{path.name}.before-000{number}").touch()
        migrate(store)
        copy = path.with_name(f"{path.name}.before-{head_revision()}")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with closing(sqlite3.connect(copy)) as kept:
            assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0013",)
            assert kept.execute("SELECT id FROM workspace").fetchone() == (T,)
        names = sorted(each.name for each in tmp_path.glob("*.before-*"))
        assert len(names) == COPIES
        assert names[-1] == copy.name
        changed = copy.stat().st_mtime_ns
        migrate(store)
        assert copy.stat().st_mtime_ns == changed, "nothing was missing"
    assert taken_at(copy) is None, "it has heard nothing yet"
    with opened(copy) as restored:
        assert current_revision(restored) == head_revision()
        assert restored.read(lambda s: s.get_one(Workspace, T).id) == T


def test_a_new_file_has_no_copy(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'new.db'}")) as store:
        migrate(store)
    assert list(tmp_path.glob("*.before-*")) == []
