"""A keeper takes words off the record: gone from what is kept, and from our messages."""

import pytest
from sqlmodel import select

from db.sweep import MARK
from db.tables import Erasure, HistoryRow, Seat
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office, ask

WORDS = "Brill Ltd in Sevilla, $120 a year"


@pytest.fixture
def at(office: Office) -> Answering:
    at = Answering(office)
    at.ana("1. Paying, on the June invoice")
    at.said = at.ana(f"3. {WORDS}")  # type: ignore[attr-defined]
    return at


def shown(office: Office) -> str:
    """Everything of ours that stands anywhere."""
    people = [m for person in office.people.values() for m in person.dm.messages]
    heads = office.pricing.messages
    return "\n".join(
        m.all_text() for head in (*heads, *people) for m in (head, *head.replies) if m.by_bot
    )


def take_off(office: Office, part: str) -> None:
    """`/customer-seat show`, its button, and both forms."""
    office.lee.command("/customer-seat", "show 1", office.pricing)
    office.press(office.lee, office.lee.ephemerals()[-1], "redact")
    assert office.lee.submit(part=part) == {}
    assert office.lee.submit(sure=["yes"]) == {}
    office.settle()


def test_the_words_are_gone_and_the_entry_stays(at: Answering) -> None:
    office = at.office
    assert WORDS in shown(office)
    assert at.kept_anywhere(WORDS)
    take_off(office, "answer:3")
    assert at.text(3) == MARK
    assert "Brill" not in shown(office)
    assert MARK in at.line(3)
    assert at.kept_anywhere("Brill") == []
    (erasure,) = office.store.read(lambda s: s.exec(select(Erasure)).all())
    assert (erasure.kind, erasure.target, erasure.by) == (
        "redacted", "1:answer:3", office.lee.id,
    )  # fmt: skip
    entries = office.store.read(
        lambda s: s.exec(select(HistoryRow).where(HistoryRow.what == "redacted")).all()
    )
    assert [(e.who, e.after) for e in entries] == [(office.lee.id, {"part": "answer:3"})]


def test_what_she_wrote_in_slack_stays_and_the_keeper_gets_its_link(at: Answering) -> None:
    office, said = at.office, at.said  # type: ignore[attr-defined]
    take_off(office, "answer:3")
    letter = office.letter(office.lee, "off the record")
    assert f"p{said.ts.replace('.', '')}?thread_ts={at.card.ts}" in str(letter.blocks)
    assert WORDS in said.text


def test_it_goes_on_as_before_and_words_said_since_stay(at: Answering) -> None:
    take_off(at.office, "answer:3")
    assert at.progress == "2 of 7"
    at.edits(at.said, "3. A shop of three")  # type: ignore[attr-defined]
    assert at.text(3) == "A shop of three"
    at.ana("2. $39, the site still says so")
    assert at.progress == "3 of 7"


def test_a_title_goes_from_the_card_and_its_former_ones_too(at: Answering) -> None:
    office = at.office
    office.opens(office.sam, at.card, "revise")
    assert office.sam.submit(title="Team plan to $45, as Brill asks") == {}
    office.settle()
    take_off(office, "field:title")
    assert "Team plan" not in shown(office)
    assert at.kept_anywhere("Team plan") == []
    assert MARK in at.card.all_text()


def test_after_the_decision_it_is_in_the_card_menu(at: Answering) -> None:
    office = at.office
    at.ana("object: Brill was promised this price")
    office.opens(office.lee, at.card, "decide")
    assert office.lee.submit(verdict="stop", because="We keep our word to Brill Ltd.") == {}
    office.settle()
    office.opens(office.lee, at.card, "redact")
    assert office.lee.submit(part="objection:1") == {}
    assert office.lee.submit(sure=["yes"]) == {}
    office.settle()
    assert "promised this price" not in shown(office)
    assert at.kept_anywhere("promised this price") == []
    assert "We keep our word to Brill Ltd." in shown(office), "another part, and still there"


def test_it_asks_once_more_and_again_where_other_words_came_meanwhile(at: Answering) -> None:
    office = at.office
    office.lee.command("/customer-seat", "show 1", office.pricing)
    office.press(office.lee, office.lee.ephemerals()[-1], "redact")
    assert office.lee.submit(part="answer:3") == {}
    assert office.lee.modal is not None
    assert WORDS in office.lee.modal.text()
    at.edits(at.said, "3. Everyone in Cádiz, we hear")  # type: ignore[attr-defined]
    assert office.lee.submit(sure=["yes"]) == {}
    assert at.text(3) == "Everyone in Cádiz, we hear"
    assert office.lee.modal is not None
    assert "Everyone in Cádiz" in office.lee.modal.text()
    assert office.lee.submit(sure=["yes"]) == {}
    office.settle()
    assert at.text(3) == MARK
    assert at.kept_anywhere("Sevilla") == at.kept_anywhere("Cádiz") == []


def test_only_a_keeper_may(at: Answering) -> None:
    office = at.office
    ask(office.ana, office.pricing, "show 1")
    assert office.ana.ephemerals()[-1].button("redact") is None
    office.lee.command("/customer-seat", "show 1", office.pricing)
    offered = office.lee.ephemerals()[-1].button("redact")
    assert offered is not None
    at.heard()
    office.choose(office.ana, at.card, "redact")
    assert office.ana.modal is None
    assert office.whispers(office.ana)[-1].startswith("Only Lee Park can take words off the record")


def test_who_keeps_the_seat_no_more_when_a_form_is_sent_takes_nothing_off(at: Answering) -> None:
    office = at.office

    def keepers(*people: str) -> None:
        office.store.transact(lambda s: setattr(s.get_one(Seat, 1), "keepers", [*people]))

    office.lee.command("/customer-seat", "show 1", office.pricing)
    office.press(office.lee, office.lee.ephemerals()[-1], "redact")
    keepers(office.dan.id)
    assert "can take words off the record of #1" in office.lee.submit(part="answer:3")["part"]
    keepers(office.lee.id)
    assert office.lee.submit(part="answer:3") == {}
    keepers(office.dan.id)
    assert "can take words off the record of #1" in office.lee.submit(sure=["yes"])["sure"]
    assert at.text(3) == WORDS
