"""Nothing waits for somebody who has left Slack, or the channel: told to us, or found out."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.asking import ask_unasked
from bot.reviews.deed import BOT, Deed, open_case
from bot.reviews.seating import offer_stand_in
from db.tables import Due
from db.tables import Person as Person_
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.absence import away, come_back
from tests.dialogs.answering import Answering
from tests.dialogs.deciding import answer_in_one_form, from_menu, object_to, rule
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, ask, speaker

DAY = timedelta(days=1).total_seconds()


def leaves(office: Office, person: Person, how: str) -> None:
    if how == "slack":
        person.deactivate()
    elif how == "channel":
        person.leave(office.pricing)
    else:
        person.change(is_guest=True)
    office.settle()
    office.wait(seconds=3)


def heard(office: Office, card: Message) -> None:
    answer_in_one_form(office)
    office.press(office.ana, card.replies[-1], "confirm_heard")


@pytest.mark.parametrize("how", ["slack", "channel", "guest"])
def test_the_next_sits_down_at_once_and_what_was_said_stays(seated: Office, how: str) -> None:
    card = seated.propose()
    seated.says(seated.ana, card, "1. Paying")
    object_to(seated, card)
    ears = Ears(seated)
    leaves(seated, seated.ana, how)
    assert speaker(card) == "Ben Osei"
    assert "1 of 7" in card.all_text()
    assert "1 objection" in card.all_text()
    assert ears.new() == ["@ben"]
    assert "Ana Lima can sit there no more, and you were next" in ears.texts["@ben"]
    seated.says(seated.ben, card, "2. $39, the site says so")
    assert "2 of 7" in card.all_text()
    seated.wait(days=3)
    assert not [place for place in ears.new() if place == "@ana"]


def test_with_nobody_left_the_seat_is_empty_and_the_keepers_know(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    ears = Ears(office)
    leaves(office, office.ana, "slack")
    assert speaker(card) == ""
    assert card.button("volunteer") is not None
    assert ears.new() == ["@lee"]
    assert "has left" in ears.texts["@lee"]
    office.wait(days=14)
    assert [place for place in ears.new() if place != "#pricing"] == []


def test_somebody_who_is_not_on_the_roster_sits_where_nobody_on_it_can(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    for person in (office.ana, office.ben):
        letter = office.letter(person, "you're the customer")
        office.pass_on(person, letter)
    ears = Ears(office)
    for person, why in ((office.sam, "Whoever proposes"), (office.lee, "Whoever decides")):
        office.press(person, card, "volunteer")
        assert why in office.whispers(person)[-1]
    ears.new()
    office.press(office.dan, card, "volunteer")
    assert speaker(card) == "Dan Weiss"
    assert ears.new() == ["@dan"]


def test_unless_the_seat_does_not_allow_it(office: Office) -> None:
    office.set_up(office.ana, others_may_sit=[])
    card = office.propose()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    office.press(office.dan, card, "volunteer")
    assert speaker(card) == ""


def test_while_somebody_on_the_roster_can_nobody_else_sits(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    assert speaker(card) == "Ben Osei"


def test_when_the_stand_in_leaves_another_is_next(seated: Office) -> None:
    seated.propose()
    ears = Ears(seated)
    leaves(seated, seated.ben, "slack")
    assert ears.new() == []
    seated.wait(days=2)
    assert ears.new() == ["@ana", "@cleo"]
    assert "could you speak for the customer" in ears.texts["@cleo"]


def test_a_stand_in_who_leaves_after_the_offer_leaves_it_to_another(seated: Office) -> None:
    seated.propose()
    seated.wait(days=2)
    ears = Ears(seated)
    leaves(seated, seated.ben, "channel")
    assert ears.new() == ["@cleo"]


@pytest.mark.parametrize("how", ["slack", "channel"])
def test_the_default_decider_decides_instead(office: Office, how: str) -> None:
    office.set_up(office.ana, office.ben, default_decider=office.dan, keepers=[office.eve])
    card = office.propose()
    heard(office, card)
    ears = Ears(office)
    leaves(office, office.lee, how)
    assert "Dan Weiss decides next" not in card.all_text()
    assert "Dan decides next" in card.all_text()
    assert ears.new() == ["@dan"]
    assert "so it's yours to decide, Dan" in ears.texts["@dan"]
    office.press(office.dan, card, "decide")
    assert office.dan.modal is not None


def test_without_a_default_those_who_can_name_another_are_told(office: Office) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.eve])
    card = office.propose()
    heard(office, card)
    ears = Ears(office)
    leaves(office, office.lee, "slack")
    assert ears.new() == ["@eve", "@sam"]
    assert "Lee Park is no longer in this workspace, and was to decide this" in ears.texts["@sam"]
    assert "someone has to decide in place of Lee Park, who is gone" in card.all_text()
    digest = office.sam.command("/customer-seat", "digest", office.pricing)
    assert "Lee Park, who is gone" in digest.text
    told = office.letter(office.sam, "was to decide this")
    office.press(office.sam, told, "reassign")
    assert office.sam.modal is not None
    assert office.sam.submit(decider=office.dan) == {}
    office.settle()
    assert [place for place in ears.new() if place[0] == "@"] == ["@dan"]
    assert "Dan Weiss decides this one now" in told.all_text()
    assert "Dan decides next" in card.all_text()


def test_before_she_is_heard_they_are_told_too(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.dan)
    ears = Ears(office)
    leaves(office, office.dan, "slack")
    assert ears.new() == ["@lee", "@sam"]
    assert "Dan Weiss, who was to decide, is gone" in card.all_text()


def test_nothing_happens_where_the_review_is_over(seated: Office) -> None:
    card = seated.propose()
    from_menu(seated, seated.sam, card, "withdraw")
    assert seated.sam.submit(reason="Not now") == {}
    seated.settle()
    ears = Ears(seated)
    for person in (seated.ana, seated.ben):
        leaves(seated, person, "slack")
    assert ears.new() == []


def test_who_was_heard_and_leaves_with_nobody_to_follow_leaves_her_words_standing(
    office: Office,
) -> None:
    office.set_up(office.ana)
    card = office.propose()
    heard(office, card)
    ears = Ears(office)
    leaves(office, office.ana, "slack")
    assert ears.new() == []
    assert "The customer has been heard" in card.all_text()


def test_once_the_proposal_changes_the_seat_is_empty_then(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    heard(office, card)
    leaves(office, office.ana, "slack")
    ears = Ears(office)
    from_menu(office, office.sam, card, "revise")
    assert office.sam.submit(title="Team plan from $39 to $45") == {}
    office.settle()
    office.wait(seconds=3)
    assert speaker(card) == ""
    assert "@lee" in ears.new()
    assert "Nobody is in the customer's seat" in ears.texts["@lee"]


def test_who_left_a_decided_review_is_replaced_when_it_is_open_again(seated: Office) -> None:
    card = seated.propose()
    heard(seated, card)
    rule(seated, card, "defer", until="2026-03-20")
    leaves(seated, seated.ana, "slack")
    ears = Ears(seated)
    seated.wait(days=19)
    assert speaker(card) == "Ben Osei"
    assert "@ben" in ears.new()


def test_what_was_said_back_waits_for_the_next_and_gives_them_a_day(office: Office) -> None:
    answering = Answering(office)
    office.answer_all(office.ana, answering.card)
    office.wait(hours=20)
    leaves(office, office.ana, "slack")
    assert "Ben, is this what she would say?" in answering.say_back.all_text()
    office.wait(hours=10)
    assert "The customer has been heard" not in answering.card.all_text()
    office.press(office.ben, answering.say_back, "confirm_heard")
    assert "The customer has been heard" in answering.card.all_text()


def test_whose_leaving_nobody_told_is_not_seated(seated: Office) -> None:
    seated.ana.record.deleted = True
    seated.clock.hand.advance(3 * DAY)
    assert speaker(seated.propose()) == "Ben Osei"


def test_whose_leaving_nobody_told_is_found_out_within_a_day(seated: Office) -> None:
    card = seated.propose()
    seated.ana.record.deleted = True
    seated.clock.hand.advance(DAY + 1)
    assert ask_unasked(seated.running.toolbox) > 0
    seated.wait(seconds=3)
    assert speaker(card) == "Ben Osei"
    assert ask_unasked(seated.running.toolbox) == 0


def test_who_left_while_we_were_away_is_found_out_when_we_are_back(seated: Office) -> None:
    card = seated.propose()
    seated.clock.hand.advance(2 * 3600)
    with away(seated):
        seated.ana.deactivate()
    come_back(seated)
    ask_unasked(seated.running.toolbox)
    seated.wait(minutes=11)
    assert speaker(card) == "Ben Osei"


def test_who_comes_back_before_it_was_looked_at_keeps_the_seat(seated: Office) -> None:
    card = seated.propose()
    ears = Ears(seated)
    seated.ana.leave(seated.pricing)
    seated.settle()
    seated.ana.join(seated.pricing)
    seated.settle()
    seated.wait(seconds=3)
    assert speaker(card) == "Ana Lima"
    leaves(seated, seated.ana, "channel")
    assert speaker(card) == "Ben Osei"
    assert ears.new() == ["@ben"]


def test_each_review_has_a_row_of_its_own_and_is_done_once(seated: Office) -> None:
    for n in range(3):
        seated.propose(title=f"Change {n}")
    leaves(seated, seated.ana, "slack")
    rows = seated.store.read(lambda s: s.exec(select(Due).where(Due.kind == "gone")).all())
    assert len({row.review_id for row in rows}) == len(rows)
    assert all(row.done_at for row in rows)


def test_who_left_a_private_channel_reads_no_more_of_it(office: Office) -> None:
    people = [office.sam, office.ana, office.ben, office.lee]
    secret = office.slack.add_channel("secret", members=people, private=True, bot_in=True)
    office.set_up(office.ana, office.ben, channel=secret)
    card = office.propose(channel=secret)
    letter = office.letter(office.ana, "you're the customer")
    before = letter.all_text()
    ears = Ears(office)
    office.ana.leave(secret)
    office.settle()
    office.wait(seconds=3)
    assert speaker(card) == "Ben Osei"
    office.says(office.ben, card, "1. Paying")
    assert letter.all_text() == before
    assert ears.new() == ["@ben"]


def test_who_opened_the_form_learns_that_the_default_decider_left_meanwhile(office: Office) -> None:
    office.set_up(office.ana, office.ben, default_decider=office.dan)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.modal is not None
    assert "Left empty: Dan Weiss." in office.sam.modal.text()
    leaves(office, office.dan, "slack")
    errors = office.sam.submit(**PRICING)
    assert "has changed since this form opened" in errors["decider"]
    assert office.sam.submit(decider=office.lee) == {}
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.modal is not None
    said = office.sam.modal.text()
    assert "Left empty: Sam Ortiz. Dan Weiss, who is named for it here, can't any more." in said
    assert "names another with /customer-seat setup" in said
    assert office.sam.submit(**PRICING) == {}
    ask(office.lee, office.pricing)
    assert office.lee.modal is not None
    assert not office.lee.modal.fields()["default_decider"]


def test_a_stand_in_who_has_left_is_passed_over_when_the_seat_is_offered(seated: Office) -> None:
    seated.propose()
    ears = Ears(seated)

    def offer(session: Session) -> None:
        deed = Deed(session, seated.clock.now(), seated.slack.team.id, BOT)
        case = open_case(deed, 1)
        assert case.row.stand_in == seated.ben.id
        ben = session.get_one(Person_, (deed.workspace_id, seated.ben.id))
        ben.is_guest = True  # and what follows from it is still to come
        session.flush()
        assert offer_stand_in(case)
        assert case.row.stand_in == seated.cleo.id

    seated.store.transact(offer)
    seated.settle()
    assert ears.new() == ["@cleo"]


def test_who_keeps_a_seat_is_said_of_those_who_are_here(office: Office) -> None:
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.eve])
    leaves(office, office.eve, "slack")
    said = ask(office.sam, office.pricing, "roster")
    assert "Lee Park looks after this seat" in said
    assert "Eve Moreau" not in said
    leaves(office, office.lee, "guest")
    said = ask(office.sam, office.pricing, "roster")
    assert "Everyone who looked after this seat has left" in said
    assert "`/customer-seat setup`" in said
