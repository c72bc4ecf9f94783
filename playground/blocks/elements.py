"""Limits and rules on what stands in a block: buttons, menus, selects, inputs (docs.slack.dev)."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from playground.blocks.lengths import (
    length_troubles,
    longer_than,
    text_troubles,
    too_few,
    too_long,
    too_many,
)
from playground.blocks.trouble import Trouble

Json = dict[str, Any]
Path = tuple[str | int, ...]

SELECTS = ("static_select", "multi_static_select")
CHOICES = ("radio_buttons", "checkboxes")


def find_element_troubles(element: Json, path: Path) -> Iterator[Trouble]:
    kind = element["type"]
    yield from length_troubles(element, "action_id", path, 255)
    yield from text_troubles(element, "placeholder", path, 150)
    if kind in ("button", "workflow_button"):
        yield from text_troubles(element, "text", path, 75)
        yield from length_troubles(element, "value", path, 2000)
        yield from length_troubles(element, "url", path, 3000)
        yield from length_troubles(element, "accessibility_label", path, 75)
    if kind == "overflow":
        yield from _options(element, path, least=1, most=5)
    if kind in CHOICES:
        yield from _options(element, path, least=1, most=10)
    if kind in SELECTS:
        yield from _select(element, path)
    if kind == "plain_text_input":
        yield from _typed(element, path)
    if kind == "number_input":
        yield from _number(element, path)
    if kind in ("datepicker", "timepicker"):
        yield from _moment(element, path)
    most = element.get("max_selected_items")
    if isinstance(most, int) and most < 1:
        yield Trouble((*path, "max_selected_items"), "must be greater than 0")
    yield from _confirm(element, path)


def _confirm(element: Json, path: Path) -> Iterator[Trouble]:
    confirm = element.get("confirm")
    if isinstance(confirm, dict):
        for name, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from text_troubles(confirm, name, (*path, "confirm"), limit)


def _options(element: Json, path: Path, *, least: int, most: int) -> Iterator[Trouble]:
    options = element["options"]
    at = (*path, "options")
    if len(options) < least:
        yield too_few(at, least)
    if len(options) > most:
        yield too_many(at, most)
    yield from _each_option(options, at)
    yield from _initial(element, options, path)


def _each_option(options: list[Json], path: Path) -> Iterator[Trouble]:
    seen: set[str] = set()
    for i, option in enumerate(options):
        yield from text_troubles(option, "text", (*path, i), 75)
        yield from length_troubles(option, "value", (*path, i), 150)
        yield from text_troubles(option, "description", (*path, i), 75)
        value = option.get("value")
        if isinstance(value, str) and value in seen:
            yield Trouble((*path, i, "value"), f"duplicate option value: {value}")
        seen.add(str(value))


def _select(element: Json, path: Path) -> Iterator[Trouble]:
    options, groups = element.get("options"), element.get("option_groups")
    if (options is None) == (groups is None):
        yield Trouble(path, "must provide either `options` or `option_groups`")
        return
    if options is not None:
        yield from _options(element, path, least=1, most=100)
        return
    if not groups or len(groups) > 100:
        yield Trouble((*path, "option_groups"), "between 1 and 100 items allowed")
    everything: list[Json] = []
    for i, group in enumerate(groups or []):
        at = (*path, "option_groups", i)
        yield from text_troubles(group, "label", at, 75)
        if len(group["options"]) > 100:
            yield too_many((*at, "options"), 100)
        yield from _each_option(group["options"], (*at, "options"))
        everything += group["options"]
    yield from _initial(element, everything, path)


def _initial(element: Json, options: list[Json], path: Path) -> Iterator[Trouble]:
    chosen = element.get("initial_options", [])
    if "initial_options" in element and not chosen:
        yield too_few((*path, "initial_options"), 1)
    for i, option in enumerate(chosen):
        if option not in options:
            yield Trouble((*path, "initial_options", i), "must match one of the options")
    if "initial_option" in element and element["initial_option"] not in options:
        yield Trouble((*path, "initial_option"), "must match one of the options")


def _typed(element: Json, path: Path) -> Iterator[Trouble]:
    least, most = element.get("min_length"), element.get("max_length")
    for name, value in (("min_length", least), ("max_length", most)):
        if value is not None and not 0 <= value <= 3000:
            yield Trouble((*path, name), "must be between 0 and 3000")
    if most is not None and most < 1:
        yield Trouble((*path, "max_length"), "must be greater than 0")
    if least is not None and most is not None and least > most:
        yield Trouble((*path, "min_length"), "must not be greater than max_length")
    initial = element.get("initial_value")
    if longer_than(initial, most if most is not None else 3000):
        yield too_long((*path, "initial_value"), most if most is not None else 3000)


def _number(element: Json, path: Path) -> Iterator[Trouble]:
    numbers: dict[str, float] = {}
    for name in ("initial_value", "min_value", "max_value"):
        if name in element:
            try:
                numbers[name] = float(element[name])
            except ValueError:
                yield Trouble((*path, name), "must be a number")
    initial = numbers.get("initial_value")
    if initial is not None and not (
        numbers.get("min_value", initial) <= initial <= numbers.get("max_value", initial)
    ):
        yield Trouble((*path, "initial_value"), "must be within min_value and max_value")


def _moment(element: Json, path: Path) -> Iterator[Trouble]:
    for name, parse, form in (
        ("initial_date", date.fromisoformat, "YYYY-MM-DD"),
        ("initial_time", time.fromisoformat, "HH:mm"),
    ):
        value = element.get(name)
        if not isinstance(value, str):
            continue
        try:
            parse(value)
            right = len(value) == len(form)
        except ValueError:
            right = False
        if not right:
            yield Trouble((*path, name), f"must be a valid value in the form {form}")
