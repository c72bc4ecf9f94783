"""Messages and reactions in threads: read, given to the use case, acknowledged when on disk."""

from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.reviews.greet import greet
from bot.reviews.hear_early import keep_early, keep_early_deletion
from bot.reviews.hear_edit import hear_deletion, hear_edit, untake
from bot.reviews.hear_private import hear_private, hear_private_edit
from bot.reviews.hear_reply import Reply, hear_reply
from bot.reviews.notice_deletion import notice_deletion
from bot.slack.fields import text_at
from bot.slack.reading import Deleted, Edited, Posted, read_message, read_reaction
from bot.slack.signs import heed_sign
from bot.toolbox import Toolbox
from db.sharing import is_shared
from db.tables import Workspace
from seat.thread import is_mentioned

UNTAKE = "x"


def register(app: App, toolbox: Toolbox) -> None:
    app.event("message")(on_event(toolbox, hear_event))
    app.event("reaction_added")(on_event(toolbox, hear_event))


def hear_event(deed: Deed, event: dict[str, Any]) -> None:
    """A message, what became of one, or a reaction. Where another company reads along nothing is
    heard: once it does so no more, the threads are read."""
    place = text_at(event, "channel") or text_at(event, "item", "channel")
    pauses = is_shared(deed.session, deed.workspace_id, place)
    if text_at(event, "type") == "reaction_added":
        if not pauses:
            _reaction(deed, event)
        return
    heed_sign(deed.session, deed.workspace_id, event)
    heard = read_message(event, deed.workspace_id)
    if isinstance(heard, Deleted):
        if not pauses:
            _deleted(deed, heard, head_by=_head_by(event))
        return
    if isinstance(heard, Posted) and heard.channel_type != "im" and _names_us(deed, heard):
        greet(deed.by(heard.user), heard.channel)
    if pauses:
        return
    if heard is not None and heard.channel_type == "im":
        author, reply = deed.by(heard.user), reply_in(heard, heard.thread_ts)
        if isinstance(heard, Edited):
            hear_private_edit(author, reply)
        else:
            hear_private(author, reply)
    elif heard is not None and heard.thread_ts and heard.thread_ts != heard.ts:
        author, reply = deed.by(heard.user), reply_in(heard, heard.thread_ts)
        if keep_early(author, reply, head_by=_head_by(event)):
            return
        if isinstance(heard, Edited):
            hear_edit(author, reply)
        else:
            hear_reply(author, reply)


def _deleted(deed: Deed, heard: Deleted, *, head_by: str) -> None:
    where = {"channel_id": heard.channel, "ts": heard.ts}
    if notice_deletion(deed, **where, thread_goes_on=heard.thread_goes_on):
        return
    author = deed.by(heard.user or deed.user)
    if not keep_early_deletion(author, _gone(heard), head_by=head_by):
        hear_deletion(author, **where, thread_ts=heard.thread_ts, version=heard.version)


def _names_us(deed: Deed, heard: Posted) -> bool:
    if "<@" not in heard.text:  # most messages there are name nobody
        return False
    workspace = deed.session.get(Workspace, deed.workspace_id)
    return workspace is not None and is_mentioned(heard.text, workspace.bot_user_id)


def _reaction(deed: Deed, event: dict[str, Any]) -> None:
    put = read_reaction(event, deed.workspace_id)
    if put is not None and put.added and put.name == UNTAKE:
        author = deed.by(put.user)
        untake(author, channel_id=put.channel, ts=put.ts, version=put.event_ts)


def reply_in(heard: Posted | Edited, thread_ts: str | None) -> Reply:
    """What the use cases take, of a message as Slack tells it."""
    return Reply(
        channel_id=heard.channel,
        ts=heard.ts,
        thread_ts=thread_ts,
        version=heard.version,
        text=heard.text,
        blocks=heard.blocks,
        has_files=heard.has_files,
    )


def _gone(heard: Deleted) -> Reply:
    return Reply(heard.channel, heard.ts, heard.thread_ts, heard.version, text="")


def _head_by(event: dict[str, Any]) -> str:
    """Who wrote the message at the head of the thread; "" when Slack does not say."""
    around = (event, event.get("message"), event.get("previous_message"))
    return next((found for part in around if (found := text_at(part, "parent_user_id"))), "")
