"""Someone else is named to decide: by the proposer or a keeper, and only someone who can."""

from tests.dialogs.deciding import from_menu
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def test_the_proposer_names_someone_else_once_she_is_heard(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    ears = Ears(office)
    from_menu(office, office.sam, card, "revise")
    assert office.sam.submit(decider=office.dan) == {}
    office.settle()
    assert ears.new() == ["@dan"]
    assert "it's yours to decide" in ears.texts["@dan"].lower()
    assert "Dan Weiss decides" in card.all_text()
    office.press(office.lee, card, "decide")
    assert ears.new() == ["~lee"]
    assert "Only Dan Weiss can decide #1" in ears.texts["~lee"]


def test_in_a_private_channel_it_has_to_be_someone_in_it(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.sam, office.ana, office.lee, office.eve], private=True,
        bot_in=True,
    )  # fmt: skip
    office.set_up(office.ana, channel=secret)
    card = office.propose(channel=secret)
    from_menu(office, office.sam, card, "revise")
    assert list(office.sam.submit(decider=office.dan)) == ["decider"]
    # Eve is in it, and nobody has asked Slack about her before.
    assert office.sam.submit(decider=office.eve) == {}
    office.settle()
    assert "Eve Moreau decides" in card.all_text()


def test_whoever_sits_in_the_seat_cannot_decide_too(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    from_menu(office, office.sam, card, "revise")
    assert list(office.sam.submit(decider=office.ana)) == ["decider"]
    assert "Lee Park decides" in card.all_text()
