"""Words are shown as they were typed: no mention, no link of a name, and addresses that work."""

from typing import Any

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office, ask

TYPED = "@here, #pricing says so at https://shop.example/prices?a=1&b=2"


def raw(value: Any) -> str:
    return str([message.blocks for message in value])


def test_nobody_is_called_by_what_is_typed(office: Office) -> None:
    there = Answering(office, title="Tell @channel in #pricing", why=TYPED)
    there.ana(f"1. {TYPED}")
    there.ana(f"object: {TYPED}")
    ask(office.sam, office.pricing, "list")
    ask(office.sam, office.pricing, "show 1")
    ask(office.sam, office.pricing, "@here")
    shown = [there.card, *there.card.replies]
    for person in office.people.values():
        shown += [*person.dm.messages, *person.ephemerals()]
    everything = raw(shown)
    assert "@here, #pricing says so" in everything
    assert "Tell @channel in #pricing" in everything
    for call in ("<!here", "<!channel", f"<#{office.pricing.id}|pricing> says so"):
        assert call not in everything
    assert "<https://shop.example/prices?a=1&amp;b=2>" in everything
    assert f"<#{office.pricing.id}|pricing>" in raw([there.letter])  # our own words link it
