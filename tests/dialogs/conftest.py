import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_sqlite_url, roomy_folder
from tests.dialogs.office import Office, open_office


@pytest.fixture
def office() -> Iterator[Office]:
    """SQLite, over HTTP: what most dialogs run on."""
    # Each commit is on disk before it is acknowledged: in memory, that costs nothing.
    with (
        tempfile.TemporaryDirectory(dir=roomy_folder()) as folder,
        open_office(fresh_sqlite_url(Path(folder))) as office,
    ):
        yield office
