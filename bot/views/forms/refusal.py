"""A window that only says why there is no form: nothing to fill in, nothing to send."""

from collections.abc import Mapping
from typing import Any

from bot.views import blocks, names
from bot.views.refusals import say_refusal
from bot.wording import Wording


def draw_refusal(wording: Wording, key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """`key`, `values`: the refusal's sentence, its people as names."""
    return blocks.modal(
        names.PROPOSE_CHANGE,
        title=wording.plain("propose_change.title"),
        close=wording.plain("forms.done"),
        blocks=[blocks.section(say_refusal(key, values, wording))],
    )
