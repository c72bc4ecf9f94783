from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.databases import roomy_folder
from tests.replicas.processes import Nursery


@pytest.fixture(scope="package")
def nursery() -> Iterator[Nursery]:
    """One for all tests that a worker runs: it reads the program once."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory, for SQLite waits for its disk."""
    with TemporaryDirectory(prefix="customer-seat-town-", dir=roomy_folder()) as path:
        yield Path(path)
