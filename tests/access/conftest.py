from collections.abc import Iterator

import pytest

from tests.access.furnished import House, open_house


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with open_house() as house:
        yield house
