"""A reply that overtook its card: kept while the card's place is not known, then heard."""

from bot.reviews.deed import Deed
from bot.reviews.hear_edit import hear_deletion
from bot.reviews.hear_reply import Reply, hear_reply
from db.early import keep, may_be_ours, take_early
from db.tables import EarlyMessage


def keep_early(deed: Deed, reply: Reply, *, head_by: str, deleted: bool = False) -> bool:
    """Whether it was kept: its author has the seat in a review whose card may be above it.

    `head_by`: who wrote the head of the thread, "" when not known. Nobody else's words are kept.
    """
    if not reply.thread_ts:
        return False
    ours = may_be_ours(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=reply.channel_id,
        thread_ts=reply.thread_ts,
        by=deed.user,
        head_by=head_by,
    )
    if not ours:
        return False
    message = EarlyMessage(
        workspace_id=deed.workspace_id,
        channel_id=reply.channel_id,
        ts=reply.ts,
        thread_ts=reply.thread_ts,
        by=deed.user,
        version=reply.version,
        text=reply.text,
        blocks=list(reply.blocks),
        has_files=reply.has_files,
        deleted=deleted,
        kept_at=deed.now,
    )
    keep(deed.session, message)
    return True


def keep_early_deletion(deed: Deed, gone: Reply, *, head_by: str) -> bool:
    """The words go; that they are gone is kept, for they may come later."""
    return keep_early(deed, gone, head_by=head_by, deleted=True)


def hear_early(deed: Deed, *, channel_id: str, thread_ts: str) -> None:
    """The card is found: what was said under it meanwhile is heard as if it came now."""
    for kept in take_early(
        deed.session, workspace_id=deed.workspace_id, channel_id=channel_id, thread_ts=thread_ts
    ):
        author = deed.by(kept.by)
        if kept.deleted:
            hear_deletion(
                author,
                channel_id=channel_id,
                ts=kept.ts,
                thread_ts=thread_ts,
                version=kept.version,
            )
        else:
            hear_reply(
                author,
                Reply(
                    channel_id=channel_id,
                    ts=kept.ts,
                    thread_ts=thread_ts,
                    version=kept.version,
                    text=kept.text,
                    blocks=tuple(kept.blocks),
                    has_files=kept.has_files,
                ),
            )
