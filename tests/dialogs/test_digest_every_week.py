"""The digest comes every week, at its local time, once."""

from tests.dialogs.office import Office


def digests(office: Office) -> list[str]:
    return [m.text for m in office.pricing.messages if "Customer seat, #" in m.text]


def test_it_comes_again_the_week_after(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.propose()
    for week in (1, 2, 3):
        office.wait(days=7)
        assert len(digests(office)) == week


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
