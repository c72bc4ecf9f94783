"""Commands, presses, forms and shortcuts: what is read of each, and that nothing is trusted."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.elements import read_element
from bot.slack.reading import (
    Target,
    Unreadable,
    read_command,
    read_message,
    read_press,
    read_reaction,
    read_shortcut,
    read_submission,
    read_target,
)

COMMAND = {
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "channel_name": "pricing",
    "command": "/propose-change",
    "text": "pricing Team plan",
    "trigger_id": "1.2.abc",
    "response_url": "https://hooks.slack.com/commands/1",
    "is_enterprise_install": "false",
}


def test_a_command_is_read() -> None:
    found = read_command(COMMAND)
    assert (found.workspace_id, found.user, found.channel) == ("T1", "U1", "C1")
    assert (found.name, found.text, found.key) == (
        "/propose-change",
        "pricing Team plan",
        "command:1.2.abc",
    )


def test_a_command_of_an_organisation_belongs_to_it() -> None:
    body = COMMAND | {"is_enterprise_install": "true", "enterprise_id": "E1"}
    assert read_command(body).workspace_id == "E1"


def press(action: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "acme"},
        "user": {"id": "U1", "team_id": "T9"},
        "trigger_id": "1.2.abc",
        "channel": {"id": "C1", "name": "pricing"},
        "message": {"ts": "1.1", "thread_ts": "1.0"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
        "actions": [action],
        **more,
    }


BUTTON = {
    "type": "button",
    "action_id": "decide",
    "block_id": "b1",
    "value": "7:3",
    "action_ts": "5.5",
}


def test_a_press_is_read_for_the_installation_not_the_actors_team() -> None:
    found = read_press(press(BUTTON))
    assert (found.workspace_id, found.user, found.channel) == ("T1", "U1", "C1")
    assert (found.action_id, found.value, found.selected) == ("decide", "7:3", ())
    assert (found.message_ts, found.thread_ts, found.view) == ("1.1", "1.0", None)
    assert found.key == "press:U1:5.5:decide"


def test_a_press_in_a_form_tells_what_is_filled_in() -> None:
    view = {
        "id": "V1",
        "hash": "h1",
        "callback_id": "propose_change",
        "private_metadata": '{"channel": "C1"}',
        "app_installed_team_id": "T1",
        "state": {"values": {"title": {"title": {"type": "plain_text_input", "value": "x"}}}},
    }
    body = press(BUTTON, view=view, channel=None, message=None, container={"view_id": "V1"})
    found = read_press(body | {"team": {"id": "T9"}})
    assert found.workspace_id == "T1"
    assert (found.channel, found.message_ts) == (None, None)
    assert found.view is not None
    assert (found.view.metadata, found.view.values) == ({"channel": "C1"}, {"title": "x"})


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value}, "value": value}


ELEMENTS: list[tuple[dict[str, Any], str | tuple[str, ...] | None]] = [
    ({"type": "plain_text_input", "value": "words"}, "words"),
    ({"type": "plain_text_input", "value": None}, None),
    ({"type": "email_text_input", "value": "a@b.c"}, "a@b.c"),
    ({"type": "url_text_input", "value": "https://a.b"}, "https://a.b"),
    ({"type": "number_input", "value": "12"}, "12"),
    ({"type": "static_select", "selected_option": option("go")}, "go"),
    ({"type": "static_select", "selected_option": None}, None),
    ({"type": "external_select", "selected_option": option("go")}, "go"),
    ({"type": "radio_buttons", "selected_option": option("go")}, "go"),
    ({"type": "overflow", "selected_option": option("why_me:7:3")}, "why_me:7:3"),
    ({"type": "checkboxes", "selected_options": [option("a"), option("b")]}, ("a", "b")),
    ({"type": "checkboxes", "selected_options": []}, ()),
    ({"type": "multi_static_select", "selected_options": [option("a")]}, ("a",)),
    ({"type": "users_select", "selected_user": "U1"}, "U1"),
    ({"type": "users_select", "selected_user": None}, None),
    ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
    ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
    ({"type": "multi_conversations_select", "selected_conversations": ["C1"]}, ("C1",)),
    ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
    ({"type": "multi_channels_select", "selected_channels": ["C1"]}, ("C1",)),
    ({"type": "datepicker", "selected_date": "2026-03-12"}, "2026-03-12"),
    ({"type": "datepicker", "selected_date": None}, None),
    ({"type": "timepicker", "selected_time": "09:00", "timezone": "UTC"}, "09:00"),
    ({"type": "datetimepicker", "selected_date_time": 1763795403}, "1763795403"),
    ({"type": "datetimepicker", "selected_date_time": None}, None),
    ({"type": "file_input", "files": [{"id": "F1"}]}, ("F1",)),
    (
        {
            "type": "rich_text_input",
            "rich_text_value": {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "She "},
                            {"type": "text", "text": "asks"},
                        ],
                    },
                    {
                        "type": "rich_text_list",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "link", "url": "https://a.b"}],
                            }
                        ],
                    },
                ],
            },
        },
        "She asks\nhttps://a.b",
    ),
]


@pytest.mark.parametrize(("element", "value"), ELEMENTS, ids=lambda e: str(e)[:40])
def test_every_element_gives_its_value(
    element: dict[str, Any], value: str | tuple[str, ...] | None
) -> None:
    assert read_element(element) == value


def test_a_menus_choice_is_its_value() -> None:
    menu = {"type": "overflow", "action_id": "more", "selected_option": option("revise:7:3")}
    found = read_press(press(menu))
    assert (found.value, found.selected) == ("revise:7:3", ("revise:7:3",))


def test_people_chosen_are_the_selection() -> None:
    picker = {"type": "multi_users_select", "action_id": "roster", "selected_users": ["U1", "U2"]}
    assert read_press(press(picker)).selected == ("U1", "U2")


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("7:3", Target(7, 3)),
        ("7:3:5", Target(7, 3, ("5",))),
        ("7:3:5:go", Target(7, 3, ("5", "go"))),
        ("7:3:", Target(7, 3, ("",))),
        ("", None),
        ("7", None),
        ("7:", None),
        (":3", None),
        ("7:x", None),
        ("-7:3", None),
        ("7.0:3", None),
        (" 7:3", None),
        ("٧:3", None),
        ("²:3", None),
        ("9" * 10 + ":3", None),
        ("9" * 5000 + ":3", None),
        ("decide:7:3", None),
    ],
)
def test_a_buttons_value_names_a_review_and_its_version(value: str, target: Target | None) -> None:
    assert read_target(value) == target


SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T9"},
    "view": {
        "id": "V1",
        "hash": "h1",
        "callback_id": "decide",
        "private_metadata": json.dumps({"review": 7}),
        "state": {
            "values": {
                "verdict": {"verdict": {"type": "static_select", "selected_option": option("go")}},
                "because": {"because": {"type": "plain_text_input", "value": None}},
                "empty": {},
            }
        },
    },
}


def test_a_form_is_read_by_field() -> None:
    found = read_submission(SUBMISSION)
    assert (found.workspace_id, found.user, found.callback_id) == ("T1", "U1", "decide")
    assert (found.key, found.view_hash, found.metadata) == ("view:V1:decide", "h1", {"review": 7})
    assert found.values == {"verdict": "go", "because": None}


@pytest.mark.parametrize("metadata", ["", "{", "[1]", "null", None, 7])
def test_metadata_that_is_not_ours_is_empty(metadata: Any) -> None:
    view = SUBMISSION["view"] | {"private_metadata": metadata}  # type: ignore[operator]
    assert read_submission(SUBMISSION | {"view": view}).metadata == {}


def test_an_organisations_form_belongs_to_it() -> None:
    body = SUBMISSION | {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    assert read_submission(body).workspace_id == "E1"


def test_a_form_of_no_installation_is_refused_not_guessed() -> None:
    """The actor's team says nothing about who installed us."""
    with pytest.raises(Unreadable):
        read_submission(SUBMISSION | {"team": None})


