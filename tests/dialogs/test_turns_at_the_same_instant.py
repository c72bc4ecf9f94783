"""PostgreSQL: whose turn it is, is asked by one opening at a time. (SQLite has one writer.)"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session, select

from db.tables import Seat
from playground.driver.person import Person
from tests.db.at_once import until, waits_for_lock
from tests.dialogs.office import PRICING, Office, open_office_on_postgres, speaker


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office_on_postgres() as office:
        office.set_up(office.ana, office.ben, office.cleo)
        yield office


def test_two_proposals_at_the_same_instant_get_different_advocates(office: Office) -> None:
    people = (office.sam, office.dan)
    for person in people:
        person.command("/propose-change", "", office.pricing)
        fields: dict[str, Any] = {**PRICING, "decider": office.lee}
        person.fill(**fields)

    def send(person: Person) -> object:
        return person.submit()

    with ThreadPoolExecutor(2) as pool:

        def let_both_come(session: Session) -> list[Future[object]]:
            session.exec(select(Seat).with_for_update()).one()
            sent = [pool.submit(send, person) for person in people]
            until(lambda: waits_for_lock(office.store, 2))
            return sent

        sent = office.store.transact(let_both_come)
        assert [each.result() for each in sent] == [{}, {}]
    office.settle()
    first, second = office.pricing.messages[-2:]
    assert speaker(first) != speaker(second)
