from collections.abc import Iterator

import pytest

from tests.access.furnished import House, open_house


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """No longer than a module: calls to Slack are function calls while it stands."""
    with open_house() as house:
        yield house
