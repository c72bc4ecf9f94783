"""A company of an older version, opened: its database as a file, and Slack as it was left."""

import json
import lzma
import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

import psycopg
from alembic import command
from pydantic import TypeAdapter
from sqlalchemy import MetaData, text

from db.migrate import alembic_config
from db.store import Store
from playground import HandClock, Playground
from playground.state.records import TeamRecord
from tests.practice import UNHURRIED

HERE = Path(__file__).parent
REVISION = "0002"
"""The newest migration of the code that left the file."""
TOKEN = "xoxb-as-it-was"


@cache
def _slack() -> tuple[str, datetime]:
    """The team as JSON, and the last moment of its story."""
    kept = json.loads(lzma.decompress((HERE / "slack.json.xz").read_bytes()))
    return json.dumps(kept["team"] | {"bot_token": TOKEN}), datetime.fromisoformat(kept["at"])


def last_moment() -> datetime:
    return _slack()[1]


def open_slack() -> Playground:
    """At the last moment, with everybody and everything as it was. To be entered."""
    team, at = _slack()
    slack = Playground(clock=HandClock(at.timestamp()), rate_limits=False, durations=UNHURRIED)
    record = TypeAdapter(TeamRecord).validate_json(team)  # a field added since has its default
    slack.world.teams = {record.id: record}
    slack.team.record = record
    slack.world.names.made, slack.world.names.last_us = 36**6, int(at.timestamp() * 1_000_000)
    return slack


def put_sqlite(folder: Path) -> str:
    """The file itself; its address."""
    path = folder / "company.db"
    path.write_bytes(lzma.decompress((HERE / "company.db.xz").read_bytes()))
    return f"sqlite:///{path}"


def put_postgres(url: str, folder: Path) -> str:
    """The same rows in the tables of their version, into an empty database."""
    store = Store(url)
    with store.alone() as connection:
        command.upgrade(alembic_config(connection), REVISION)
        tables = MetaData()
        tables.reflect(connection)
        names = [table.name for table in tables.sorted_tables if table.name != "alembic_version"]
        counted = [name for name in names if "id" in tables.tables[name].c]
    path = put_sqlite(folder).removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as file, psycopg.connect(url) as copy:
        copy.execute("SET TIME ZONE 'UTC'")  # SQLite's times have no zone, and are in this one
        for name in names:
            _copy(file, copy, name)
    with store.alone() as connection:
        for name in counted:
            serial = f"pg_get_serial_sequence('{name}', 'id')"
            last = f'SELECT setval({serial}, max(id)) FROM "{name}" HAVING max(id) IS NOT NULL'
            if connection.execute(text(f"SELECT {serial}")).scalar():
                connection.execute(text(last))
    store.close()
    return url


def _copy(file: sqlite3.Connection, to: psycopg.Connection, name: str) -> None:
    rows = file.execute(f'SELECT * FROM "{name}"')
    columns = ", ".join(f'"{column[0]}"' for column in rows.description)
    with to.cursor().copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([None if value is None else str(value) for value in row])
