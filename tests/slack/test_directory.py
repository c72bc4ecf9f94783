"""People, channels and who is in them: from our copy, by one bounded question, or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.slack.client import Clients
from bot.slack.directory import CouldNotAsk, Directory
from bot.slack.resume import were_away
from db.store import Store
from db.tables import Person
from playground import HandClock, Playground
from tests.delivery.desk import Desk, open_desk

DAY = 86_400
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    hand = HandClock()
    with Playground(clock=hand) as slack:
        yield open_desk(slack, hand, store)


@pytest.fixture
def directory(desk: Desk) -> Directory:
    clients = Clients(lambda _: desk.slack.bot_token, desk.slack.api_url)
    return Directory(desk.store, clients, desk.clock)


@BOTH
def test_a_person_is_asked_once_a_day(desk: Desk, directory: Directory) -> None:
    ana = desk.slack.add_person("Ana Lima", tz="Europe/Lisbon")
    for _ in range(2):
        found = directory.person(desk.t, ana.id)
        assert (found.name, found.tz, found.is_guest) == ("Ana Lima", "Europe/Lisbon", False)
    assert desk.calls("users.info") == 1
    desk.hand.advance(DAY)
    directory.person(desk.t, ana.id)
    assert desk.calls("users.info") == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"guest": True}, "is_guest"),
        ({"single_channel_guest": True}, "is_guest"),
        ({"stranger": True}, "is_external"),
        ({"admin": True}, "is_admin"),
        ({"deleted": True}, "deactivated"),
        ({"bot": True}, "is_bot"),
    ],
)
def test_what_matters_of_a_person_is_kept(
    desk: Desk, directory: Directory, facts: dict[str, bool], field: str
) -> None:
    someone = desk.slack.add_person("Someone", **facts)
    assert getattr(directory.person(desk.t, someone.id), field) is True


def test_a_renewed_person_keeps_the_private_channel(desk: Desk, directory: Directory) -> None:
    ana = desk.slack.add_person("Ana Lima")
    directory.person(desk.t, ana.id)

    def keep(session: Any) -> None:
        session.get(Person, (desk.t, ana.id)).dm_channel_id = "D1"

    desk.do(keep)
    desk.hand.advance(DAY)
    assert directory.person(desk.t, ana.id).dm_channel_id == "D1"


@pytest.mark.parametrize(
    "fault", ["http_500", "drop_before", "truncated_json", "ratelimited", "error:fatal_error"]
)
def test_what_cannot_be_asked_is_said_so(desk: Desk, directory: Directory, fault: str) -> None:
    ana = desk.slack.add_person("Ana Lima")
    desk.slack.faults.add(fault)
    for ask in (
        lambda: directory.person(desk.t, ana.id),
        lambda: directory.channel(desk.t, "C1"),
        lambda: directory.membership(desk.t, "C1", ana.id),
        lambda: directory.join(desk.t, "C1"),
    ):
        with pytest.raises(CouldNotAsk):
            ask()
    assert len(desk.slack.wire.calls()) == 4


def test_an_old_answer_is_not_good_enough(desk: Desk, directory: Directory) -> None:
    ana = desk.slack.add_person("Ana Lima")
    directory.person(desk.t, ana.id)
    desk.hand.advance(DAY)
    desk.slack.faults.add("http_500")
    with pytest.raises(CouldNotAsk):
        directory.person(desk.t, ana.id)


def test_nobody_is_made_up(desk: Desk, directory: Directory) -> None:
    with pytest.raises(CouldNotAsk):
        directory.person(desk.t, "U0NOBODY00")


def test_no_token_is_no_answer(desk: Desk) -> None:
    directory = Directory(desk.store, Clients(lambda _: None, desk.slack.api_url), desk.clock)
    with pytest.raises(CouldNotAsk):
        directory.person(desk.t, "U1")


@BOTH
def test_who_is_in_a_channel_is_asked_once_for_all(desk: Desk, directory: Directory) -> None:
    ana, ben, kim = (desk.slack.add_person(name) for name in ("Ana", "Ben", "Kim"))
    pricing = desk.slack.add_channel("pricing", members=[ana, ben], bot_in=True)
    found = directory.members(desk.t, pricing.id, [ana.id, ben.id, kim.id])
    assert found == {ana.id: True, ben.id: True, kim.id: False}
    assert directory.membership(desk.t, pricing.id, kim.id) is False
    assert desk.calls("conversations.members") == 1


def test_in_a_large_channel_those_not_on_the_page_are_asked_for(
    desk: Desk, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.members.PAGE", 3)
    people = [desk.slack.add_person(f"Person {n}") for n in range(5)]
    outside = desk.slack.add_person("Outside")
    general = desk.slack.add_channel("general", members=people, bot_in=True)
    asked = [people[0].id, people[4].id, outside.id]
    found = directory.members(desk.t, general.id, asked)
    assert found == {people[0].id: True, people[4].id: True, outside.id: False}


def test_the_answer_renews_whoever_is_known_there(desk: Desk, directory: Directory) -> None:
    people = [desk.slack.add_person(f"Person {n}") for n in range(4)]
    pricing = desk.slack.add_channel("pricing", members=people, bot_in=True)
    ids = [person.id for person in people]
    directory.members(desk.t, pricing.id, ids)
    desk.hand.advance(DAY)
    pricing.record.members.remove(ids[1])
    for user in ids:
        assert directory.membership(desk.t, pricing.id, user) is (user != ids[1])
    assert desk.calls("conversations.members") == 2


@BOTH
def test_what_was_found_is_kept_when_a_later_page_fails(
    desk: Desk, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.members.PAGE", 3)
    people = [desk.slack.add_person(f"Person {n}") for n in range(9)]
    general = desk.slack.add_channel("general", members=people, bot_in=True)
    ids = [person.id for person in people]
    fault = desk.slack.faults.add("http_500", method="conversations.members", skip=1)
    with pytest.raises(CouldNotAsk):
        directory.members(desk.t, general.id, ids)
    desk.slack.faults.remove(fault)
    calls = desk.calls("conversations.members")
    found = directory.members(desk.t, general.id, ids[:3])
    assert found == dict.fromkeys(ids[:3], True)
    assert desk.calls("conversations.members") == calls


def test_what_we_knew_before_we_were_away_is_asked_again(desk: Desk, directory: Directory) -> None:
    ana = desk.slack.add_person("Ana Lima")
    pricing = desk.slack.add_channel("pricing", members=[ana], bot_in=True)

    def ask() -> list[int]:
        directory.person(desk.t, ana.id)
        directory.may_see(desk.t, pricing.id, ana.id)
        directory.membership(desk.t, pricing.id, ana.id)
        return [
            desk.calls(method)
            for method in ("users.info", "conversations.info", "conversations.members")
        ]

    assert ask() == [1, 1, 1]
    desk.hand.advance(60)
    assert ask() == [1, 1, 1]
    until = desk.clock.machine()
    desk.do(lambda s: were_away(s, None, until=until))
    assert ask() == [2, 2, 2]
    assert ask() == [2, 2, 2]


def test_an_absence_that_is_still_to_come_was_dated_by_a_wrong_clock(
    desk: Desk, directory: Directory
) -> None:
    """It is asked more often then, and not each time; nothing breaks."""
    ana = desk.slack.add_person("Ana Lima")
    pricing = desk.slack.add_channel("pricing", members=[ana], private=True, bot_in=True)
    until = desk.clock.machine() + timedelta(hours=1)
    desk.do(lambda s: were_away(s, None, until=until))
    for asked in (1, 1, 2):
        assert directory.may_see(desk.t, pricing.id, ana.id) is True
        assert directory.person(desk.t, ana.id).name == "Ana Lima"
        assert desk.calls("users.info") == desk.calls("conversations.members") == asked
        desk.hand.advance(40)
    desk.hand.advance(4000)
    for _ in range(2):
        directory.person(desk.t, ana.id)
    assert desk.calls("users.info") == 3


def test_slowed_down_it_asks_no_more_until_it_may(desk: Desk, directory: Directory) -> None:
    people = [desk.slack.add_person(f"Person {n}") for n in range(3)]
    fault = desk.slack.faults.add("ratelimited", method="users.info", retry_after=40)
    for person in people:
        with pytest.raises(CouldNotAsk) as trouble:
            directory.person(desk.t, person.id)
        assert trouble.value.retry_after == 40
    assert desk.calls("users.info") == 1
    desk.slack.faults.remove(fault)
    desk.hand.advance(40)
    assert directory.person(desk.t, people[0].id).name == "Person 0"


@pytest.mark.parametrize(
    ("private", "bot_in", "guest", "inside", "may"),
    [
        (False, True, False, False, True),
        (False, False, False, False, True),
        (False, True, True, False, False),
        (False, True, True, True, True),
        (True, True, False, True, True),
        (True, True, False, False, False),
        (True, True, True, True, True),
        (True, False, False, True, None),
    ],
)
def test_who_may_be_told_what_is_in_a_channel(
    desk: Desk, directory: Directory, private: bool, bot_in: bool, guest: bool, inside: bool,
    may: bool | None,
) -> None:  # fmt: skip
    ana = desk.slack.add_person("Ana Lima", guest=guest)
    directory.person(desk.t, ana.id)
    members = [ana] if inside else []
    place = desk.slack.add_channel("place", members=members, private=private, bot_in=bot_in)
    assert directory.may_see(desk.t, place.id, ana.id) is may


def test_a_channel_that_slack_shows_us_no_more_is_private_now(
    desk: Desk, directory: Directory
) -> None:
    """Made private, and we taken out, and nobody told us of either. Asked about once a while."""
    ana = desk.slack.add_person("Ana Lima")
    place = desk.slack.add_channel("place", members=[ana], bot_in=True)
    assert directory.may_see(desk.t, place.id, ana.id) is True
    place.record.kind = "group"
    place.record.members.remove(desk.slack.team.bot_user)
    desk.hand.advance(DAY)
    for _ in range(3):
        assert directory.may_see(desk.t, place.id, ana.id) is None
    assert desk.calls("conversations.info") == 2
    assert desk.calls("conversations.members") == 0


def test_of_a_channel_we_are_not_in_nobody_tells_us_so_it_is_asked_more_often(
    desk: Desk, directory: Directory
) -> None:
    place = desk.slack.add_channel("place")
    for minutes, asked in ((0, 1), (9, 1), (2, 2)):
        desk.hand.advance(60 * minutes)
        directory.channel(desk.t, place.id)
        assert desk.calls("conversations.info") == asked


def test_a_channel_the_bot_cannot_see_is_unknown_to_it(desk: Desk, directory: Directory) -> None:
    ana = desk.slack.add_person("Ana")
    secret = desk.slack.add_channel("secret", members=[ana], private=True)
    assert directory.membership(desk.t, secret.id, ana.id) is None
    assert directory.channel(desk.t, secret.id) is None
    assert directory.join(desk.t, secret.id) is False


def test_joining_a_public_channel_is_kept(desk: Desk, directory: Directory) -> None:
    pricing = desk.slack.add_channel("pricing", members=[desk.slack.add_person("Ana")])
    before = directory.channel(desk.t, pricing.id)
    assert before is not None
    assert (before.name, before.bot_is_member, before.people) == ("pricing", False, 1)
    assert directory.join(desk.t, pricing.id) is True
    after = directory.channel(desk.t, pricing.id)
    assert after is not None
    assert (after.bot_is_member, after.people) == (True, 1)
