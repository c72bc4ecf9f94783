"""Setting up where the bot has to be invited: in private channels, and where it may not join."""

from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, ask


def test_a_private_channel_asks_to_be_invited_and_keeps_what_was_typed(office: Office) -> None:
    secret = office.slack.add_channel("secret", members=[office.sam, office.ana], private=True)
    shown = office.sam.command("/propose-change", "pricing Team plan to $49", secret)
    assert "/invite @" in shown.text
    office.sam.invite_bot(secret)
    office.settle()
    shown = office.sam.command("/propose-change", "", secret)
    assert "#secret has no customer seat yet" in shown.text
    assert shown.message is not None
    office.press(office.sam, shown.message, "set_up")
    assert office.sam.submit(roster=[office.ana]) == {}
    assert office.sam.modal is not None
    assert office.sam.modal.callback_id == "propose_change"
    fields = office.sam.modal.fields()
    assert (fields["kind"], fields["title"]) == ("pricing", "Team plan to $49")


def test_a_channel_the_bot_may_not_join_asks_to_be_invited_and_keeps_the_form(
    office: Office,
) -> None:
    office.slack.faults.add("error:restricted_action", method="conversations.join")
    ask(office.lee, office.pricing)
    errors = office.lee.submit(roster=[office.ana])
    assert "/invite @" in " ".join(errors.values())
    office.lee.invite_bot(office.pricing)
    office.settle()
    assert office.lee.submit() == {}
    office.settle()
    assert "Ana Lima" in ask(office.sam, office.pricing, "roster")


def test_a_private_channel_named_beside_gets_a_seat_of_its_own(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.lee, office.ana], private=True, bot_in=True
    )
    ears = Ears(office)
    office.set_up(office.ana, office.ben, keepers=[office.lee, office.dan], private_channel=secret)
    # Ben and Dan are not in it and do not hear of it.
    assert ears.new() == ["@ana", "@ana", "@ben", "~lee"]
    assert "#pricing" in ears.texts["@ben"]
    assert "Ana Lima and Ben Osei" in ask(office.sam, office.pricing, "roster")
    shown = ask(office.ana, secret, "roster")
    assert "Ben" not in shown
    assert "Dan" not in shown


def test_a_private_channel_named_beside_needs_someone_of_the_roster(office: Office) -> None:
    secret = office.slack.add_channel("secret", members=[office.lee], private=True, bot_in=True)
    ask(office.lee, office.pricing)
    errors = office.lee.submit(roster=[office.ana], private_channel=secret)
    assert list(errors) == ["private_channel"]
    assert office.lee.submit(private_channel=None) == {}


def test_only_people_in_a_private_channel_are_named_for_it(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.lee, office.ana], private=True, bot_in=True
    )
    ears = Ears(office)
    ask(office.lee, secret)
    errors = office.lee.submit(roster=[office.ana, office.ben], keepers=[office.lee, office.dan])
    assert set(errors) == {"roster", "keepers"}
    assert office.lee.submit(roster=[office.ana], keepers=[office.lee]) == {}
    office.settle()
    assert ears.new() == ["@ana", "~lee"]
