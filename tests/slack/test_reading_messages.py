"""Which message events are taken, and as what: one row a shape Slack sends."""

from typing import Any

import pytest

from bot.slack.reading import (
    Deleted,
    Edited,
    Posted,
    Reaction,
    Unreadable,
    event_key,
    is_echo,
    read_message,
    read_reaction,
    workspace_of_event,
)

BLOCK = {"type": "rich_text", "elements": []}
SAID: dict[str, Any] = {
    "type": "message",
    "channel": "C1",
    "channel_type": "channel",
    "user": "U1",
    "ts": "1763795403.000100",
    "text": "It would surprise her",
    "blocks": [BLOCK],
}
INNER = {k: v for k, v in SAID.items() if k not in ("channel", "channel_type")}


def changed(before: dict[str, Any], after: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C1",
        "channel_type": "group",
        "ts": "1763795409.000200",
        "message": INNER | after,
        "previous_message": INNER | before,
        **more,
    }


def test_a_plain_message_is_read_whole() -> None:
    event = SAID | {"thread_ts": "1763795400.000000"}
    assert read_message(event, "T1") == Posted(
        workspace_id="T1",
        channel="C1",
        channel_type="channel",
        user="U1",
        ts="1763795403.000100",
        thread_ts="1763795400.000000",
        version="1763795403.000100",
        text="It would surprise her",
        blocks=(BLOCK,),
        has_files=False,
    )


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_some_subtypes_are_messages_people_wrote(subtype: str) -> None:
    event = SAID | {"subtype": subtype, "files": [{"id": "F1"}]}
    found = read_message(event, "T1")
    assert isinstance(found, Posted)
    assert found.has_files


@pytest.mark.parametrize(
    "subtype",
    [
        "assistant_app_thread",
        "bot_add",
        "bot_message",
        "bot_remove",
        "channel_archive",
        "channel_join",
        "channel_leave",
        "channel_name",
        "channel_posting_permissions",
        "channel_purpose",
        "channel_topic",
        "channel_unarchive",
        "ekm_access_denied",
        "group_join",
        "huddle_thread",
        "me_message",
        "message_replied",
        "pinned_item",
        "reminder_add",
        "reply_broadcast",
        "something_new",
        "tombstone",
        "unpinned_item",
    ],
)
def test_other_subtypes_are_nothing_anyone_said(subtype: str) -> None:
    assert read_message(SAID | {"subtype": subtype}, "T1") is None


@pytest.mark.parametrize(
    "event",
    [
        SAID | {"bot_id": "B1"},
        SAID | {"hidden": True},
        SAID | {"user": None},
        SAID | {"user": ""},
        SAID | {"ts": 1763795403.0001},
        SAID | {"channel": None},
        {"type": "message"},
        {},
        [],
        None,
        "message",
    ],
)
def test_what_no_person_wrote_is_not_taken(event: Any) -> None:
    assert read_message(event, "T1") is None


@pytest.mark.parametrize("blocks", [None, "x", {}, [1, None, "x"]])
def test_blocks_of_another_shape_are_left_out(blocks: Any) -> None:
    found = read_message(SAID | {"blocks": blocks, "text": None}, "T1")
    assert isinstance(found, Posted)
    assert (found.blocks, found.text) == ((), "")


def test_an_edit_is_what_it_says_now_with_a_newer_version() -> None:
    edited = {"user": "U1", "ts": "1763795409.000000"}
    found = read_message(changed({}, {"text": "It would not", "edited": edited}), "T1")
    assert isinstance(found, Edited)
    assert (found.text, found.version, found.ts) == (
        "It would not",
        "1763795409.000000",
        "1763795403.000100",
    )
    assert (found.channel, found.channel_type) == ("C1", "group")


def test_an_edit_without_its_time_takes_the_events() -> None:
    found = read_message(changed({}, {"text": "It would not"}), "T1")
    assert isinstance(found, Edited)
    assert found.version == "1763795409.000200"


def test_an_edit_whose_former_text_is_not_told_counts() -> None:
    event = changed({}, {"text": "It would not"}) | {"previous_message": None}
    assert isinstance(read_message(event, "T1"), Edited)


@pytest.mark.parametrize(
    "after",
    [
        {"attachments": [{"title": "a link preview"}]},
        {"reply_count": 3, "latest_reply": "1"},
        {"files": [{"id": "F1", "mode": "tombstone"}]},
        {"edited": {"user": "U1", "ts": "1763795409.000000"}},
    ],
)
def test_a_change_that_leaves_the_text_is_nothing(after: dict[str, Any]) -> None:
    assert read_message(changed({}, after), "T1") is None


