"""Slack posts a reply whose thread is gone at the channel's root, and says ok: it does not stay."""

import pytest

from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.deleting import answers, cards, checklists
from tests.dialogs.office import PRICING, Office

POST = "chat.postMessage"


def card_alone(office: Office) -> Message:
    """The card of a review, whose checklist could not be posted yet."""
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.slack.faults.add("ratelimited", method=POST, skip=1, count=1)
    office.running.dispatcher.drain()
    (card,) = cards(office)
    return card


def strays(office: Office) -> int:
    """How many messages were taken back again."""
    return sum(
        bool((call.answer or {}).get("ok")) for call in office.slack.wire.calls("chat.delete")
    )


LOST_POST = {"kind": "drop_after", "method": POST}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({}, False),
        (LOST_POST, False),
        (LOST_POST, True),
        ({"kind": "drop_before", "method": "chat.delete"}, False),
        ({"kind": "drop_after", "method": "chat.delete"}, True),
        ({"kind": "ratelimited", "method": "chat.delete", "retry_after": 30}, True),
    ],
    ids=lambda it: " ".join(map(str, it.values())) if isinstance(it, dict) else f"told {it}",
)
def test_it_is_deleted_and_goes_under_the_new_card(
    office: Office, admin: Person, fault: dict[str, str], told: bool
) -> None:
    card = card_alone(office)
    card.record.deleted = True
    if fault:
        office.slack.faults.add(**fault, count=1)  # type: ignore[arg-type]
    if told:
        office.clock.hand.advance(2)
        office.running.dispatcher.drain()  # the stray is posted; only then Slack tells us
        card.record.deleted = False
        admin.delete(card)
    office.settle()
    office.wait(minutes=5)
    (new,) = cards(office)
    assert len(checklists(new)) == 1
    assert strays(office) >= 1
    assert not office.parked()
    office.says(office.ana, new, "1. On the June invoice")
    assert answers(office) == {1: "On the June invoice"}


def test_where_slack_deletes_nothing_the_work_goes_on_under_the_new_card(office: Office) -> None:
    card = card_alone(office)
    card.record.deleted = True
    office.slack.faults.add("error:compliance_exports_prevent_deletion", method="chat.delete")
    office.settle()
    *_, new = cards(office)
    assert len(checklists(new)) == 1
    assert not office.parked()
