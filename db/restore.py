"""A backup brought back into an empty database, as the beginning of a new epoch (db/epochs.py)."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import select as columns
from sqlmodel import Session

from db.backup import NoBackup, Progress, copy_rows, taken_at
from db.engines import file_of
from db.epochs import begin_epoch
from db.erasures import apply_erasures, read_erasures
from db.everywhere import tables
from db.migrate import current_revision, head_revision, is_newer, migrate
from db.store import Store, StoreTrouble
from db.tables import Epoch, Erasure


class NotEmpty(Exception):
    """The database holds something: it is not written over."""


@dataclass(frozen=True, slots=True)
class Restored:
    epoch: Epoch
    erased: int
    """How many redactions, forgotten people and ended reviews were taken away anew."""


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """A copy of the backup at this version's tables; `path` itself is only read.

    Raises NoBackup.
    """
    taken_at(path)  # that it is one
    with tempfile.TemporaryDirectory(prefix="customer-seat-") as folder:  # 0700
        copy = Path(folder) / "backup.db"
        # Not a plain copy: what is in its write-ahead log, if it has one, belongs to it.
        try:
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error:
            raise NoBackup(f"{path} is no backup of Customer Seat, or is damaged.") from None
        store = Store(f"sqlite:///{copy}")
        try:
            at = current_revision(store)
            if is_newer(at):
                raise NoBackup(f"{path} is at {at}, this version at {head_revision()}: update it.")
            migrate(store)
            yield store
        except (CommandError, StoreTrouble) as error:
            if isinstance(error, StoreTrouble) and str(copy) not in str(error):
                raise
            raise NoBackup(f"{path} is no backup of Customer Seat, or is damaged.") from None
        finally:
            store.close()
            shutil.rmtree(folder, ignore_errors=True)


def check_empty(store: Store) -> None:
    """Raises NotEmpty, StoreTrouble. Makes no file."""
    file = file_of(store.url)
    if file is not None and (not file.exists() or file.stat().st_size == 0):
        return
    at = current_revision(store)
    if at is None:
        return
    if at != head_revision():
        raise NotEmpty
    store.read(_check_no_rows)


def _check_no_rows(session: Session) -> None:
    for table in tables():
        if session.execute(columns(table).limit(1)).first() is not None:
            raise NotEmpty


def restore(
    backup: Store,
    store: Store,
    *,
    taken: datetime,
    now: datetime,
    by: str,
    known: Sequence[Erasure],
    also: Callable[[Session], object],
    progress: Progress,
) -> Restored:
    """Write everything that `backup` holds into `store`, all of it or nothing.

    `known`: what was taken away since, and is taken away anew. `also` is done in the same
    transaction. Raises NotEmpty, StoreTrouble.
    """
    check_empty(store)
    migrate(store)

    def deed(session: Session) -> Restored:
        _check_no_rows(session)
        backup.read(lambda source: copy_rows(source, session.connection(), progress))
        epoch = begin_epoch(session, taken_at=taken, now=now, by=by)
        erased = apply_erasures(session, known, now=now)
        also(session)
        return Restored(epoch, erased)

    return store.transact(deed)


def find_erasures(path: Path) -> list[Erasure]:
    """What was taken away for good, as another database or backup knows it. Raises NoBackup."""
    with opened(path) as store:
        return store.read(read_erasures)