def test_a_shortcut_on_a_message_brings_it_along() -> None:
    body = {
        "type": "message_action",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "callback_id": "keep_voice",
        "trigger_id": "1.2.abc",
        "action_ts": "5.5",
        "channel": {"id": "C1"},
        "message_ts": "1.1",
        "message": {"type": "message", "user": "U2", "ts": "1.1", "text": "She left"},
    }
    found = read_shortcut(body)
    assert found.key == "shortcut:U1:5.5:keep_voice"
    assert found.message is not None
    assert (found.message.user, found.message.text) == ("U2", "She left")
    by_bot = body | {"message": {"bot_id": "B1", "ts": "1.1", "text": "x"}}
    assert (read_shortcut(by_bot).message, read_shortcut(by_bot).message_ts) == (None, "1.1")
    anywhere = body | {"type": "shortcut", "channel": None, "message": None, "message_ts": None}
    assert (read_shortcut(anywhere).channel, read_shortcut(anywhere).message_ts) == (None, None)


NAMES = [
    *("team", "user", "channel", "message", "container", "actions", "view", "state", "values"),
    *("authorizations", "item", "text", "ts", "thread_ts", "user_id", "team_id", "id", "blocks"),
    *("edited", "previous_message", "subtype", "hidden", "bot_id", "enterprise", "files", "type"),
    *("is_enterprise_install", "selected_option", "selected_options", "event", "action_id"),
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(ANYTHING)
def test_nothing_a_payload_holds_makes_a_reader_fail(body: Any) -> None:
    """Refused or read; never another exception."""
    for read in (read_command, read_press, read_submission, read_shortcut):
        try:
            read(body)
        except Unreadable:
            continue
    read_message(body, "T1")
    read_reaction(body, "T1")
