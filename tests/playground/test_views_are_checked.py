"""What Slack refuses in modals and in the home tab, and where it says the fault is."""

from typing import Any

import pytest

from playground.blocks.check import find_view_troubles, view_is_too_large
from tests.playground.small_blocks import Json, field, plain, section, typed


def modal(*blocks: Json, **more: Any) -> Json:
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks)}
    return {name: value for name, value in (view | more).items() if value is not None}


VIEWS: list[tuple[str, Any, str]] = [
    ("no title", modal(title=None), "/view"),
    ("a title of 25", modal(title=plain("x" * 25)), "/view/title/text"),
    ("a submit of 25", modal(submit=plain("x" * 25)), "/view/submit/text"),
    ("inputs without submit", modal(field(typed()), submit=None), "/view/submit"),
    ("101 blocks", modal(*[{"type": "divider"}] * 101), "/view/blocks"),
    ("private_metadata of 3001", modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ("a callback_id of 256", modal(callback_id="x" * 256), "/view/callback_id"),
    (
        "a label of 2001",
        modal(field(typed(), label=plain("x" * 2001))),
        "/view/blocks/0/label/text",
    ),
    ("an unknown field", modal(colour="red"), "/view"),
    ("a table", modal({"type": "table", "rows": []}), "/view/blocks/0/type"),
    (
        "min over max",
        modal(field(typed(min_length=5, max_length=4))),
        "/view/blocks/0/element/min_length",
    ),
    (
        "a first text too long",
        modal(field(typed(max_length=4, initial_value="xxxxx"))),
        "/view/blocks/0/element/initial_value",
    ),
    (
        "a number that is none",
        modal(field({"type": "number_input", "is_decimal_allowed": False, "initial_value": "x"})),
        "/view/blocks/0/element/initial_value",
    ),
    (
        "focus twice",
        modal(field(typed(focus_on_load=True)), field(typed(focus_on_load=True))),
        "/view/blocks/1/element",
    ),
    ("no view at all", "x", "/view"),
    ("another type", {"type": "message", "blocks": []}, "/view/type"),
]


@pytest.mark.parametrize(("view", "pointer"), [v[1:] for v in VIEWS], ids=[v[0] for v in VIEWS])
def test_a_view_slack_refuses_is_refused_where_it_is(view: Any, pointer: str) -> None:
    messages = [t.message() for t in find_view_troubles(view)]
    assert any(m.endswith(f"[json-pointer:{pointer}]") for m in messages), messages


def test_a_good_modal_and_a_good_home_are_taken() -> None:
    assert find_view_troubles(modal(field(typed(), block_id="b", dispatch_action=True))) == []
    assert find_view_troubles({"type": "home", "blocks": [section()]}) == []


def test_a_view_over_250_kb_is_too_large() -> None:
    assert not view_is_too_large(modal(private_metadata="x" * 249_000))
    assert view_is_too_large(modal(private_metadata="x" * 250_001))
