"""Messages and reactions in threads: read, given to the use case, acknowledged when on disk."""

from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.reviews.hear_edit import hear_deletion, hear_edit, untake
from bot.reviews.hear_private import hear_private
from bot.reviews.hear_reply import Reply, hear_reply
from bot.slack.reading import Deleted, Edited, Posted, read_message, read_reaction
from bot.toolbox import Toolbox

UNTAKE = "x"


def register(app: App, toolbox: Toolbox) -> None:
    def message(deed: Deed, event: dict[str, Any]) -> None:
        heard = read_message(event, deed.workspace_id)
        if isinstance(heard, Deleted):
            hear_deletion(
                deed.by(heard.user or deed.user),
                channel_id=heard.channel,
                ts=heard.ts,
                thread_ts=heard.thread_ts,
                version=heard.version,
            )
        elif heard is not None and heard.channel_type == "im":
            if isinstance(heard, Posted):
                hear_private(deed.by(heard.user), heard.channel, heard.thread_ts)
        elif heard is not None and heard.thread_ts and heard.thread_ts != heard.ts:
            author = deed.by(heard.user)
            if isinstance(heard, Edited):
                hear_edit(author, _reply(heard, heard.thread_ts))
            else:
                hear_reply(author, _reply(heard, heard.thread_ts))

    def reaction(deed: Deed, event: dict[str, Any]) -> None:
        put = read_reaction(event, deed.workspace_id)
        if put is not None and put.added and put.name == UNTAKE:
            untake(deed.by(put.user), channel_id=put.channel, ts=put.ts)

    app.event("message")(on_event(toolbox, message))
    app.event("reaction_added")(on_event(toolbox, reaction))


def _reply(heard: Posted | Edited, thread_ts: str) -> Reply:
    return Reply(
        channel_id=heard.channel,
        ts=heard.ts,
        thread_ts=thread_ts,
        version=heard.version,
        text=heard.text,
        blocks=heard.blocks,
        has_files=heard.has_files,
    )
