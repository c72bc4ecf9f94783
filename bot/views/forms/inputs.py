"""The inputs forms are made of: each takes what is there already and never more than fits."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.typed import clean
from bot.views import blocks
from bot.views.blocks import MOST_OPTIONS
from bot.views.pen import Pen
from bot.views.splitting import split_at
from bot.wording import size
from seat.forgotten import is_forgotten

MOST_TYPED = 3000
MOST_CHECKED = 10
"""Also of radio buttons."""


def text_input(
    initial: object = "", *, most: int = MOST_TYPED, multiline: bool = False, required: bool = False
) -> PlainTextInputElement:
    """Shows as much of `initial` as any field holds, also where that is more than may be sent: then
    whoever sends it is told how much fits, and has it before them. What no field holds:
    `text_blocks`.
    """
    shown, _ = in_field(initial)
    return PlainTextInputElement(
        initial_value=shown or None,
        multiline=multiline,
        max_length=max(most, size(shown)),
        min_length=1 if required else None,
    )


def in_field(initial: object) -> tuple[str, str]:
    """What a text field shows of these words, and the rest that it cannot hold."""
    return split_at(clean(str(initial or "")), MOST_TYPED)


def text_blocks(
    field: InputBlock, initial: object, pen: Pen, *, rest: Literal["kept", "left_out"] = "kept"
) -> list[Block]:
    """The field, and below it what it cannot hold of `initial`: where they stand already it stays
    when the form is sent (`handlers/fields.py` puts it back), elsewhere it is left out."""
    _, beyond = in_field(initial)
    if not beyond:
        return [field]
    return [field, blocks.section(pen.say(f"forms.rest_{rest}", words=beyond.strip()))]


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
    known = str(initial or "")
    return UserSelectElement(initial_user=None if is_forgotten(known) else known or None)


def people_input(initial: Sequence[str] = ()) -> UserMultiSelectElement:
    known = [user for user in initial if not is_forgotten(user)]
    return UserMultiSelectElement(initial_users=known or None)


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
