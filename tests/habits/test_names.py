"""Every id that is drawn has a handler, and every handler an id that is drawn."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from bot.handlers import ALL, catch_all, meant
from bot.views import names

VIEWS = Path(__file__).parents[2] / "bot" / "views"

ONLY_LINKS = {names.OPEN_THREAD}
"""Pressed, Slack opens an address by itself; the catch-all acknowledges."""
NOT_DRAWN = {"PROPOSE_COMMAND", "SEAT_COMMAND", "EVENT_TYPE"}


class Listening:
    """Stands where Bolt's App would, and writes down what is registered."""

    def __init__(self) -> None:
        self.heard: defaultdict[str, list[Any]] = defaultdict(list)

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def register(what: Any, *_more: Any) -> Callable[[Any], Any]:
            self.heard[kind].append(what)
            return lambda listener: listener

        return register

    def hears(self, kind: str, name: str) -> bool:
        return any(
            known.fullmatch(name) if isinstance(known, re.Pattern) else known == name
            for known in self.heard[kind]
        )


def registered() -> Listening:
    """Everything but the catch-all, which would hear anything."""
    app = Listening()
    for handler in ALL:
        if handler is not catch_all:
            handler.register(app, MagicMock())
    return app


def constants() -> dict[str, str]:
    return {name: value for name, value in vars(names).items() if isinstance(value, str)
            and name.isupper()}  # fmt: skip


def drawn() -> dict[str, str]:
    """The constants of names.py that a drawing uses, and their ids."""
    used = set()
    for path in VIEWS.rglob("*.py"):
        if path.name != "names.py":
            for node in ast.walk(ast.parse(path.read_text())):
                used |= {node.attr} if isinstance(node, ast.Attribute) else set()
                used |= {node.name} if isinstance(node, ast.alias) else set()
    if "tap_id" in used:
        used.add("ANSWER_TAP")
    return {name: value for name, value in constants().items() if name in used - NOT_DRAWN}


@pytest.fixture(scope="module")
def app() -> Listening:
    return registered()


def test_every_id_that_is_drawn_has_a_handler(app: Listening) -> None:
    deaf = [
        value
        for value in drawn().values()
        if not (app.hears("action", value) or app.hears("view", value)) and value not in ONLY_LINKS
    ]
    assert deaf == []


def test_every_handler_listens_to_an_id_that_is_drawn(app: Listening) -> None:
    ids = set(drawn().values())
    heard = app.heard["action"] + app.heard["view"]
    assert [h for h in heard if isinstance(h, str) and h not in ids] == []


def test_every_tap_of_a_row_is_heard(app: Listening) -> None:
    assert all(app.hears("action", names.tap_id(place)) for place in range(1, 11))


def test_every_button_says_what_it_means(app: Listening) -> None:
    """One without a row in meant.py would be about whatever is there when it is pressed."""
    buttons = {meant.button_name(h) for h in app.heard["action"] if isinstance(h, str)}
    buttons |= {names.ANSWER_TAP, *ONLY_LINKS}
    assert set(meant.BUTTONS) == buttons


def test_so_does_every_form_about_a_review(app: Listening) -> None:
    about_none = {names.PROPOSE_CHANGE, names.SEAT_SETTINGS, names.CHOOSE_CHANNEL}
    assert set(meant.FORMS) == set(app.heard["view"]) - about_none


def test_no_two_names_are_the_same_id() -> None:
    ids = list(constants().values())
    assert sorted(ids) == sorted(set(ids))


def test_every_id_is_short_enough_for_slack() -> None:
    assert [value for value in constants().values() if len(value) > 255] == []


def test_no_id_is_written_out_where_the_name_should_be() -> None:
    """A typing mistake in a name is an error; in a quoted id it is a button that does nothing."""
    ids = set(constants().values())
    call = re.compile(r"\.(?:action|view|command|shortcut)\(\s*[\"']([^\"']+)")
    written = {
        found
        for path in (VIEWS.parent / "handlers").glob("*.py")
        for found in call.findall(path.read_text())
    }
    assert written & ids == set()


def test_the_catch_all_is_asked_last() -> None:
    assert ALL[-1] is catch_all
