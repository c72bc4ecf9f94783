"""Templates: each renders, each is used, each button has words; and how they are written."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined

from bot.data import data_folder
from bot.demo.transcript import EMOJI
from bot.views import names
from bot.views.messages import MESSAGES, messages_page
from bot.views.refusals import say_refusal
from bot.views.why import draw_why_me
from bot.wording import Said, Wording
from seat import rotation
from seat.acts import WHO_MAY, Act, Reason
from seat.rotation import LeftOut
from seat.seating import Seating, Way
from seat.thread import bindings
from tests.views.drawings import WHISPERS, draw_forms, draw_messages
from tests.views.reviews import ANA, BEN, WORDING, scene, states

ROOT = Path(__file__).parents[2]
TEMPLATES = data_folder("templates")
SHOWN_ELSEWHERE = ("refusals.", "who_may.", "acts.", "field_errors.")
"""Rendered by handlers from what a use case raised; held to the code below."""
NO_LABEL = {
    "MORE": "the menu's ⋯ is Slack's",
    "ANSWER_TAP": "an option's own label",
    "MITIGATED": "offered and agreed to in different words",
    "ACCEPT_OBJECTION": "offered and agreed to in different words",
}


class Listening(Wording):
    """Notes which templates are used."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.heard: set[str] = set()

    def say(self, key: str, /, **values: Any) -> Said:
        self.heard.add(key)
        return super().say(key, **values)

    def plain(self, key: str, /, **values: Any) -> str:
        self.heard.add(key)
        return super().plain(key, **values)


@pytest.fixture(scope="module")
def heard() -> set[str]:
    wording = Listening(TEMPLATES)
    for review in states().values():
        draw_messages(review, wording)
        draw_forms(review, wording)
    return wording.heard


def test_every_template_is_used_by_a_drawing(heard: set[str]) -> None:
    """Rendering is under StrictUndefined, so that being used is rendering too."""
    assert WORDING._mrkdwn.undefined is StrictUndefined
    ours = {key for key in WORDING.keys() if not key.startswith(SHOWN_ELSEWHERE)}  # noqa: SIM118
    public = {f"buttons.{value}" for value in vars(names).values() if isinstance(value, str)}
    reasons = {f"labels.reason_{reason}" for reason in rotation.Reason}
    assert ours - heard - public - reasons == set()


@pytest.mark.parametrize("reason", rotation.Reason)
def test_every_reason_to_be_passed_over_is_said(reason: rotation.Reason) -> None:
    seating = Seating(ANA, Way.CHOSEN, instead_of=(LeftOut(BEN, reason),))
    review = replace(states()["asked"], seating=seating)
    assert "no turn in the last 90 days; Ben Osei" in draw_why_me(review, scene(ANA), WORDING)


def test_every_button_has_words() -> None:
    buttons = [
        name
        for name, value in vars(names).items()
        if name.isupper() and isinstance(value, str) and name not in NO_LABEL
    ]
    after = buttons[buttons.index("ACCEPT_SEAT") : buttons.index("PROPOSE_FROM_MESSAGE")]
    for name in after:
        assert WORDING.plain(f"buttons.{getattr(names, name)}").strip()


def test_every_sign_in_a_sentence_is_drawn_by_page_and_transcript() -> None:
    signs = {
        sign
        for page in TEMPLATES.glob("*.j2")
        for sign in re.findall(r":([a-z][a-z_]+):", page.read_text())
    }
    page = (ROOT / "playground/page/static/js/emoji.js").read_text()
    assert signs - {name for name in signs if f"{name} " in page} == set()
    assert signs - set(EMOJI) == set()


def test_every_reason_of_a_refusal_has_a_sentence_for_every_act() -> None:
    for reason, act in product(Reason, Act):
        values = {"roles": [str(r) for r in WHO_MAY[act]], "people": [], "act": act, "number": 3}
        assert say_refusal(reason, values, WORDING).endswith(".")
        assert say_refusal(reason, values, WORDING, plain=True).endswith(".")


def test_every_refusal_raised_has_a_sentence_with_its_values() -> None:
    for key, values in raised("Refusal"):
        assert say_refusal(key, values, WORDING).strip(), key


