"""What Slack refuses in blocks and in metadata, and where it says the fault is."""

import time
from typing import Any

import pytest

from playground.blocks.check import find_block_troubles, find_metadata_troubles
from tests.playground.small_blocks import (
    Json,
    actions,
    button,
    field,
    option,
    plain,
    section,
    select,
    typed,
)

GOOD: list[list[Json]] = [
    [section()],
    [section(fields=[{"type": "mrkdwn", "text": "y"}] * 10)],
    [
        section(
            accessory=button(
                style="danger",
                confirm={"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()},
            )
        )
    ],
    [{"type": "header", "text": plain("x" * 150)}],
    [{"type": "divider"}, {"type": "divider"}],
    [
        {
            "type": "context",
            "elements": [
                plain(),
                {"type": "image", "image_url": "https://x.invalid", "alt_text": "x"},
            ],
        }
    ],
    [actions(select(initial_option=option()), button(action_id="b", value="v" * 2000))],
    [actions({"type": "overflow", "action_id": "o", "options": [option()]})],
    [section(accessory={"type": "radio_buttons", "action_id": "r", "options": [option()]})],
    [{"type": "markdown", "text": "**x**"}],
    [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "offset": 2,
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
                    ],
                }
            ],
        }
    ],
]


@pytest.mark.parametrize("blocks", GOOD)
def test_what_slack_takes_is_taken(blocks: list[Json]) -> None:
    assert find_block_troubles(blocks, "message") == []


BAD: list[tuple[str, Any, str]] = [
    ("not a list", {}, "/blocks"),
    ("51 blocks", [{"type": "divider"}] * 51, "/blocks"),
    ("no type", [{"text": "x"}], "/blocks/0"),
    ("an unknown type", [{"type": "sections"}], "/blocks/0/type"),
    ("an unknown field", [section(colour="red")], "/blocks/0"),
    ("a section of nothing", [{"type": "section"}], "/blocks/0"),
    ("bare text", [{"type": "section", "text": "x"}], "/blocks/0/text"),
    ("empty text", [section(text=plain(""))], "/blocks/0/text/text"),
    ("3001 characters", [section(text=plain("x" * 3001))], "/blocks/0/text/text"),
    ("11 fields", [section(fields=[plain()] * 11)], "/blocks/0/fields"),
    ("a field of 2001", [section(fields=[plain("x" * 2001)])], "/blocks/0/fields/0/text"),
    ("a header of 151", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    (
        "a header in mrkdwn",
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "/blocks/0/text/type",
    ),
    ("11 in a context", [{"type": "context", "elements": [plain()] * 11}], "/blocks/0/elements"),
    ("an empty context", [{"type": "context", "elements": []}], "/blocks/0/elements"),
    (
        "a button in a context",
        [{"type": "context", "elements": [button()]}],
        "/blocks/0/elements/0/type",
    ),
    ("26 buttons", [actions(*(button(action_id=str(n)) for n in range(26)))], "/blocks/0/elements"),
    ("a button of 76", [actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ("a value of 2001", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ("a blue button", [actions(button(style="blue"))], "/blocks/0/elements/0/style"),
    ("a button without words", [actions({"type": "button"})], "/blocks/0/elements/0"),
    (
        "a mrkdwn button",
        [actions(button(text={"type": "mrkdwn", "text": "x"}))],
        "/blocks/0/elements/0/text/type",
    ),
    ("an input in a row", [actions(typed())], "/blocks/0/elements/0/type"),
    ("an input in a message", [field(typed())], "/blocks/0/type"),
    ("the same action_id twice", [actions(button(), button())], "/blocks/0/elements/1/action_id"),
    (
        "the same block_id twice",
        [section(block_id="b"), section(block_id="b")],
        "/blocks/1/block_id",
    ),
    ("a block_id of 256", [section(block_id="x" * 256)], "/blocks/0/block_id"),
    (
        "an action_id of 256",
        [actions(button(action_id="x" * 256))],
        "/blocks/0/elements/0/action_id",
    ),
    (
        "6 in a menu",
        [
            section(
                accessory={
                    "type": "overflow",
                    "action_id": "o",
                    "options": [option(str(n)) for n in range(6)],
                }
            )
        ],
        "/blocks/0/accessory/options",
    ),
    (
        "an option of 76",
        [actions(select(options=[option(text="x" * 76)]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        "an option's value of 151",
        [actions(select(options=[option("x" * 151)]))],
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        "101 options",
        [actions(select(options=[option(str(n)) for n in range(101)]))],
        "/blocks/0/elements/0/options",
    ),
    ("no options", [actions(select(options=[]))], "/blocks/0/elements/0/options"),
    (
        "neither options nor groups",
        [actions({"type": "static_select", "action_id": "a"})],
        "/blocks/0/elements/0",
    ),
    (
        "11 radio buttons",
        [
            section(
                accessory={
                    "type": "radio_buttons",
                    "action_id": "r",
                    "options": [option(str(n)) for n in range(11)],
                }
            )
        ],
        "/blocks/0/accessory/options",
    ),
    (
        "11 checkboxes",
        [
            section(
                accessory={
                    "type": "checkboxes",
                    "action_id": "r",
                    "options": [option(str(n)) for n in range(11)],
                }
            )
        ],
        "/blocks/0/accessory/options",
    ),
    (
        "a first option that is not there",
        [actions(select(initial_option=option("2")))],
        "/blocks/0/elements/0/initial_option",
    ),
    (
        "a placeholder of 151",
        [actions(select(placeholder=plain("x" * 151)))],
        "/blocks/0/elements/0/placeholder/text",
    ),
    (
        "a date that is none",
        [actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-02-30"})],
        "/blocks/0/elements/0/initial_date",
    ),
    ("markdown of 12001", [{"type": "markdown", "text": "x" * 12001}], "/blocks/0/text"),
]


@pytest.mark.parametrize(("blocks", "pointer"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_slack_refuses_is_refused_where_it_is(blocks: Any, pointer: str) -> None:
    messages = [t.message() for t in find_block_troubles(blocks, "message")]
    assert any(m.endswith(f"[json-pointer:{pointer}]") for m in messages), messages


def test_the_words_are_slacks() -> None:
    blocks = [section(text=plain("x" * 3001))]
    assert [t.message() for t in find_block_troubles(blocks, "message")] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_metadata_holds_flat_values() -> None:
    assert find_metadata_troubles({"event_type": "x", "event_payload": {"key": "1", "n": 1}}) == []
    assert find_metadata_troubles({"event_type": "x"})
    assert find_metadata_troubles({"event_type": "x", "event_payload": {"a": {"b": {"c": 1}}}})


def test_a_post_is_checked_in_under_five_milliseconds() -> None:
    blocks = [section(accessory=button(action_id=str(n))) for n in range(10)]
    blocks += [actions(button(), select(action_id="s"))] * 3
    find_block_troubles(blocks, "message")
    took = []
    for _ in range(20):
        start = time.perf_counter()
        find_block_troubles(blocks, "message")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.005
