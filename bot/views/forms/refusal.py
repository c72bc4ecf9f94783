"""A window that only says why there is no form: nothing to fill in, nothing to send."""

from collections.abc import Mapping
from typing import Any

from bot.views import blocks, names
from bot.views.refusals import say_refusal
from bot.wording import Wording


def draw_refusal(
    wording: Wording, key: str, values: Mapping[str, Any], *, title: str = "propose_change.title"
) -> dict[str, Any]:
    """`key`, `values`: the refusal's sentence, its people as names. `title`: a template's name."""
    return blocks.modal(
        names.PROPOSE_CHANGE,
        title=wording.plain(title),
        close=wording.plain("forms.done"),
        blocks=[blocks.section(say_refusal(key, values, wording))],
    )


def draw_moment(wording: Wording) -> dict[str, Any]:
    """A window that stands for a form while Slack is asked what the form needs."""
    return blocks.modal(
        names.PROPOSE_CHANGE,
        title=wording.plain("forms.moment_title"),
        close=wording.plain("forms.done"),
        blocks=[blocks.section(wording.say("forms.moment"))],
    )
