import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.driver.message import Message
from playground.driver.person import Person
from tests.databases import fresh_sqlite_url, roomy_folder
from tests.dialogs.deciding import answer_in_one_form
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


@pytest.fixture
def seated(office: Office) -> Office:
    """The seat is set up, with Ana, Ben and Cleo."""
    office.set_up(office.ana, office.ben, office.cleo)
    return office


@pytest.fixture
def card(office: Office) -> Message:
    """The seat is set up, Sam has proposed, Ana sits, Lee decides."""
    office.set_up(office.ana, office.ben)
    return office.propose()


@pytest.fixture
def heard(office: Office, card: Message) -> Message:
    """Ana has answered, and confirmed what she would say."""
    answer_in_one_form(office)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    return card


@pytest.fixture
def admin(office: Office) -> Person:
    return office.slack.add_person("Ada Min", tz="Europe/Madrid", admin=True)
