"""Where a change is to be proposed: a shortcut that is at hand everywhere knows no channel."""

from typing import Any

from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement

from bot.views import blocks, names
from bot.wording import Wording


def draw_choose_channel(wording: Wording) -> dict[str, Any]:
    """Field: `channel`, the one the reader looks at unless they choose another."""
    element = ConversationSelectElement(
        default_to_current_conversation=True,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    return blocks.modal(
        names.CHOOSE_CHANNEL,
        title=wording.plain("propose_change.title"),
        submit=wording.plain("propose_change.choose_submit"),
        close=wording.plain("forms.close"),
        blocks=[
            blocks.field(
                "channel",
                wording.plain("propose_change.choose_channel"),
                element,
                hint=wording.plain("propose_change.choose_channel_hint"),
            )
        ],
    )
