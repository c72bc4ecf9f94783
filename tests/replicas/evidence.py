"""What a run leaves behind when something was found: all rows, and all that went over the wire.

The next run of the same seed is another run, so what is not kept cannot be looked up.
"""

import dataclasses
import json
from pathlib import Path

from sqlmodel import Session, SQLModel, select

from tests.replicas.town import Town


def keep_evidence(town: Town, folder: Path) -> None:
    """`wire.jsonl` in its order, and a file of rows for each table."""
    with (folder / "wire.jsonl").open("w") as file:
        for exchange in town.slack.wire:
            file.write(json.dumps(dataclasses.asdict(exchange), default=str) + "\n")
    town.eye.read(lambda session: _keep_rows(session, folder))


def _keep_rows(session: Session, folder: Path) -> None:
    for table in SQLModel.metadata.sorted_tables:
        rows = session.execute(select(*table.columns)).mappings()
        lines = [json.dumps(dict(row), default=str) for row in rows]
        (folder / f"{table.name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
