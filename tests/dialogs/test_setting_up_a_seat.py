"""Setting up a channel's seat and changing it: who may, what is asked, what is said to whom."""

import pytest

from bot.reviews.seat_settings import MOST_PEOPLE
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, ask


def test_a_public_channel_is_joined_and_each_person_on_the_roster_hears_once(
    office: Office,
) -> None:
    ears = Ears(office)
    assert not office.pricing.bot_in
    office.set_up(office.ana, office.ben)
    assert office.pricing.bot_in
    assert ears.new() == ["@ana", "@ben", "~lee"]
    assert "You take turns speaking for the customer in #pricing" in ears.texts["@ana"]
    assert office.parked() == []


def test_saving_again_tells_nobody_twice_and_someone_new_once(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    ears = Ears(office)
    office.set_up(office.ana, office.ben)
    assert ears.new() == ["~lee"], "who saved it"
    office.set_up(office.ana, office.ben, office.cleo)
    assert ears.new() == ["@cleo", "~lee"]


def test_the_form_shows_what_stands(office: Office) -> None:
    office.set_up(
        office.ana,
        office.ben,
        timezone="Europe/Berlin",
        digest_day="wed",
        digest_time="10:30",
        answer_within="3",
        default_decider=office.dan,
        personas="first-year small business\nschools",
        proposer_may_overrule=["yes"],
    )
    ask(office.lee, office.pricing, "settings")
    assert office.lee.modal is not None
    stands = office.lee.modal.fields()
    assert stands == {
        "roster": [office.ana.id, office.ben.id],
        "keepers": [office.lee.id],
        "timezone": "Europe/Berlin",
        "digest_day": "wed",
        "digest_time": "10:30",
        "answer_within": "3",
        "keep_for": "0",
        "default_decider": office.dan.id,
        "personas": "first-year small business\nschools",
        "digest_when_empty": [],
        "others_may_sit": ["yes"],
        "proposer_may_overrule": ["yes"],
        "guests_may_propose": [],
    }


def test_not_me_takes_one_off_the_roster_and_redraws_the_message(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    letter = office.letter(office.ana, "You take turns")
    ears = Ears(office)
    office.press(office.ana, letter, "leave_roster")
    assert "You no longer take turns in #pricing" in letter.all_text()
    assert letter.button("leave_roster") is None
    assert ears.new() == []
    roster = ask(office.sam, office.pricing, "roster")
    assert "Ben Osei" in roster
    assert "Ana Lima" not in roster


def test_who_left_the_roster_and_is_put_on_it_again_reads_so(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    letter = office.letter(office.ana, "You take turns")
    office.press(office.ana, letter, "leave_roster")
    office.set_up(office.ana, office.ben)
    letter = office.letter(office.ana, "You take turns")
    assert letter.button("leave_roster") is not None
    assert "Ana Lima" in ask(office.sam, office.pricing, "roster")


def test_only_a_keeper_changes_settings_and_the_refusal_names_one(office: Office) -> None:
    office.set_up(office.ana)
    shown = office.sam.command("/customer-seat", "settings", office.pricing)
    assert shown.modal is None
    assert "Lee Park" in shown.text


def test_who_was_made_keeper_may_and_who_was_not_kept_may_not(office: Office) -> None:
    office.set_up(office.ana, keepers=[office.dan])
    assert "Dan Weiss" in ask(office.lee, office.pricing)
    assert office.lee.modal is None
    ask(office.dan, office.pricing)
    assert office.dan.modal is not None


def test_a_form_opened_as_a_keeper_is_refused_to_who_no_longer_is_one(office: Office) -> None:
    office.set_up(office.ana, keepers=[office.lee, office.dan])
    ask(office.lee, office.pricing)
    office.set_up(office.ana, keepers=[office.dan], by=office.dan)
    errors = office.lee.submit(roster=[office.ben])
    assert "Dan Weiss" in " ".join(errors.values())
    assert "Ana Lima" in ask(office.sam, office.pricing, "roster")


def test_two_keepers_at_once_do_not_undo_each_other(office: Office) -> None:
    office.set_up(office.ana, keepers=[office.lee, office.dan])
    ask(office.lee, office.pricing)
    ask(office.dan, office.pricing)
    assert office.lee.submit(roster=[office.ana, office.ben]) == {}
    # Dan changes another field: what Lee changed meanwhile stays.
    assert office.dan.submit(digest_day="fri") == {}
    office.settle()
    assert "Ana Lima and Ben Osei" in ask(office.sam, office.pricing, "roster")
    ask(office.lee, office.pricing)
    assert office.lee.modal is not None
    assert office.lee.modal.fields()["digest_day"] == "fri"


def test_two_keepers_who_change_the_same_field_are_told(office: Office) -> None:
    office.set_up(office.ana, keepers=[office.lee, office.dan])
    ask(office.lee, office.pricing)
    ask(office.dan, office.pricing)
    assert office.lee.submit(digest_day="tue") == {}
    errors = office.dan.submit(digest_day="fri")
    assert list(errors) == ["digest_day"]
    assert "Tuesday" in errors["digest_day"]


def test_an_empty_roster_is_said_beside_the_field(office: Office) -> None:
    ask(office.lee, office.pricing)
    assert office.lee.submit(force=True) == {"roster": "Choose who takes turns."}
    assert office.lee.submit(roster=[office.ana]) == {}


def test_bots_guests_and_people_who_left_cannot_take_turns(office: Office) -> None:
    robot = office.slack.add_person("Robo", bot=True)
    guest = office.slack.add_person("Gus Guest", guest=True)
    gone = office.slack.add_person("Gone", deleted=True)
    for person in (robot, guest, gone):
        ask(office.lee, office.pricing)
        errors = office.lee.submit(roster=[office.ana, person], force=True)
        assert list(errors) == ["roster"], person
        office.lee.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timezone", "Mars/Phobos"),
        ("timezone", "../../etc/passwd"),
        ("digest_day", "someday"),
        ("digest_time", "25:99"),
        ("digest_time", "9"),
        ("answer_within", "-1"),
        ("answer_within", "nan"),
        ("answer_within", "1e999"),
        ("personas", "x" * 3000),
        ("personas", "\n".join(f"kind {n}" for n in range(30))),
    ],
)
def test_what_no_form_would_send_is_said_beside_its_field(
    office: Office, field: str, value: str
) -> None:
    ask(office.lee, office.pricing)
    errors = office.lee.submit(roster=[office.ana], **{field: value}, force=True)
    assert list(errors) == [field]
    assert "reference" not in errors[field]
    assert office.lee.modal is not None, "the form stays"


def test_someone_nobody_knows_on_the_roster_is_refused(office: Office) -> None:
    ask(office.lee, office.pricing)
    errors = office.lee.submit(roster=["U0NOBODY"], force=True)
    assert "Slack doesn't know somebody" in " ".join(errors.values())


def test_a_channel_shared_with_outside_is_refused(office: Office) -> None:
    shared = office.slack.add_channel("with-acme", members=[office.lee], shared=True, bot_in=True)
    shown = office.lee.command("/customer-seat", "setup", shared)
    assert "shared with people outside" in shown.text
    assert shown.modal is None


def test_in_a_private_message_it_says_where_it_works(office: Office) -> None:
    for command, text in (("/customer-seat", "setup"), ("/propose-change", "pricing A thing")):
        shown = office.lee.command(command, text)
        assert "This works in a channel" in shown.text
        assert shown.modal is None


def test_guests_cannot_set_up(office: Office) -> None:
    guest = office.slack.add_person("Gus Guest", guest=True)
    channel = office.slack.add_channel("odds", members=[guest, office.lee], bot_in=True)
    shown = guest.command("/customer-seat", "setup", channel)
    assert "Guests can't set up a customer seat" in shown.text
    assert shown.modal is None
    shown = guest.command("/propose-change", "pricing A thing", channel)
    assert "Guests can't set up a customer seat" in shown.text


def test_proposing_without_a_seat_sets_up_and_goes_straight_on(office: Office) -> None:
    ears = Ears(office)
    shown = office.sam.command("/propose-change", "product New login", office.pricing)
    assert shown.modal is None
    assert "What you typed is kept" in shown.text
    assert shown.message is not None
    office.press(office.sam, shown.message, "set_up")
    assert office.sam.submit(roster=[office.ana, office.ben]) == {}
    assert office.sam.modal is not None
    fields = office.sam.modal.fields()
    assert (fields["kind"], fields["title"]) == ("product", "New login")
    told = {"told_to_her": "You log in with a link.", "why": "Fewer lost passwords."}
    assert office.sam.submit(**told) == {}
    office.settle()
    assert office.sam.modal is None
    assert ears.new() == ["#pricing", "#pricing/thread", "@ana", "@ana", "@ben", "~sam", "~sam"]
    assert "New login" in office.pricing.messages[-1].text
    assert office.parked() == []


def test_a_seat_someone_else_made_meanwhile_still_knows_what_was_typed(office: Office) -> None:
    office.sam.command("/propose-change", "product New login", office.pricing)
    office.set_up(office.ana)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.modal is not None
    assert office.sam.modal.fields()["title"] == "New login"


def test_changing_settings_later_does_not_open_a_proposal_typed_long_ago(office: Office) -> None:
    office.lee.command("/propose-change", "product New login", office.pricing)
    office.set_up(office.ana, keepers=[office.lee, office.dan], by=office.dan)
    office.set_up(office.ana, office.ben)
    assert office.lee.modal is None


def test_two_people_who_set_up_the_same_channel_at_once_make_one_seat(office: Office) -> None:
    ask(office.lee, office.pricing)
    ask(office.dan, office.pricing)
    assert office.lee.submit(roster=[office.ana]) == {}
    errors = office.dan.submit(roster=[office.ben])
    assert "Lee Park" in " ".join(errors.values())
    office.settle()
    assert "Ana Lima" in ask(office.sam, office.pricing, "roster")


def test_a_default_decider_is_named_on_the_card_and_gets_the_decision(office: Office) -> None:
    office.set_up(office.ana, default_decider=office.dan)
    card = office.propose(decider=None)
    assert "Dan Weiss decides" in card.all_text()


def test_the_setup_offer_pressed_after_the_seat_was_made_by_another_is_refused(
    office: Office,
) -> None:
    shown = office.sam.command("/propose-change", PRICING["title"], office.pricing)
    office.set_up(office.ana)
    assert shown.message is not None
    ears = Ears(office)
    office.press(office.sam, shown.message, "set_up")
    assert office.sam.modal is None
    told = ears.only("~sam")
    assert told == "Only Lee Park can change the customer seat here. Ask Lee."


def test_slack_not_answering_keeps_the_set_up_form_to_be_sent_again(office: Office) -> None:
    ask(office.lee, office.pricing)
    office.slack.faults.add("http_500", method="users.info", count=1)
    errors = office.lee.submit(roster=[office.ana, office.ben])
    assert "people so far. Please press it again" in " ".join(errors.values())
    assert office.lee.submit() == {}
    office.settle()
    assert "Ana Lima and Ben Osei" in ask(office.sam, office.pricing, "roster")


def test_of_two_first_set_ups_at_one_instant_the_second_is_told_and_keeps_its_form(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana, office.ben)
    with monkeypatch.context() as instant:
        instant.setattr("bot.reviews.set_up.find_seat", lambda *_, **__: None)
        office.lee.command("/customer-seat", "setup", office.pricing)
        errors = office.lee.submit(roster=[office.cleo])
    assert "in the same moment" in " ".join(errors.values())
    assert office.lee.modal is not None
    assert office.lee.submit(roster=[office.cleo]) == {}


def _asked(office: Office) -> list[str]:
    """What Slack was asked about people, or to let us in."""
    return [c.name for c in office.slack.wire.calls() if c.name in ("users.info", JOIN)]


JOIN = "conversations.join"


@pytest.mark.parametrize("many", [MOST_PEOPLE, MOST_PEOPLE + 1])
def test_too_many_people_are_too_many_before_slack_is_asked_about_any(
    office: Office, many: int
) -> None:
    ask(office.lee, office.pricing)
    before = _asked(office)
    errors = office.lee.submit(roster=[f"U0{n:06}" for n in range(many)], force=True)
    fits = many <= MOST_PEOPLE
    assert ("at most" in str(errors).lower()) is not fits, errors
    assert (len(_asked(office)) > len(before)) is fits
    assert (JOIN in _asked(office)) is fits


def test_who_may_not_set_up_has_nobody_joined_or_asked_about(office: Office) -> None:
    """The form was opened while Lee was a member; a guest is refused before anything is done."""
    ask(office.lee, office.pricing)
    office.lee.change(is_guest=True)
    office.settle()
    before = _asked(office)
    errors = office.lee.submit(roster=[office.ana])
    assert "Guests can't" in str(errors)
    assert _asked(office) == before
