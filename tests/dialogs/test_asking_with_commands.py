"""What the seat's command answers, privately, and to whom it says nothing."""

from typing import Any

import pytest
from sqlmodel import Session

from db.tables import Person
from playground.wire import Exchange
from tests.dialogs.deciding import from_menu, rule
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def ask(office: Office, text: str, by: str = "sam", channel: object = None) -> str:
    person = getattr(office, by)
    shown = person.command("/customer-seat", text, channel or office.pricing)
    assert shown.ok, (text, shown.error)
    assert shown.modal is None
    return str(shown.text)


def test_lists_show_what_is_open_and_what_is_decided(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    assert "Nothing is open in #pricing" in ask(office, "list")
    assert "Nothing has been decided in #pricing" in ask(office, "list decided")
    first = office.propose()
    office.propose(kind="product", title="New login")
    rule(office, first, "go")
    ears = Ears(office)
    opened, decided = ask(office, "list"), ask(office, "list decided pricing")
    assert "#2" in opened
    assert "New login" in opened
    assert "Team plan" not in opened
    assert "Team plan" in decided
    assert "Go, Mon 2 Mar" in decided
    assert "New login" not in decided
    assert "has been decided" in ask(office, "list product decided")
    assert "New login" in ask(office, "LIST Open PRODUCT")
    assert {*ears.new()} == {"~sam"}, "answers are private"


def test_someone_in_a_zone_that_nobody_knows_gets_a_list_all_the_same(office: Office) -> None:
    """Slack may know a zone before the tables here do; days are then those of UTC."""
    office.set_up(office.ana, office.ben)
    office.propose()

    def move_away(session: Session) -> None:
        person = session.get_one(Person, (office.slack.team.id, office.sam.id))
        person.tz = "America/Atlantis"
        session.add(person)

    office.store.transact(move_away)
    assert "Team plan" in ask(office, "list")
    assert "Team plan" in ask(office, "show 1")


def test_slack_is_asked_for_links_before_the_database_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a process, and no transaction waits for it."""
    asked: list[bool] = []
    reading, read = [False], office.store.read

    def watched(look: Any) -> Any:
        reading[0] = True
        try:
            return read(look)
        finally:
            reading[0] = False

    def listen(exchange: Exchange) -> None:
        if exchange.name == "auth.test":
            asked.append(reading[0])

    office.slack.wire.listen(listen)
    monkeypatch.setattr(office.store, "read", watched)
    for _ in range(2):
        ask(office, "mine")
    assert asked == [False]


def test_a_withdrawn_review_is_in_no_list_but_can_be_shown(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    from_menu(office, office.sam, card, "withdraw")
    assert office.sam.submit() == {}
    office.settle()
    assert "Nothing is open" in ask(office, "list")
    assert "Withdrawn by Sam Ortiz" in ask(office, "show 1")


def test_mine_lists_what_waits_for_me_everywhere_public(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    other = office.slack.add_channel("product", members=[*office.people.values()])
    office.set_up(office.ana, channel=other)
    office.propose()
    office.propose(channel=other, kind="product", title="New login")
    assert "Nothing waits for you" in ask(office, "mine", by="lee")
    mine = ask(office, "mine", by="ana")
    assert "Team plan" in mine
    assert "New login" in mine
    assert "Pricing #1, #pricing" in mine, "each channel numbers its own reviews"
    assert "Product #1, #product" in mine
    assert "Team plan" in str(office.ana.command("/customer-seat", "mine").text), "in private too"


def test_show_says_everything_about_one_review(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(change="Only for new teams.", affected="212 teams")
    office.answer_all(office.ana, card)
    for number in ("1", "#1", "01"):
        shown = ask(office, f"show {number}")
        for words in ("Team plan", "Hosting is up", "Only for new teams.", "212 teams",
                      "Two months of notice", "I would start looking around"):  # fmt: skip
            assert words in shown
    assert "show 18" in ask(office, "show ")
    for wrong in ("x", "-1", "²", "9" * 30, "1.5"):
        assert f'No review here has "{wrong}" in its title' in ask(office, f"show {wrong}")
    assert "There is no review #7 here" in ask(office, "show 7")


def test_roster_names_people_without_calling_them(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    shown = office.sam.command("/customer-seat", "roster", office.pricing)
    assert "Ana Lima and Ben Osei" in shown.text
    assert "Lee Park looks after this seat" in shown.text
    assert office.ana.id not in str(shown.blocks) + str(shown.answer)


def test_help_unknown_words_and_garbage_are_answered(office: Office) -> None:
    office.set_up(office.ana)
    assert "/customer-seat list" in ask(office, "help")
    assert "/customer-seat list" in ask(office, "")
    assert "/customer-seat list" in str(office.sam.command("/customer-seat", "help").text)
    assert 'I don\'t know "dance"' in ask(office, "dance with me")
    for text in ("<!channel>", "\x00\x01", "list list list", "😀" * 3000, "{{ 7 * 7 }}",
                 "' OR 1=1 --", "show <@U1>", "list weather", "مرحبا"):  # fmt: skip
        answer = ask(office, text)
        assert answer
        assert "reference" not in answer
    shown = office.sam.command("/customer-seat", "<!channel>", office.pricing)
    assert "<!channel>" not in str(shown.answer)


def test_a_channel_without_a_seat_says_how_to_get_one(office: Office) -> None:
    for word in ("list", "show 1", "roster", "digest"):
        assert "/customer-seat setup" in ask(office, word)


def test_a_guest_reads_only_the_channel_they_are_in(office: Office) -> None:
    guest = office.slack.add_person("Gus Guest", guest=True)
    guest.join(office.pricing)
    office.settle()
    office.set_up(office.ana, office.ben)
    office.propose()
    shown = guest.command("/customer-seat", "list", office.pricing)
    assert "Team plan" in shown.text


def test_a_private_channels_reviews_show_nowhere_else(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.sam, office.ana, office.lee], private=True, bot_in=True
    )
    office.set_up(office.ana, office.ben)
    office.set_up(office.ana, channel=secret)
    office.propose(channel=secret, title="Buying Acme")
    office.propose(title="Team plan")
    for word in ("list", "show 1", "digest", "mine"):
        for person in ("sam", "ana", "dan"):
            assert "Acme" not in ask(office, word, by=person), (word, person)
    assert "Acme" in ask(office, "list", channel=secret)
    assert "Acme" in ask(office, "mine", by="ana", channel=secret)
    assert "Acme" not in str(office.ana.command("/customer-seat", "mine").text)
    public = [m.all_text() for m in office.pricing.messages]
    assert "Acme" not in str(public)


def test_who_left_a_private_channel_learns_nothing_more_of_it(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.sam, office.ana, office.lee, office.dan], private=True,
        bot_in=True,
    )  # fmt: skip
    office.set_up(office.ana, channel=secret)
    card = office.propose(channel=secret, title="Buying Acme")
    seen = office.letter(office.ana, "you're the customer").snapshot()
    office.ana.leave(secret)
    office.settle()
    ears = Ears(office)
    office.choose(office.ana, seen, "object")
    assert office.ana.modal is None
    told = ears.only("@ana")
    assert "Only members of the channel can speak for the customer here" in told
    assert "Team plan" not in told
    assert card


def test_who_left_a_private_channel_is_told_nothing_more(office: Office) -> None:
    secret = office.slack.add_channel(
        "secret", members=[office.sam, office.ana, office.lee], private=True, bot_in=True
    )
    office.set_up(office.ana, channel=secret)
    office.propose(channel=secret, title="Buying Acme", decider=None)
    office.lee.leave(secret)
    office.settle()
    ears = Ears(office)
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    assert ears.new() == [], "Lee keeps the seat, and is no longer in the channel"
