"""Proposing: the command and its form, what cannot be proposed, and that nothing opens twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.deciding import option
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office

TOLD = {name: PRICING[name] for name in ("told_to_her", "why")}
OPENED = ["#pricing", "#pricing/thread", "@ana"]


def form(office: Office, text: str = "", by: Person | None = None) -> None:
    shown = (by or office.sam).command("/propose-change", text, office.pricing)
    assert (by or office.sam).modal is not None, shown.text


def send(office: Office, **fields: object) -> dict[str, str]:
    return office.sam.submit(**{**PRICING, **fields}, force=True)  # type: ignore[arg-type]


def cards(office: Office) -> list[Message]:
    return [m for m in office.pricing.messages if m.by_bot]


def test_what_is_said_when_a_change_is_proposed(seated: Office) -> None:
    ears = Ears(seated)
    card = seated.propose()
    assert ears.new() == OPENED
    assert "Pricing #1 · Team plan from $39 to $49" in card.all_text()
    assert "Sam Ortiz proposes · Ana Lima speaks for the customer · Lee Park decides" in (
        card.all_text()
    )
    assert seated.parked() == []


def test_kind_and_title_are_filled_in_from_the_command(seated: Office) -> None:
    for typed, kind, title in (
        ("pricing Team plan to $49", "pricing", "Team plan to $49"),
        ("Process  Refund form", "process", "Refund form"),
        ("refund form", None, "refund form"),
        ("pricingish thing", None, "pricingish thing"),
        ("product", "product", None),
        ("", None, None),
        ("x" * 2000, None, "x" * 2000),
        ("pricing A & B < C", "pricing", "A & B < C"),
    ):
        form(seated, typed)
        assert seated.sam.modal is not None
        fields = seated.sam.modal.fields()
        assert (fields["kind"], fields["title"]) == (kind, title), typed[:40]
        seated.sam.close()


def test_more_shows_the_rest_and_keeps_what_was_typed(seated: Office) -> None:
    form(seated, "pricing Team plan to $49")
    typed = dict.fromkeys(("told_to_her", "why"), "From 1 June you pay more.")
    seated.sam.fill(**typed, decider=seated.lee)
    seated.sam.press_in_modal("more_fields")
    assert seated.sam.modal is not None
    fields = seated.sam.modal.fields()
    assert {name: fields[name] for name in typed} == typed
    assert (fields["kind"], fields["title"]) == ("pricing", "Team plan to $49")
    assert fields["decider"] == seated.lee.id
    assert seated.sam.modal.button("more_fields") is None
    assert seated.sam.submit(size="quick", affected="Some 400 teams") == {}
    seated.settle()
    letter = seated.letter(seated.ana, "you're the customer")
    assert "Some 400 teams" in letter.all_text()
    assert "1 of 3" in letter.all_text()


def test_the_proposer_says_for_whom_and_else_it_goes_round(seated: Office) -> None:
    seated.set_up(seated.ana, seated.ben, seated.cleo, personas="Students\nSmall shops\nAgencies")
    card = seated.propose(persona="Agencies")
    assert "speaks for Agencies" in card.all_text().replace("_", "")
    assert "You speak for" in seated.letter(seated.ana, "Agencies").all_text()
    assert "speaks for Small shops" in seated.propose(title="Next").all_text().replace("_", "")
    form(seated)
    seated.sam.fill(**PRICING, persona="Students")
    seated.set_up(seated.ana, seated.ben, seated.cleo, personas="Agencies")
    errors = seated.sam.submit()
    assert list(errors) == ["persona"]
    assert seated.sam.submit(persona=None) == {}


def test_help_says_how_and_opens_nothing(seated: Office) -> None:
    shown = seated.sam.command("/propose-change", " HELP ", seated.pricing)
    assert shown.modal is None
    assert "/propose-change [kind] [title]" in shown.text
    assert "pricing" in shown.text


def test_the_form_says_who_will_see_it(seated: Office) -> None:
    form(seated)
    assert seated.sam.modal is not None
    assert "Everyone in #pricing, 7 people, will see this" in seated.sam.modal.text()


def test_everything_wrong_is_said_beside_its_field_and_nothing_opens(seated: Office) -> None:
    ears = Ears(seated)
    form(seated)
    long = {
        "title": "t" * 81,
        "told_to_her": "t" * 301,
        "why": "w" * 1001,
        "change": "c" * 40_000,
        "affected": "a" * 301,
        "links": "l" * 1001,
    }
    errors = send(seated, **long, kind="weather", decide_by="2026-03-01", already_live="2026-03-03")
    assert set(errors) == {*long, "kind", "decide_by", "already_live"}
    assert errors["change"] == "This has 40,000 characters; 3,000 fit."
    errors = send(seated, title="   ", told_to_her=None, why="\n", size="huge", decide_by="soon")
    assert errors
    assert "reference" not in str(errors)
    seated.settle()
    assert ears.new() == []
    assert seated.sam.modal is not None, "the form stays, with what was typed"


def test_empty_fields_are_said_beside_them(seated: Office) -> None:
    form(seated)
    errors = send(seated, title="   ", told_to_her=None, why="\n", size="huge")
    assert set(errors) == {"title", "told_to_her", "why", "size"}


def test_what_people_write_neither_calls_the_channel_nor_breaks_the_card(seated: Office) -> None:
    card = seated.propose(
        title="<!channel> *50%* & :tada:",
        told_to_her="<!here> <@U123> ```&amp; مرحبا بالعالم \u202e evil",
        why="~x~ _y_ `z` 😀" * 10,
        change="> quoted\n• a\n\n\n- b",
        links="https://a.example/?a=1&b=2|x>",
    )
    assert "<!channel>" not in card.text + str(card.blocks)
    assert "<!here>" not in card.text + str(card.blocks)
    assert "<@U123>" not in str(card.blocks)
    assert seated.parked() == []
    shown = seated.sam.command("/customer-seat", "show 1", seated.pricing)
    assert shown.ok, shown.error
    assert "<!channel>" not in str(shown.blocks)


def test_the_longest_of_everything_fits(seated: Office) -> None:
    longest = {
        "title": "&" * 80,
        "told_to_her": "<" * 300,
        "why": "&" * 1000,
        "change": "&" * 3000,
        "affected": "&" * 300,
        "links": "&" * 1000,
    }
    seated.propose(**longest)
    assert seated.parked() == []
    assert seated.sam.command("/customer-seat", "show 1", seated.pricing).ok


def test_a_day_is_judged_where_the_seat_is_not_in_greenwich(seated: Office) -> None:
    auckland = datetime(2026, 3, 3, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
    seated.set_up(seated.ana, timezone="Pacific/Auckland")
    seated.wait_until(auckland.astimezone(ZoneInfo("UTC")))
    form(seated)
    errors = send(seated, already_live="2026-03-03", decide_by="2026-03-02")
    assert list(errors) == ["decide_by"], "the third has begun in Auckland, the second is over"


def test_today_in_a_zone_behind_greenwich_is_not_past(seated: Office) -> None:
    seated.set_up(seated.ana, timezone="America/Los_Angeles")
    evening = datetime(2026, 3, 2, 20, tzinfo=ZoneInfo("America/Los_Angeles"))
    seated.wait_until(evening.astimezone(ZoneInfo("UTC")))
    form(seated)
    assert send(seated, decide_by=date(2026, 3, 2)) == {}


def test_one_form_sent_twice_opens_one_review(seated: Office) -> None:
    ears = Ears(seated)
    form(seated)
    view = seated.sam.modal
    assert view is not None
    assert send(seated) == {}
    view.record.is_open = True
    seated.slack.world.stacks[seated.sam.id].append(view.record)
    assert send(seated, title="Once more") == {}
    seated.settle()
    assert ears.new() == OPENED


def test_a_form_sent_twice_at_the_same_instant_opens_one_review(seated: Office) -> None:
    ears = Ears(seated)
    form(seated)
    seated.sam.fill(**PRICING)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: _sent(seated), range(4)))
    assert {} in answers
    seated.settle()
    assert ears.new() == OPENED


def _sent(office: Office) -> object:
    try:
        return office.sam.submit()
    except Exception as closed:  # the first to be answered closed the form
        return str(closed)


def test_twenty_at_once_are_numbered_without_gap_or_double(seated: Office) -> None:
    people = [seated.slack.add_person(f"Person {n}", tz="Europe/Madrid") for n in range(20)]
    for person in people:
        person.join(seated.pricing)
    seated.settle()
    for number, person in enumerate(people):
        form(seated, by=person)
        person.fill(**{**PRICING, "title": f"Change {number}"})
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda p: p.submit(), people)) == [{}] * 20
    seated.settle()
    numbers = sorted(int(m.text.split("#")[1].split(":")[0]) for m in cards(seated))
    assert numbers == list(range(1, 21))
    assert all(len(m.replies) == 1 for m in cards(seated)), "a checklist in each thread"
    assert seated.parked() == []


def test_someone_who_left_the_channel_meanwhile_cannot_propose_there(seated: Office) -> None:
    form(seated)
    seated.sam.leave(seated.pricing)
    seated.settle()
    ears = Ears(seated)
    errors = send(seated)
    assert "Only members of the channel" in str(errors)
    seated.settle()
    assert ears.new() == []


def test_guests_propose_only_where_the_seat_lets_them(seated: Office) -> None:
    guest = seated.slack.add_person("Gus Guest", guest=True)
    guest.join(seated.pricing)
    seated.settle()
    shown = guest.command("/propose-change", "pricing A thing", seated.pricing)
    assert "Guests can't propose a change here" in shown.text
    seated.set_up(seated.ana, guests_may_propose=["yes"])
    guest.command("/propose-change", "pricing A thing", seated.pricing)
    assert guest.modal is not None


def test_someone_from_outside_cannot_be_named_to_decide(seated: Office) -> None:
    robot = seated.slack.add_person("Robo", bot=True)
    gone = seated.slack.add_person("Gone Girl", deleted=True)
    stranger = seated.slack.add_person("Stranger", stranger=True)
    for person in (robot, gone, stranger):
        form(seated)
        errors = send(seated, decider=person)
        assert list(errors) == ["decider"], person
        seated.sam.close()


def test_in_a_private_channel_who_decides_has_to_be_in_it(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.sam, office.ana, office.lee], private=True, bot_in=True
    )
    office.set_up(office.ana, channel=secret)
    office.sam.command("/propose-change", "", secret)
    errors = office.sam.submit(**PRICING, decider=office.dan)
    assert list(errors) == ["decider"]
    assert office.sam.submit(decider=office.lee) == {}


def test_nobody_named_the_proposer_decides(seated: Office) -> None:
    card = seated.propose(decider=None)
    assert "Sam Ortiz proposes · Ana Lima speaks for the customer · Sam Ortiz decides" in (
        card.all_text()
    )


def test_already_live_stands_on_the_card_and_decides_in_its_own_words(seated: Office) -> None:
    card = seated.propose(already_live=date(2026, 2, 20))
    assert "Already live since Fri 20 Feb" in card.all_text()
    assert "Already live since Fri 20 Feb" in card.text
    seated.press(seated.lee, card, "more", option=option(card, "decide"))
    assert seated.lee.modal is not None
    labels = seated.lee.modal.text()
    assert "Undo" in labels
    assert seated.lee.submit(verdict="go", because="It works for her.") == {}
    seated.settle()
    assert "Keep" in card.all_text()
    assert card.all_text().count("before the customer was heard") == 1, "said once, above"


def test_a_promise_of_confidence_that_nothing_keeps_is_refused(seated: Office) -> None:
    """By a form that was opened before the field went."""
    form(seated)
    view = seated.sam.modal
    assert view is not None
    assert "confidential" not in str(view.fields())
    view.record.content["blocks"].append(
        {
            "type": "input",
            "block_id": "confidential_until",
            "optional": True,
            "label": {"type": "plain_text", "text": "Confidential until"},
            "element": {"type": "datepicker", "action_id": "confidential_until"},
        }
    )
    empty = {"type": "datepicker", "selected_date": None}
    view.record.values["confidential_until"] = {"confidential_until": empty}
    ears = Ears(seated)
    errors = seated.sam.submit(**PRICING, confidential_until=date(2026, 4, 1))
    assert list(errors) == ["confidential_until"]
    assert "Nothing here is kept confidential yet" in errors["confidential_until"]
    assert ears.new() == []
    assert seated.sam.submit(confidential_until=None) == {}
    seated.settle()
    assert ears.new() == OPENED


@pytest.mark.parametrize("fault", ["error:expired_trigger_id", "error:internal_error", "http_500"])
def test_a_form_that_slack_does_not_open_in_time_says_what_to_do(
    seated: Office, fault: str
) -> None:
    seated.slack.faults.add(fault, method="views.open", count=1)
    shown = seated.sam.command("/propose-change", "pricing Team plan to $49", seated.pricing)
    assert shown.ok
    assert "again" in shown.text
    assert "reference" not in shown.text
    form(seated)
    assert seated.sam.modal is not None
    fields = seated.sam.modal.fields()
    assert (fields["kind"], fields["title"]) == ("pricing", "Team plan to $49")


def test_when_slack_cannot_be_asked_who_is_in_the_channel_nothing_is_lost(seated: Office) -> None:
    form(seated)
    # A day later what is known of people is too old.
    seated.clock.hand.advance(25 * 3600)
    fault = seated.slack.faults.add("http_500", method="users.info")
    ears = Ears(seated)
    errors = send(seated)
    assert "try again" in str(errors)
    assert seated.sam.modal is not None
    seated.settle()
    assert ears.new() == []
    seated.slack.faults.remove(fault)
    assert seated.sam.submit() == {}
    seated.settle()
    assert ears.new() == OPENED