def test_every_field_error_has_a_sentence_with_its_values() -> None:
    for key, values in field_errors():
        assert WORDING.plain(f"field_errors.{key}", **values).strip(), key


def test_everything_that_was_not_understood_has_a_line() -> None:
    assert {f"not_understood_{reason}" for reason in bindings.Unclear} <= set(WHISPERS)
    for reason in bindings.Unclear:
        for number in (None, 3):
            line = WORDING.say(f"whispers.not_understood_{reason}", number=number, question="")
            assert line.strip()


def test_the_page_of_messages_is_made_from_the_table() -> None:
    assert (ROOT / "docs" / "messages.md").read_text() == messages_page()


def test_every_kind_of_message_that_is_queued_is_in_the_table() -> None:
    found = {
        kind.value
        for path in (ROOT / "bot" / "reviews").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(kind := _kind_in(call), ast.Constant)
    }
    assert {"card", "seat", "say_back", "digest"} <= found <= set(MESSAGES)


def _kind_in(call: ast.Call) -> ast.expr | None:
    """The kind of the message this call queues, if it queues one."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("tell", "post"):
        return call.args[0]
    if isinstance(call.func, ast.Name) and call.func.id == "queue_surface":
        return next((k.value for k in call.keywords if k.arg == "kind"), None)
    return None


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda p: p.stem)
def test_how_a_template_is_written(path: Path) -> None:
    text = path.read_text()
    words = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    assert text.startswith("{#"), "says what it is for"
    assert "!" not in words
    assert " he " not in words
    assert "--" not in words
    assert " - " not in words
    for plain in ("successfully", "please note", "invalid", "error", "oops", "sorry,"):
        assert plain not in words.lower()
    blocks = re.findall(r"{% block (\w+)", text)
    assert len(blocks) == len(set(blocks))


def test_words_for_people_stand_in_templates_only() -> None:
    """A string with three words and a full stop in a drawing is a sentence that got away."""
    for path in [*(ROOT / "bot" / "views").rglob("*.py"), ROOT / "bot" / "wording.py"]:
        if path.name == "messages.py":  # its page is documentation
            continue
        tree = ast.parse(path.read_text())
        for text in strings_in(tree):
            assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+.*[.?]$", text), (path.name, text)


def test_the_advocate_sees_nothing_of_it_once_the_seat_is_passed_on() -> None:
    drawn = MESSAGES["seat"](states()["unseated"], scene(ANA), WORDING)
    assert "no longer yours" in drawn.text
    assert all(block["type"] != "actions" for block in drawn.blocks)


def raised(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key and values of each `Refusal("key", value=…)` in the code."""
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args:
                keys = [n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)
                        and isinstance(n.value, str) and " " not in n.value]  # fmt: skip
                for key in keys if not isinstance(node.args[0], ast.Call) else []:
                    if WORDING_KEY.fullmatch(key):
                        yield key, {k.arg: _any(k.arg) for k in node.keywords if k.arg}


WORDING_KEY = re.compile(r"[a-z_]{3,}")


def field_errors() -> Iterator[tuple[str, dict[str, Any]]]:
    """The key and values of each `errors["field"] = …` and `FieldErrors(field=…)` in the code."""
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                target = node.targets[0].value
                if isinstance(target, ast.Name) and target.id == "errors":
                    yield from _error(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FieldErrors":
                for keyword in node.keywords:
                    yield from _error(keyword.value)


def _error(value: ast.expr) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, ast.Constant):
        yield value.value, {}
    if isinstance(value, ast.Tuple) and isinstance(value.elts[0], ast.Constant):
        keys = value.elts[1].keys if isinstance(value.elts[1], ast.Dict) else []
        names = [k.value for k in keys if isinstance(k, ast.Constant)]
        yield value.elts[0].value, {name: _any(name) for name in names}


def _any(name: str) -> Any:
    """A value of the kind each name stands for."""
    return [] if name in ("roles", "people", "kinds", "words") else 3


def strings_in(tree: ast.AST) -> Iterator[str]:
    """String constants that are not documentation, nor part of an exception."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Expr):
            skipped |= (
                {id(inner) for inner in ast.walk(node)}
                if not (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
                else set()
            )
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node.value
