"""Reminders, and the seat offered to the stand-in: once, and at nobody's wrong hour."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, speaker


def test_a_silent_advocate_is_nudged_once_then_the_stand_in_is_asked(seated: Office) -> None:
    card = seated.propose()
    ears = Ears(seated)
    seated.wait(hours=4)
    assert ears.new() == []
    seated.wait(hours=20)
    assert ears.new() == ["@ana"]
    assert "still waiting for your answers" in ears.texts["@ana"]
    seated.wait(hours=24)
    assert ears.new() == ["@ben"]
    assert "Ana Lima hasn't answered yet, and you are next in turn" in ears.texts["@ben"]
    offer = seated.letter(seated.ben, "could you speak for the customer")
    seated.press(seated.ben, offer, "accept_seat")
    assert speaker(card) == "Ben Osei"
    assert ears.new() == ["@ben"]
    assert "The seat is yours" in offer.all_text()
    assert "no longer yours" in seated.letter(seated.ana, "no longer yours").all_text()


def test_a_reminder_says_how_far_the_answers_are_and_when_nothing_is_left(seated: Office) -> None:
    card = seated.propose()
    seated.wait(hours=24)
    nudge = seated.letter(seated.ana, "still waiting for your answers")
    assert "0 of 7 so far" in nudge.all_text()
    seated.ana.reply(card, "1. Paying")
    seated.settle()
    assert "1 of 7 so far" in nudge.all_text()
    seated.pass_on(seated.ana, nudge)
    assert "Done, nothing more to do here." in nudge.all_text()


def test_an_offer_no_longer_needed_says_so_and_gives_nothing(seated: Office) -> None:
    card = seated.propose()
    seated.wait(hours=48)
    offer = seated.letter(seated.ben, "could you speak for the customer").snapshot()
    seated.answer_all(seated.ana, card)
    ears = Ears(seated)
    assert "No longer needed" in seated.letter(seated.ben, "No longer needed").all_text()
    seated.press(seated.ben, offer, "accept_seat")
    assert speaker(card) == "Ana Lima"
    assert "The answers are in" in ears.only("@ben")


def test_nobody_else_takes_the_offer(seated: Office) -> None:
    card = seated.propose()
    seated.wait(hours=48)
    offer = seated.letter(seated.ben, "could you speak for the customer")
    stolen = offer.snapshot()
    ears = Ears(seated)
    stolen.channel_record.members.append(seated.cleo.id)
    seated.press(seated.cleo, stolen, "accept_seat")
    assert speaker(card) == "Ana Lima"
    assert all(place == "@cleo" for place in ears.new())


def test_who_has_answered_is_not_nudged(seated: Office) -> None:
    card = seated.propose()
    seated.answer_all(seated.ana, card)
    seated.press(seated.ana, card.replies[-1], "confirm_heard")
    ears = Ears(seated)
    seated.wait(days=2)
    assert ears.new() == []


def test_a_nudge_comes_in_the_advocates_own_working_hours(office: Office) -> None:
    zone = "America/Los_Angeles"
    mia = office.slack.add_person("Mia West", tz=zone)
    mia.join(office.pricing)
    office.settle()
    office.set_up(mia)
    office.propose()
    ears = Ears(office)
    for _ in range(24 * 4):
        office.wait(hours=1)
        if "@Mia West" in (new := ears.new()):
            break
    assert new == ["@Mia West"]
    now = office.clock.now().astimezone(ZoneInfo(zone))
    assert now.weekday() < 5
    assert 9 <= now.hour < 18


def test_reminders_of_a_friday_come_on_monday(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.wait(days=4, hours=6)  # Friday, four in the afternoon in Madrid
    office.propose()
    ears = Ears(office)
    office.wait(days=2, hours=16)  # Monday, eight in the morning
    assert ears.new() == []


def test_a_bot_that_was_away_says_each_thing_once(seated: Office) -> None:
    seated.propose()
    ears = Ears(seated)
    seated.clock.hand.advance(timedelta(days=3, hours=1).total_seconds())
    seated.wait(seconds=5)
    assert ears.new() == ["@ana"]
    # The offer leaves Ana half a working day to act on the nudge.
    seated.wait(hours=3)
    assert ears.new() == []
    seated.wait(hours=20)
    assert ears.new() == ["@ben"]
