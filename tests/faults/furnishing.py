"""Opening a company: set up once in fair weather, then as many copies as there are runs."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from bot.checklists import Checklists
from bot.wording import Wording
from db.store import Store
from playground import HandClock
from playground.keeping import read_kept, write_kept
from tests.databases import fresh_sqlite_url, roomy_folder
from tests.faults.company import MONDAY, Company
from tests.faults.on_websockets import CompanyOnWebsockets, SlackOnWebsockets
from tests.faults.troubles import Fate
from tests.faults.wire import QuietSlack

BY_HTTP = (QuietSlack, Company)


@dataclass(frozen=True, slots=True)
class Furnished:
    """A company in which nothing has been proposed yet."""

    slack: str
    database: bytes
    now: float


@contextmanager
def open_company(
    fate: Fate, *, channels: int = 1, on_websockets: bool = False
) -> Iterator[Company]:
    """A company with a seat in each channel. Each is the same at the beginning."""
    furnished = _furnish(channels)
    kept = read_kept(furnished.slack)
    kind, makes = (SlackOnWebsockets, CompanyOnWebsockets) if on_websockets else BY_HTTP
    slack = kind(HandClock(furnished.now), fate, rate_limits=False, kept=kept)
    with _open(slack, fate, furnished.database, makes) as company:
        yield company


@contextmanager
def open_bare() -> Iterator[Company]:
    """Where no channel has a seat yet, and nothing goes wrong."""
    slack = QuietSlack(HandClock(MONDAY.timestamp()), Fate(), rate_limits=False)
    with _open(slack, Fate(), _migrated()) as company:
        yield company


def copy_store() -> sqlite3.Connection:
    """Of the company that is open, as it is now."""
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(_store_of_this_process()[1])) as ours:
        ours.backup(copy)
    return copy


def put_back(copy: sqlite3.Connection) -> None:
    """In its place, under the connections that are open."""
    with closing(sqlite3.connect(_store_of_this_process()[1])) as ours:
        copy.backup(ours)


@cache
def _furnish(channels: int) -> Furnished:
    slack = QuietSlack(HandClock(MONDAY.timestamp()), Fate(), rate_limits=False)
    with _open(slack, Fate(), _migrated()) as company:
        for number in range(channels):
            _set_up(company, f"pricing-{number}")
        company.settle()
        with closing(sqlite3.connect(_store_of_this_process()[1])) as connection:
            database = connection.serialize()
        return Furnished(write_kept(slack.world, slack.post), database, slack.hand.now())


@contextmanager
def _open(
    slack: QuietSlack, fate: Fate, database: bytes, makes: type[Company] = Company
) -> Iterator[Company]:
    with (
        slack,
        patch("bot.slack.connections.Connections.send", slack.send),
        patch("bot.app.Wording", _wording),
        patch("bot.app.Checklists", _checklists),
    ):
        company = makes(slack, _fresh_store(database), fate)
        try:
            yield company
        finally:
            company.close()


# Read once for all runs: they are the same in each life.
_wording, _checklists = cache(Wording), cache(Checklists)


def _set_up(company: Company, name: str) -> None:
    people = [company.sam, *company.roster, company.lee]
    channel = company.slack.add_channel(name, members=people)
    company.channels.append(channel)
    company.lee.command("/customer-seat", "setup", channel)
    assert company.lee.submit(roster=list(company.roster)) == {}


def _fresh_store(database: bytes) -> Store:
    """In the same file each time, not another of its name: that the store would notice."""
    store, path = _store_of_this_process()
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink(missing_ok=True)
    path.write_bytes(database)
    return store


@cache
def _store_of_this_process() -> tuple[Store, Path]:
    folder = Path(tempfile.mkdtemp(prefix="customer-seat-faults-", dir=roomy_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Store(f"sqlite:///{folder / 'run.db'}"), folder / "run.db"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(dir=roomy_folder()) as folder:
        url = fresh_sqlite_url(Path(folder))
        return Path(url.removeprefix("sqlite:///")).read_bytes()
