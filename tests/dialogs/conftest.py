from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_sqlite_url
from tests.dialogs.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """SQLite, over HTTP: what most dialogs run on."""
    with open_office(fresh_sqlite_url(tmp_path)) as office:
        yield office