@pytest.mark.parametrize("after", [{"bot_id": "B1"}, {"subtype": "bot_message"}, {"user": ""}])
def test_a_changed_message_of_a_bot_is_nothing(after: dict[str, Any]) -> None:
    assert read_message(changed({}, after | {"text": "other"}), "T1") is None


def test_a_deletion_names_the_message() -> None:
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": "C1",
        "ts": "1763795409.000200",
        "event_ts": "1763795409.000200",
        "deleted_ts": "1763795403.000100",
        "previous_message": INNER,
    }
    assert read_message(event, "T1") == Deleted(
        "T1", "C1", "1763795403.000100", "1763795409.000200", "U1"
    )
    assert read_message(event | {"deleted_ts": None}, "T1") is None


def test_a_tombstone_is_a_deletion() -> None:
    event = changed({}, {"subtype": "tombstone", "user": "USLACKBOT"})
    assert read_message(event, "T1") == Deleted(
        "T1", "C1", "1763795403.000100", "1763795409.000200", "U1", thread_goes_on=True
    )


REACTION = {
    "type": "reaction_added",
    "user": "U1",
    "reaction": "x",
    "item": {"type": "message", "channel": "C1", "ts": "1.1"},
    "item_user": "U2",
    "event_ts": "2.2",
}


@pytest.mark.parametrize(("kind", "added"), [("reaction_added", True), ("reaction_removed", False)])
def test_a_reaction_on_a_message_is_read(kind: str, added: bool) -> None:
    found = read_reaction(REACTION | {"type": kind}, "T1")
    assert found == Reaction("T1", "U1", "x", "C1", "1.1", added, "2.2")


@pytest.mark.parametrize(
    "event",
    [
        REACTION | {"item": {"type": "file", "file": "F1"}},
        REACTION | {"item": None},
        REACTION | {"user": None},
        REACTION | {"reaction": 7},
        None,
    ],
)
def test_other_reactions_are_nothing(event: Any) -> None:
    assert read_reaction(event, "T1") is None


def authorized(**fields: Any) -> dict[str, Any]:
    return {"authorizations": [{"enterprise_id": None, "team_id": "T1"} | fields]}


@pytest.mark.parametrize(
    ("body", "workspace"),
    [
        # In a shared channel `team_id` may be the other company's: the installation counts.
        ({"team_id": "T9"} | authorized(), "T1"),
        ({"team_id": "T1"} | authorized(enterprise_id="E1", is_enterprise_install=True), "E1"),
        ({"team_id": "T1"} | authorized(enterprise_id="E1", is_enterprise_install=False), "T1"),
        ({"team_id": "T1", "authorizations": []}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": True}, "E1"),
        ({"team_id": "T1", "authorizations": "odd"}, "T1"),
    ],
)
def test_the_workspace_is_the_installation_that_received_it(
    body: dict[str, Any], workspace: str
) -> None:
    assert workspace_of_event(body) == workspace
    assert event_key(body | {"event_id": "Ev1"}) == f"event:{workspace}:Ev1"


@pytest.mark.parametrize("body", [{}, None, {"team_id": "T1"}, {"event_id": "Ev1"}])
def test_an_event_without_workspace_or_id_has_no_key(body: Any) -> None:
    with pytest.raises(Unreadable):
        event_key(body)


@pytest.mark.parametrize(
    ("event", "echo"),
    [
        ({"type": "message", "user": "UBOT", "bot_id": "B1", "ts": "1.0"}, True),
        ({"type": "message", "subtype": "bot_message", "bot_id": "B1"}, True),
        ({"type": "message", "subtype": "message_changed", "message": {"user": "UBOT"}}, True),
        ({"type": "reaction_added", "user": "UBOT"}, True),
        ({"type": "message", "user": "U1"}, False),
        ({"type": "message", "subtype": "bot_message", "bot_id": "B2"}, False),
        ({"type": "reaction_added", "user": "U1", "item_user": "UBOT"}, False),
        ({"type": "user_change", "user": {"id": "UBOT"}}, False),
        ({"type": "member_joined_channel", "user": "UBOT"}, False),
        (
            {
                "type": "message",
                "subtype": "message_deleted",
                "previous_message": {"user": "UBOT", "bot_id": "B1"},
            },
            False,
        ),
        (
            {
                "type": "message",
                "subtype": "message_changed",
                "message": {"subtype": "tombstone", "user": "USLACKBOT"},
                "previous_message": {"user": "UBOT", "bot_id": "B1"},
            },
            False,
        ),
        ("not an event", False),
    ],
)
def test_what_we_did_ourselves_is_an_echo_and_a_deletion_is_not(event: object, echo: bool) -> None:
    assert is_echo(event, bot_user_id="UBOT", bot_id="B1") is echo
    assert is_echo(event, bot_user_id="", bot_id="") is False
