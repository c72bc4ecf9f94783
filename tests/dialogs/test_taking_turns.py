"""Who gets the seat, passes it on, takes it over; and that nobody is asked at the wrong hour."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, select

from db.tables import ReviewRow, Turn
from playground.driver.message import Message
from tests.dialogs.deciding import option
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, speaker


def test_turns_go_round(seated: Office) -> None:
    who = [speaker(seated.propose(title=f"Change {n}")) for n in range(6)]
    assert sorted(who[:3]) == ["Ana Lima", "Ben Osei", "Cleo Sato"]
    assert who[3:] == who[:3]


def test_proposer_and_decider_are_never_seated(seated: Office) -> None:
    card = seated.propose(by=seated.ana, decider=seated.ben)
    assert speaker(card) == "Cleo Sato"


def test_two_proposals_at_the_same_instant_get_different_advocates(seated: Office) -> None:
    for person in (seated.sam, seated.dan):
        person.command("/propose-change", "", seated.pricing)
        person.fill(**PRICING, decider=seated.lee)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda p: p.submit(), (seated.sam, seated.dan))) == [{}, {}]
    seated.settle()
    first, second = seated.pricing.messages[-2:]
    assert speaker(first) != speaker(second)


def test_who_is_not_in_the_channel_or_was_deactivated_is_passed_over(seated: Office) -> None:
    seated.ana.leave(seated.pricing)
    seated.ben.deactivate()
    seated.settle()
    assert speaker(seated.propose()) == "Cleo Sato"


def test_seated_is_seated_and_nobody_has_to_say_so(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    assert letter.button("accept_seat") is None
    assert speaker(card) == "Ana Lima"


def test_passing_on_seats_the_next_and_both_are_told(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    ears = Ears(seated)
    seated.pass_on(seated.ana, letter)
    assert speaker(card) == "Ben Osei"
    assert ears.new() == ["@ben"]
    assert "you're the customer" in ears.texts["@ben"]
    assert "This one is no longer yours" in letter.all_text()
    assert "Ben Osei speaks for the customer now" in letter.all_text()
    assert [b["action_id"] for b in letter.buttons()] == ["take_back"]


def test_why_it_was_passed_on_is_read_by_whoever_sits_next_and_nobody_else(seated: Office) -> None:
    card = seated.propose()
    seated.pass_on(seated.ana, seated.letter(seated.ana, "you're the customer"), "At the dentist")
    assert "At the dentist" in seated.letter(seated.ben, "you're the customer").all_text()
    seated.press(seated.dan, card, "more", option=option(card, "why_me"))
    assert "passed on it" in seated.whispers(seated.dan)[-1]
    assert "dentist" not in seated.whispers(seated.dan)[-1]


def test_passed_on_by_mistake_it_is_taken_back_as_if_it_had_not_been(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    due = seated.store.read(lambda s: s.get_one(ReviewRow, 1).answers_due_at)
    seated.pass_on(seated.ana, letter)
    bens = seated.letter(seated.ben, "you're the customer")
    ears = Ears(seated)
    seated.wait(minutes=30)
    seated.press(seated.ana, letter, "take_back")
    assert speaker(card) == "Ana Lima"
    assert "you're the customer for this one" in letter.all_text()
    assert "no turn in the last 90 days" in letter.all_text()
    assert "no longer yours" in bens.all_text()
    assert ears.new() == ["@ben"]
    assert "Ana Lima speaks for the customer here after all" in ears.texts["@ben"]
    row = seated.store.read(lambda s: s.get_one(ReviewRow, 1))
    assert (row.answers_due_at, row.stand_in) == (due, seated.ben.id)
    turns = seated.store.read(lambda s: s.exec(select(Turn).order_by(col(Turn.id))).all())
    assert [(t.person_id, t.given_back, t.ended_at is None) for t in turns] == [
        (seated.ana.id, False, True),
        (seated.ben.id, True, False),
    ]
    # The count is as it was: Ana has had her turn, Ben is next.
    assert speaker(seated.propose(title="Another")) == "Ben Osei"


def test_once_the_next_one_has_answered_it_is_not_taken_back(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    seated.pass_on(seated.ana, letter)
    seen = letter.snapshot()
    seated.says(seated.ben, card, "1. Paying")
    assert letter.buttons() == []
    ears = Ears(seated)
    seated.press(seated.ana, seen, "take_back")
    assert "can't be taken back any more" in ears.only("@ana")
    assert speaker(card) == "Ben Osei"


def test_after_an_hour_the_button_goes_and_the_reminders_are_bens(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    seated.pass_on(seated.ana, letter)
    ears = Ears(seated)
    seated.wait(minutes=61)
    assert letter.buttons() == []
    assert ears.new() == []
    assert speaker(card) == "Ben Osei"


def test_an_empty_seat_is_taken_back_and_the_keepers_read_that_it_is_settled(
    seated: Office,
) -> None:
    card = all_decline(seated)
    ears = Ears(seated)
    seated.press(seated.ana, seated.letter(seated.ana, "no longer yours"), "take_back")
    assert speaker(card) == "Ana Lima"
    assert ears.new() == []
    assert "Settled: Ana Lima" in seated.letter(seated.lee, "Settled").all_text()


def test_pressing_pass_on_twice_passes_on_once(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer").snapshot()
    seated.pass_on(seated.ana, letter)
    ears = Ears(seated)
    seated.choose(seated.ana, letter, "decline_seat")
    assert seated.ana.modal is None
    assert speaker(card) == "Ben Osei"
    assert ears.new() == ["@ana"]
    assert "Ben Osei" in ears.texts["@ana"]


def test_pressing_pass_on_at_the_same_instant_twice_passes_on_once(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer").snapshot()
    seated.choose(seated.ana, letter, "decline_seat")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: seated.ana.submit(), range(2)))
    seated.settle()
    assert speaker(card) == "Ben Osei"


def all_decline(office: Office) -> Message:
    card = office.propose()
    for person in (office.ana, office.ben, office.cleo):
        office.pass_on(person, office.letter(person, "you're the customer"))
    return card


def test_when_everyone_passes_the_card_and_the_keepers_say_so(seated: Office) -> None:
    ears = Ears(seated)
    card = all_decline(seated)
    assert speaker(card) == ""
    assert "Nobody in the seat yet" in card.all_text()
    assert "Nobody in the seat yet" in card.text
    assert ears.new() == ["#pricing", "#pricing/thread", "@ana", "@ben", "@cleo", "@lee"]
    assert "Nobody is in the customer's seat" in ears.texts["@lee"]
    digest = seated.sam.command("/customer-seat", "digest", seated.pricing)
    assert "Nobody in the seat (1)" in digest.text


def test_someone_on_the_roster_sits_down_at_an_empty_seat(seated: Office) -> None:
    card = all_decline(seated)
    told = seated.letter(seated.lee, "Nobody is in the customer's seat")
    ears = Ears(seated)
    seated.press(seated.ben, card, "volunteer")
    assert speaker(card) == "Ben Osei"
    assert card.button("volunteer") is None
    assert ears.new() == ["@ben"]
    assert "Settled: Ben Osei is in the seat" in told.all_text()


def test_who_volunteers_gets_a_message_that_is_theirs(seated: Office) -> None:
    card = all_decline(seated)
    seated.press(seated.ana, card, "volunteer")
    letter = seated.letter(seated.ana, "you're the customer")
    assert letter.button("answer_form") is not None
    seated.says(seated.ana, card, "1. Paying")
    assert "1 of 7" in card.all_text()


def test_the_proposer_and_strangers_to_the_roster_cannot_sit(seated: Office) -> None:
    seated.set_up(seated.ana, seated.ben, seated.cleo, seated.sam, others_may_sit=[])
    card = all_decline(seated)
    ears = Ears(seated)
    seated.press(seated.sam, card, "volunteer")
    assert "Whoever proposes can't speak for the customer" in ears.only("~sam")
    seated.press(seated.dan, card, "volunteer")
    assert "Only people who take turns here" in ears.only("~dan")
    assert speaker(card) == ""


def test_the_second_to_volunteer_is_told_who_sits_there(seated: Office) -> None:
    card = all_decline(seated)
    seen = card.snapshot()
    seated.press(seated.ben, card, "volunteer")
    ears = Ears(seated)
    seated.press(seated.cleo, seen, "volunteer")
    assert "Ben Osei has the seat already" in ears.only("~cleo")
    assert speaker(card) == "Ben Osei"


def test_two_who_volunteer_at_the_same_instant_do_not_both_sit(seated: Office) -> None:
    card = all_decline(seated)
    seen = card.snapshot()
    ears = Ears(seated)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda p: p.press(seen, "volunteer"), (seated.ben, seated.cleo)))
    seated.settle()
    sits = speaker(card).split()[0].lower()
    other = {"ben": "cleo", "cleo": "ben"}[sits]
    assert ears.new() == sorted([f"@{sits}", f"~{other}"])


def test_a_keeper_reseats_from_the_roster(seated: Office) -> None:
    card = seated.propose()
    former = seated.letter(seated.ana, "you're the customer")
    ears = Ears(seated)
    seated.press(seated.lee, card, "more", option=option(card, "reassign"))
    assert seated.lee.modal is not None
    assert seated.lee.modal.options("to") == [seated.ben.id, seated.cleo.id]
    assert seated.lee.submit(to=seated.cleo.id) == {}
    seated.settle()
    assert speaker(card) == "Cleo Sato"
    assert ears.new() == ["@cleo"]
    assert "no longer yours" in former.all_text()


def test_only_a_keeper_reseats_and_only_someone_who_may_sit(seated: Office) -> None:
    card = seated.propose()
    ears = Ears(seated)
    seated.press(seated.dan, card, "more", option=option(card, "reassign"))
    assert "Lee Park" in ears.only("~dan")
    for person in (seated.sam, seated.lee, seated.dan):
        seated.press(seated.lee, card, "more", option=option(card, "reassign"))
        errors = seated.lee.submit(to=person.id, force=True)
        assert list(errors) == ["to"], person
        assert "reference" not in errors["to"]
        seated.lee.close()
    assert speaker(card) == "Ana Lima"
    assert ears.new() == []


def test_the_advocate_hands_the_seat_over(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    ears = Ears(seated)
    seated.press(seated.ana, letter, "more", option=option(letter, "hand_over"))
    assert seated.ana.submit(to=seated.cleo.id) == {}
    seated.settle()
    assert speaker(card) == "Cleo Sato"
    assert ears.new() == ["@cleo"]
    # The turn was given back: Ana is next, before Ben who has not sat either.
    assert speaker(seated.propose(title="Another")) == "Ana Lima"


def test_a_seat_handed_over_meanwhile_is_not_handed_over_again(seated: Office) -> None:
    card = seated.propose()
    letter = seated.letter(seated.ana, "you're the customer")
    seated.press(seated.ana, letter, "more", option=option(letter, "hand_over"))
    seated.press(seated.lee, card, "more", option=option(card, "reassign"))
    assert seated.lee.submit(to=seated.ben.id) == {}
    seated.settle()
    errors = seated.ana.submit(to=seated.cleo.id)
    assert "Ben Osei" in str(errors)
    assert speaker(card) == "Ben Osei"


def test_why_me_and_why_ana(seated: Office) -> None:
    card = seated.propose(by=seated.ben, decider=seated.lee)
    letter = seated.letter(seated.ana, "you're the customer")
    ears = Ears(seated)
    seated.press(seated.ana, letter, "more", option=option(letter, "why_me"))
    assert "Why you" in ears.only("@ana")
    seated.press(seated.dan, card, "more", option=option(card, "why_me"))
    text = ears.only("~dan")
    assert "Why Ana Lima" in text
    assert "no turn in the last 90 days" in text


def why(office: Office, card: Message) -> str:
    """What somebody else is told of who sits there."""
    ears = Ears(office)
    office.press(office.dan, card, "more", option=option(card, "why_me"))
    return ears.only("~dan")


def test_each_way_into_the_seat_is_told_as_it_was(seated: Office) -> None:
    card = seated.propose()
    seated.pass_on(seated.ana, seated.letter(seated.ana, "you're the customer"))
    assert "Ana Lima passed on it, and Ben was next: no turn in the last 90" in why(seated, card)
    letter = seated.letter(seated.ben, "you're the customer")
    seated.press(seated.ben, letter, "more", option=option(letter, "hand_over"))
    assert seated.ben.submit(to=seated.cleo.id) == {}
    seated.settle()
    assert "Ben Osei handed it over to Cleo." in why(seated, card)
    assert "by rule" not in why(seated, card)
    assert "Ben Osei handed it over to you" in seated.letter(seated.cleo, "Why you").all_text()
    seated.press(seated.lee, card, "more", option=option(card, "reassign"))
    assert seated.lee.submit(to=seated.ana.id) == {}
    seated.settle()
    assert "Lee Park gave the seat to Ana." in why(seated, card)


def test_whoever_sits_down_by_themselves_is_told_so(seated: Office) -> None:
    card = all_decline(seated)
    seated.press(seated.ben, card, "volunteer")
    assert "nobody sat there, and Ben offered to" in why(seated, card)


def test_turns_are_counted_when_somebody_is_chosen_again(seated: Office) -> None:
    for n in range(3):
        seated.propose(title=f"Change {n}")
    again = seated.propose(title="Change 3")
    assert "1 turn in the last 90 days" in why(seated, again)


def test_with_nobody_else_on_the_roster_the_seat_is_empty_from_the_start(office: Office) -> None:
    office.set_up(office.ana)
    ears = Ears(office)
    card = office.propose(by=office.ana)
    assert speaker(card) == ""
    assert ears.new() == ["#pricing", "#pricing/thread", "@lee"]
    assert card.button("volunteer") is not None
