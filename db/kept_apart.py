"""Erasures, written beside a SQLite database too: a file that a restored backup doesn't know of.

No words and no id of a forgotten person is in it: rows of `erasure`, one a line, as JSON.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from db.engines import file_of, make_private
from db.erasures import read_erasures
from db.store import Store
from db.tables import Erasure


def erasures_file(url: URL) -> Path | None:
    """None: PostgreSQL, whose erasures are read from the database that is replaced."""
    file = file_of(url)
    return file.with_name(f"{file.name}.erasures") if file is not None else None


def read_kept(path: Path) -> list[Erasure]:
    """None for no file. A line that can't be read is left out: it was not written whole."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            row = json.loads(line)
            found.append(Erasure(**{**row, "at": datetime.fromisoformat(row["at"])}))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def keep_erasures(store: Store) -> int:
    """Add those that the file has not. How many. Raises OSError, StoreTrouble."""
    path = erasures_file(store.url)
    if path is None:
        return 0
    rows = store.read(read_erasures)
    if not rows:
        return 0
    known = {row.id for row in read_kept(path)}
    new = [row for row in rows if row.id not in known]
    if new:
        _append(path, new)
    return len(new)


def _append(path: Path, rows: Iterable[Erasure]) -> None:
    make_private(path)
    with path.open("a", encoding="utf-8") as file:
        for row in rows:
            # A line of its own, whatever stands before it.
            file.write("\n" + json.dumps({**row.model_dump(), "at": row.at.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())
