"""slack_sdk's blocks, each kept inside Slack's limits. No words here, and no facts."""

from collections.abc import Iterable, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement
from slack_sdk.models.views import View

from bot.typed import one_line
from bot.views.scene import Drawn
from bot.views.wire import FormContext
from bot.wording import Plain, fit, fit_plain, size

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_SECTION = 3000
MOST_CONTEXT = 2000
MOST_TEXT = 3900
"""Of a message's top-level text; Slack recommends 4,000."""
MOST_BUTTONS = 25
MOST_TITLE = 24
MOST_LABEL = 75
MOST_PLACEHOLDER = 150
MOST_OPTIONS = 100
MOST_IN_MENU = 5
"""Behind a ⋯."""


def section(
    text: str, accessory: InteractiveElement | None = None, *, folds: bool = False
) -> SectionBlock:
    """`folds`: Slack may hide all but the first lines of it behind "See more"."""
    return SectionBlock(
        text=_words(text, MOST_SECTION), accessory=accessory, expand=None if folds else True
    )


def sections(lines: Iterable[str]) -> list[Block]:
    """The lines in as few sections as hold them."""
    texts: list[str] = []
    for line in (fit(line, MOST_SECTION) for line in lines if line):
        joined = f"{texts[-1]}\n{line}" if texts else line
        if texts and size(joined) <= MOST_SECTION:
            texts[-1] = joined
        else:
            texts.append(line)
    return [section(text) for text in texts]


def context(text: str) -> ContextBlock:
    return ContextBlock(elements=[_words(text, MOST_CONTEXT)])


def _words(text: str, most: int) -> MarkdownTextObject:
    """Taken as it is written: otherwise Slack would make a call of an `@here` that somebody typed,
    and a link of each `#name`. Our own links are written out (bot/wording.py)."""
    return MarkdownTextObject(text=fit(text, most) or " ", verbatim=True)


def divider() -> DividerBlock:
    return DividerBlock()


def actions(buttons: Sequence[InteractiveElement]) -> list[Block]:
    """A row of buttons; none when there is none to press."""
    return [ActionsBlock(elements=[*buttons[:MOST_BUTTONS]])] if buttons else []


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    url: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    return ButtonElement(
        text=plain(label, MOST_LABEL),
        action_id=action_id,
        value=value or None,
        style=style,
        url=url,
        confirm=confirm,
    )


def overflow(action_id: str, choices: Iterable[tuple[str, str]]) -> OverflowMenuElement:
    """`choices`: value and label; Slack takes one to five."""
    return OverflowMenuElement(action_id=action_id, options=options(choices)[:MOST_IN_MENU])


def select(
    action_id: str, choices: Iterable[tuple[str, str]], *, placeholder: str
) -> StaticSelectElement:
    """A list to choose one from, outside of a form. `choices`: value and label."""
    return StaticSelectElement(
        action_id=action_id,
        options=options(choices)[:MOST_OPTIONS],
        placeholder=plain(placeholder, MOST_PLACEHOLDER),
    )


def options(choices: Iterable[tuple[str, str]]) -> list[Option]:
    """`choices`: value and label."""
    return [Option(value=value, text=plain(label, MOST_LABEL)) for value, label in choices]


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    return ConfirmObject(
        title=plain(title, 100), text=plain(text, 300), confirm=plain(yes, 30), deny=plain(no, 30)
    )


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    hint: str = "",
) -> InputBlock:
    """An input whose block_id and action_id are both the field's name."""
    element.action_id = name
    return InputBlock(
        block_id=name,
        label=plain(label, MOST_CONTEXT),
        element=element,
        optional=optional,
        hint=plain(hint, MOST_CONTEXT) if hint else None,
    )


def plain(text: str, most: int) -> PlainTextObject:
    """A plain_text, cut to `most`; Slack refuses an empty one. What is no sentence of ours is
    somebody's words, such as an option's label."""
    text = fit_plain(text if isinstance(text, Plain) else one_line(text), most)
    return PlainTextObject(text=text or " ", emoji=True)


def message(text: str, blocks: Sequence[Block], *, shown_number: int | None = None) -> Drawn:
    return Drawn(
        text=str(fit(text, MOST_TEXT)),
        blocks=[block.to_dict() for block in blocks[:MOST_BLOCKS]],
        shown_number=shown_number,
    )


def modal(
    callback_id: str,
    *,
    title: str,
    close: str,
    blocks: Sequence[Block],
    submit: str | None = None,
    carries: FormContext | None = None,
) -> dict[str, Any]:
    view: dict[str, Any] = View(
        type="modal",
        callback_id=callback_id,
        title=plain(title, MOST_TITLE),
        submit=plain(submit, MOST_TITLE) if submit else None,
        close=plain(close, MOST_TITLE),
        private_metadata=(carries or FormContext()).to_json(),
        blocks=[*blocks[:MOST_VIEW_BLOCKS]],
    ).to_dict()
    return view
