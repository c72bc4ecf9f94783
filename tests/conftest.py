"""What every suite shares: databases, and a guard that keeps tests from sleeping."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties

from db.store import Store
from tests.databases import (
    drop_postgres,
    empty_postgres_url,
    fresh_postgres_url,
    fresh_sqlite_url,
)

LONGEST_SLEEP = 0.2
HOME = Path(__file__).parent.parent

_sleep = time.sleep

# Properties: a busy machine takes a third of a second for what is a millisecond's work, and
# Hypothesis fails at 0.2 s. What truly hangs, as a bad pattern does, is found at five.
properties.register_profile(
    "busy machine",
    deadline=5000,
    suppress_health_check=[HealthCheck.too_slow],
)
properties.load_profile("busy machine")


class SleptTooLong(AssertionError):
    pass


def _guarded_sleep(seconds: float) -> None:
    caller = Path(sys._getframe(1).f_code.co_filename)
    ours = caller.is_relative_to(HOME) and "site-packages" not in caller.parts
    if ours and seconds > LONGEST_SLEEP:
        raise SleptTooLong(f"{caller.relative_to(HOME)} sleeps {seconds} s: inject the duration")
    _sleep(seconds)


@pytest.fixture(autouse=True)
def _no_long_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own code only: what a library does in its threads is its business."""
    monkeypatch.setattr(time, "sleep", _guarded_sleep)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database: a test that asks for `store` or `empty_store` runs once on each."""
    return str(request.param)


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    """A migrated database of the test's own."""
    url = fresh_sqlite_url(tmp_path) if database == "sqlite" else fresh_postgres_url()
    yield from _opened(url)


@pytest.fixture
def empty_store(database: str, tmp_path: Path) -> Iterator[Store]:
    """A database without tables."""
    url = f"sqlite:///{tmp_path / 'empty.db'}" if database == "sqlite" else empty_postgres_url()
    yield from _opened(url)


def _opened(url: str) -> Iterator[Store]:
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
        if not store.is_sqlite:
            drop_postgres(url)
