"""Every way in, through the real handlers, by people of every role: who may gets through, and for
who may not nothing is changed or shown."""

from typing import Any

import pytest

from bot.handlers import ALL, catch_all
from bot.handlers.card_menu import FORMS
from bot.handlers.customer_seat import WORDS
from bot.toolbox import Toolbox
from bot.views import names
from seat.access import Act, Reason
from tests.access.furnished import SECRET, House
from tests.access.table import NO_WAY_YET, OWN, ROLES, is_allowed, ways

KEPT_OUT = {*map(str, Reason), "no_such_review", "no_such_seat", "no_seat_here"}
"""Refusals that are about who one is, and not about how things stand."""
MESSAGES = {("message", name) for name in ("thread", "private", "edited", "crossed")}
ONE_EACH = {
    (kind, () if kind == "menu" else acts): name for kind, name, acts in reversed(ways()) if acts
}
"""A way of each kind to each act; of the menu one, since it does what the buttons do."""


class Registry:
    """What a handler tells Bolt, in Bolt's place."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()

    def __getattr__(self, kind: str) -> Any:
        def register(name: Any) -> Any:
            self.found.add((kind, getattr(name, "pattern", name)))
            return lambda listener: listener

        return register


def registered(toolbox: Toolbox) -> set[tuple[str, str]]:
    registry = Registry()
    for handler in ALL:
        if handler is not catch_all and handler.__name__ != "bot.handlers.echoes":
            handler.register(registry, toolbox)  # type: ignore[attr-defined]
    kinds = {"action": "button", "view": "form", "command": "command", "shortcut": "shortcut"}
    tap = {names.ANSWER_TAPS.pattern: names.ANSWER_TAP}
    found = {(kinds[kind], tap.get(name, name)) for kind, name in registry.found if kind in kinds}
    found -= {("button", names.MORE), ("command", names.SEAT_COMMAND)}
    menu = {("menu", name) for name in (*FORMS, names.WHY_ME, names.NEEDS_FULL)}
    words = {("command", word) for word in (*WORDS, "setup", "settings", "help")}
    return found | menu | words


def test_every_way_that_the_product_has_stands_in_the_table(house: House) -> None:
    told = {(kind, name) for kind, name, _ in ways()}
    assert told - MESSAGES == registered(house.company.live().toolbox)


def test_every_act_has_a_way_or_a_reason_why_not() -> None:
    done = {act for _, _, acts in ways() for act in acts}
    assert done | set(NO_WAY_YET) == {str(act) for act in Act}
    assert not done & set(NO_WAY_YET)
    assert {name for _, name, acts in ways() if not acts} == set(OWN)


@pytest.mark.parametrize(
    ("kind", "name", "acts"), [way for way in ways() if way[2]], ids=lambda part: str(part)
)
def test_only_who_may_gets_through(
    house: House, kind: str, name: str, acts: tuple[str, ...]
) -> None:
    is_example = ONE_EACH[kind, () if kind == "menu" else acts] == name
    roles = ROLES if is_example else ("member",)
    wrong = [told for role in roles for told in tried(house, kind, name, acts, role, private=True)]
    for role in ("away", "visitor") if is_example else ():
        wrong += tried(house, kind, name, acts, role, private=False)
    assert not wrong, "\n".join(wrong)


def tried(
    house: House, kind: str, name: str, acts: tuple[str, ...], role: str, *, private: bool
) -> list[str]:
    """What is not as it should be."""
    may = any(is_allowed(act, role, private=private) for act in acts)
    attempt = house.attempt(kind, name, role, private=private)
    kept_out = bool(KEPT_OUT & set(attempt.refused))
    case = f"{kind} {name} by {role}, {'private' if private else 'public'}: {attempt}"
    if kind == "message":
        return [] if attempt.changed is may else [case]
    if may:
        return [f"kept out, {case}"] if kept_out else []
    # In another workspace there is none of ours to be refused.
    wrong = [f"got through, {case}"] * (not kept_out and role != "other")
    wrong += [f"changed something, {case}"] * attempt.changed
    return wrong + [f"was shown it, {case}"] * (SECRET in attempt.told)


@pytest.mark.parametrize("role", ROLES)
def test_the_one_who_says_not_me_leaves_alone(house: House, role: str) -> None:
    is_on_it = is_allowed("own_turns", role, private=True) or role == "gone"
    attempt = house.attempt("button", "leave_roster", role, private=True)
    assert attempt.changed is is_on_it
