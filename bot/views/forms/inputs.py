"""The inputs forms are made of: each takes what is there already and never more than fits."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.views import blocks
from bot.views.blocks import MOST_OPTIONS
from bot.wording import clean, size

MOST_TYPED = 3000
MOST_CHECKED = 10
"""Also of radio buttons."""


def text_input(
    initial: object = "", *, most: int = MOST_TYPED, multiline: bool = False, required: bool = False
) -> PlainTextInputElement:
    return PlainTextInputElement(
        initial_value=_within(str(initial or ""), most) or None,
        multiline=multiline,
        max_length=most,
        min_length=1 if required else None,
    )


def day_input(initial: object = None) -> DatePickerElement:
    """`initial`: a date, or the text of one; anything else shows no day."""
    return DatePickerElement(initial_date=read_day(initial))


def read_day(value: object) -> str | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    try:
        return date.fromisoformat(str(value or "")).isoformat()
    except ValueError:
        return None


def time_input(initial: str) -> TimePickerElement:
    return TimePickerElement(initial_time=initial)


def person_input(initial: object = None) -> UserSelectElement:
    return UserSelectElement(initial_user=str(initial) if initial else None)


def people_input(initial: Sequence[str] = ()) -> UserMultiSelectElement:
    return UserMultiSelectElement(initial_users=[*initial] or None)


def private_channel_input(initial: object = None) -> ConversationSelectElement:
    return ConversationSelectElement(
        initial_conversation=str(initial) if initial else None,
        filter=ConversationFilter(include=["private"], exclude_bot_users=True),
    )


def select_input(choices: Iterable[tuple[str, str]], initial: object = None) -> StaticSelectElement:
    """`choices`: value and label."""
    options = blocks.options(choices)[:MOST_OPTIONS]
    return StaticSelectElement(options=options, initial_option=_chosen(options, initial))


def radio_input(choices: Iterable[tuple[str, str]], initial: object = None) -> RadioButtonsElement:
    options = blocks.options(choices)[:MOST_CHECKED]
    return RadioButtonsElement(options=options, initial_option=_chosen(options, initial))


def check_input(
    choices: Iterable[tuple[str, str]], initial: Sequence[str] = ()
) -> CheckboxesElement:
    options = blocks.options(choices)[:MOST_CHECKED]
    checked: list[Any] = [option for option in options if option.value in initial]
    return CheckboxesElement(options=options, initial_options=checked or None)


def _chosen(options: list[Option], value: object) -> Option | None:
    return next((option for option in options if option.value == str(value)), None)


def _within(text: str, most: int) -> str:
    """As much of it as the field takes, without a sign that it was cut: it will be saved again."""
    text = clean(text[: 2 * most])[:most]
    too_many = size(text) - most
    return text if too_many <= 0 else text[: most - too_many]
