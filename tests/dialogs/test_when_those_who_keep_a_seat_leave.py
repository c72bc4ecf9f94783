"""A seat goes on when those who look after it are gone, and somebody else can take it over."""

from playground.driver.person import Person
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, ask


def an_admin(office: Office) -> Person:
    admin = office.slack.add_person("Ada Min", tz="Europe/Madrid", admin=True)
    admin.join(office.pricing)
    office.settle()
    return admin


def test_an_admin_takes_over_at_once_and_the_channel_is_told_once(office: Office) -> None:
    admin = an_admin(office)
    office.set_up(office.ana, office.ben)
    ears = Ears(office)
    office.lee.deactivate()
    office.settle()
    office.wait(seconds=5)
    assert ears.new() == ["#pricing"]
    assert "Nobody looks after this channel's customer seat any more" in ears.texts["#pricing"]
    assert "from Mon 9 Mar on" in ears.texts["#pricing"]
    told = office.pricing.messages[-1]
    assert "Everyone who kept this seat has left" in ask(office.ben, office.pricing, "setup")
    ask(admin, office.pricing, "setup")
    assert admin.modal is not None
    assert admin.submit(answer_within="3") == {}
    office.settle()
    assert "Ada Min looks after this channel's customer seat now" in told.all_text()
    assert "#pricing" not in ears.new()
    assert "Only Ada Min can change the customer seat here" in ask(
        office.ben, office.pricing, "setup"
    )


def test_after_a_week_anyone_full_on_the_roster_takes_over(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.lee.deactivate()
    office.settle()
    office.wait(days=6, hours=23)
    assert "A workspace admin can take it over" in ask(office.ana, office.pricing, "setup")
    office.wait(hours=2)
    ask(office.sam, office.pricing, "setup")
    assert office.sam.modal is None
    ask(office.ana, office.pricing, "setup")
    assert office.ana.submit(answer_within="3") == {}
    office.settle()
    told = [m.all_text() for m in office.pricing.messages if "looks after" in m.all_text()]
    assert len(told) == 1
    assert "Ana Lima looks after" in told[0]


def test_the_keepers_who_remain_know_and_the_seat_is_theirs(office: Office) -> None:
    admin = an_admin(office)
    office.set_up(office.ana, keepers=[office.lee, office.dan])
    ears = Ears(office)
    office.lee.leave(office.pricing)
    office.settle()
    office.wait(seconds=5)
    assert ears.new() == ["@dan"]
    assert "Lee Park has left #pricing" in ears.texts["@dan"]
    assert "You alone look after the customer seat of #pricing now" in ears.texts["@dan"]
    ask(admin, office.pricing, "setup")
    assert admin.modal is None
    ask(office.dan, office.pricing, "setup")
    assert office.dan.modal is not None


def test_nobody_who_cannot_keep_a_seat_is_its_only_keeper(office: Office) -> None:
    robot = office.slack.add_person("Robo", bot=True)
    guest = office.slack.add_person("Gus Guest", guest=True)
    left = office.slack.add_person("Lena Left", deleted=True)
    away = office.slack.add_person("Otto Outside")
    office.set_up(office.ana)
    for nobody in (robot, guest, left, away):
        office.lee.command("/customer-seat", "setup", office.pricing)
        assert list(office.lee.submit(keepers=[nobody])) == ["keepers"], nobody.real_name
    assert office.lee.submit(keepers=[office.lee, away]) == {}


def test_a_keeper_who_has_left_falls_out_with_the_next_change(office: Office) -> None:
    office.set_up(office.ana, keepers=[office.lee, office.dan])
    office.lee.deactivate()
    office.settle()
    office.dan.command("/customer-seat", "setup", office.pricing)
    assert office.dan.submit(keepers=[office.lee, office.dan, office.eve]) == {}
    office.dan.command("/customer-seat", "setup", office.pricing)
    assert office.dan.modal is not None
    assert office.dan.modal.fields()["keepers"] == [office.dan.id, office.eve.id]
