"""The digest comes every week, at its local time, once."""

from bot.jobs.ticks import tick_due
from tests.dialogs.office import Office


def digests(office: Office) -> list[str]:
    return [m.text for m in office.pricing.messages if "Customer seat, #" in m.all_text()]


def test_it_comes_again_the_week_after(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.propose()
    for week in (1, 2, 3):
        office.wait(days=7)
        assert len(digests(office)) == week


def test_what_was_decided_is_told_even_when_the_message_is_sent_a_minute_late(
    office: Office,
) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.sam)
    menu = next(o for b in card.buttons() for o in b.get("options", []) if "decide:" in o["value"])
    office.press(office.sam, card, "more", option=menu["value"])
    assert office.sam.submit(verdict="stop", because="Not this year.") == {}
    office.settle()
    office.clock.hand.advance(7 * 24 * 3600 - 3600)
    tick_due(office.running.toolbox)
    office.clock.hand.advance(60)
    office.settle()
    assert "Decided" in digests(office)[0]


def test_a_changed_time_moves_it_and_it_still_comes_once(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.propose()
    office.set_up(office.ana, office.ben, digest_day="fri", digest_time="15:00")
    office.wait(days=4, hours=4)
    assert len(digests(office)) == 0, "Friday, 14:00 in Madrid"
    office.wait(hours=2)
    assert len(digests(office)) == 1
    office.wait(days=6)
    assert len(digests(office)) == 1
