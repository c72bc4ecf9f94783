"""What Slack's events tell of people and channels is taken over, as far as they say it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from bot.slack.client import Clients
from bot.slack.directory import Directory, find_names
from bot.slack.remember import refresh_from_event, remember_person
from bot.slack.signs import LONG_AGO
from db.store import Store
from db.tables import Channel as ChannelRow
from db.tables import Membership, Person
from playground import HandClock, Playground
from tests.delivery.desk import Desk, open_desk


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    hand = HandClock()
    with Playground(clock=hand) as slack:
        yield open_desk(slack, hand, store)


@pytest.fixture
def directory(desk: Desk) -> Directory:
    clients = Clients(lambda _: desk.slack.bot_token, desk.slack.api_url)
    return Directory(desk.store, clients, desk.clock)


def told(desk: Desk, **event: Any) -> None:
    desk.do(lambda s: refresh_from_event(s, desk.t, event, now=desk.clock.machine()))


def channel_row(desk: Desk, **fields: Any) -> None:
    row = ChannelRow(workspace_id=desk.t, id="C1", checked_at=desk.clock.now(), **fields)
    desk.do(lambda s: s.add(row))


def channel_now(desk: Desk) -> ChannelRow:
    found = desk.store.read(lambda s: s.get(ChannelRow, (desk.t, "C1")))
    assert found is not None
    return found


USER = {
    "id": "U1",
    "team_id": "",
    "real_name": "Ana Souza",
    "tz": "America/Sao_Paulo",
    "is_restricted": False,
    "profile": {"real_name": "Ana Souza"},
}


def person_row(desk: Desk, **fields: Any) -> None:
    known = {"name": "Ana Lima", "tz": "Europe/Lisbon", "checked_at": desk.clock.now()}
    desk.do(lambda s: s.add(Person(workspace_id=desk.t, id="U1", **{**known, **fields})))


def person_now(desk: Desk) -> Person:
    found = desk.store.read(lambda s: s.get(Person, (desk.t, "U1")))
    assert found is not None
    return found


def test_a_changed_person_is_taken_over(desk: Desk, directory: Directory) -> None:
    person_row(desk)
    user = USER | {"team_id": desk.t}
    told(desk, type="user_change", user=user)
    assert directory.person(desk.t, "U1").name == "Ana Souza"
    told(desk, type="user_change", user=user | {"deleted": True, "tz": None})
    gone = directory.person(desk.t, "U1")
    assert (gone.deactivated, gone.tz) == (True, "America/Sao_Paulo")
    assert desk.calls("users.info") == 0
    assert desk.store.read(lambda s: find_names(s, desk.t, ["U1", "U2"])) == {"U1": "Ana Souza"}


@pytest.mark.parametrize("kind", ["user_change", "team_join"])
def test_of_people_we_do_not_know_nothing_is_written(desk: Desk, kind: str) -> None:
    told(desk, type=kind, user=USER | {"team_id": desk.t})
    assert desk.store.read(lambda s: s.exec(select(Person)).all()) == []


@pytest.mark.parametrize(
    ("missing", "kept"),
    [
        ({"team_id": None}, {"is_external": False}),
        ({"team_id": ""}, {"is_external": False}),
        ({"tz": None}, {"tz": "Europe/Lisbon"}),
        ({"tz": ""}, {"tz": "Europe/Lisbon"}),
        ({"is_restricted": None}, {"is_guest": False}),
    ],
)
def test_what_an_event_leaves_out_stays_as_it_was_and_is_asked(
    desk: Desk, missing: dict[str, Any], kept: dict[str, Any]
) -> None:
    person_row(desk)
    told(desk, type="user_change", user=USER | {"team_id": desk.t} | missing)
    found = person_now(desk)
    assert {name: getattr(found, name) for name in kept} == kept
    assert found.name == "Ana Souza"
    assert found.checked_at == LONG_AGO


@pytest.mark.parametrize("outside", [True, False])
def test_somebody_from_outside_stays_so_where_an_event_names_no_team(
    desk: Desk, outside: bool
) -> None:
    person_row(desk, is_external=outside, is_guest=outside)
    told(desk, type="user_change", user={"id": "U1", "real_name": "Ana Souza"})
    assert (person_now(desk).is_external, person_now(desk).is_guest) == (outside, outside)


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Ana", "real_name": "Ana Lima"}}, "Ana"),
        ({"profile": {"display_name": "", "real_name": "Ana Lima"}}, "Ana Lima"),
        ({"profile": {"display_name": " \u200b", "real_name": "Ana Lima"}}, "Ana Lima"),
        ({"profile": {"real_name": "\u200b"}, "real_name": "\u2060", "name": "ana"}, "ana"),
        ({"profile": {"display_name": "\u674e \u96f7"}}, "\u674e \u96f7"),
        ({"real_name": "Ana Lima", "name": "ana"}, "Ana Lima"),
        ({}, "U1"),
    ],
)
def test_the_name_that_somebody_chose_is_preferred(
    desk: Desk, user: dict[str, Any], name: str
) -> None:
    person_row(desk)
    told(desk, type="user_change", user={"id": "U1", **user})
    assert person_now(desk).name == name


def test_an_unknown_zone_is_not_utc(desk: Desk, directory: Directory) -> None:
    desk.do(
        lambda s: remember_person(s, desk.t, {"id": "U1", "team_id": desk.t}, now=desk.clock.now())
    )
    assert person_now(desk).tz == ""


def test_coming_and_going_are_taken_over(desk: Desk, directory: Directory) -> None:
    for kind, is_member in (("member_joined_channel", True), ("member_left_channel", False)):
        told(desk, type=kind, user="U1", channel="C1")
        row = desk.store.read(lambda s: s.get(Membership, (desk.t, "C1", "U1")))
        assert row is not None
        assert row.is_member is is_member
        assert directory.membership(desk.t, "C1", "U1") is is_member


def test_our_own_coming_and_going_changes_the_channel(desk: Desk) -> None:
    channel_row(desk)
    bot = desk.slack.team.bot_user
    told(desk, type="member_joined_channel", user=bot, channel="C1")
    assert channel_now(desk).bot_is_member is True
    told(desk, type="member_left_channel", user=bot, channel="C1")
    assert channel_now(desk).bot_is_member is False


@pytest.mark.parametrize(
    ("event", "before", "after"),
    [
        ({"type": "channel_archive"}, {}, {"is_archived": True}),
        ({"type": "group_archive"}, {}, {"is_archived": True}),
        ({"type": "channel_unarchive"}, {"is_archived": True}, {"is_archived": False}),
        ({"type": "group_unarchive"}, {"is_archived": True}, {"is_archived": False}),
        ({"type": "channel_deleted"}, {"bot_is_member": True}, {"bot_is_member": False}),
        ({"type": "group_deleted"}, {}, {"is_archived": True}),
        ({"type": "channel_shared"}, {}, {"is_shared": True}),
        ({"type": "channel_unshared"}, {"is_shared": True}, {"is_shared": True}),
        (
            {"type": "channel_unshared", "is_ext_shared": True},
            {"is_shared": True},
            {"is_shared": True},
        ),
        (
            {"type": "channel_rename", "channel": {"id": "C1", "name": "prices"}},
            {"name": "pricing"},
            {"name": "prices"},
        ),
    ],
)
def test_what_becomes_of_a_channel_is_taken_over(
    desk: Desk, event: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    channel_row(desk, **before)
    told(desk, **{"channel": "C1", **event})
    found = channel_now(desk)
    assert {name: getattr(found, name) for name in after} == after


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_archive", "channel": "C9"},
        {"type": "channel_rename", "channel": None},
        {"type": "user_change", "user": None},
        {"type": "member_joined_channel"},
        {"type": "something_new"},
        {},
    ],
)
def test_events_about_nothing_we_know_change_nothing(desk: Desk, event: dict[str, Any]) -> None:
    told(desk, **event)
