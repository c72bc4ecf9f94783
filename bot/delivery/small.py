"""Reactions, repeated until Slack has them, and whispers, which are sent at most once."""

from functools import partial
from typing import Any

from sqlmodel import Session

from bot.answers import Meaning
from bot.delivery.desk import Desk, log
from bot.scenes import find_card_link
from bot.slack.directory import CouldNotAsk
from db import lanes
from db.backlog import forget_parked_reactions
from db.lanes import Claimed
from db.sharing import is_shared
from db.tables import OutboxRow, ReviewRow

REACT, UNREACT, WHISPER, REFUSAL = "react", "unreact", "whisper", "refusal"


OF_SHARING = frozenset({"refusals.paused", "refusals.shared_channel"})
"""The lines that may be said in a channel which another company reads: each to who pressed there,
and of no review."""


def _is_shared(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    return desk.store.read(lambda s: is_shared(s, claimed.workspace_id, row.lane))


def send_reaction(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    if _is_shared(desk, claimed, row):
        desk.wait_while_shared(claimed, row)
        return True
    method = "reactions.add" if row.kind == REACT else "reactions.remove"
    if later := desk.may_call(claimed, method, channel=row.lane):
        desk.hold(claimed, later)
        return False
    where = {"channel": row.lane, "timestamp": str(row.args["ts"]), "name": str(row.args["name"])}
    row = desk.start(claimed, row)
    if row.kind == REACT:
        answer = desk.call(claimed.workspace_id, lambda c: c.reactions_add(**where))
    else:
        answer = desk.call(claimed.workspace_id, lambda c: c.reactions_remove(**where))
    if answer.meaning in (Meaning.SENT, Meaning.MOOT):
        now = desk.clock.now()

        def deed(session: Session) -> None:
            lanes.done(session, row, claimed, now=now)
            forget_parked_reactions(session, row)

        desk.store.transact(deed)
        return True
    return desk.refused(claimed, row, answer, method=method, channel=row.lane)


def _with_link(desk: Desk, claimed: Claimed, args: dict[str, Any]) -> dict[str, Any]:
    """Where a line names a review, or several, the address of its thread: known only now that it
    is posted."""
    if several := args.get("reviews"):
        return {**args, "reviews": [_with_link(desk, claimed, each) for each in several]}
    if (review_id := args.get("review_id")) is None:
        return args
    address = desk.links.known_address(claimed.workspace_id)
    return {**args, "url": desk.store.read(lambda s: find_card_link(s, review_id, address))}


def _may_say(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    """In our own conversation with somebody, a line that names reviews is told elsewhere than where
    they are: only to who may read all of that now. Raises CouldNotAsk."""
    if row.lane[:1] != "D":
        return True
    args = row.args["args"]
    named = [args, *(args.get("reviews") or ())]
    reviews = {int(each["review_id"]) for each in named if each.get("review_id")}

    def channels(session: Session) -> set[str]:
        found = [session.get(ReviewRow, review) for review in sorted(reviews)]
        return {each.channel_id for each in found if each is not None}

    workspace = claimed.workspace_id
    return all(
        desk.directory.may_see(workspace, channel, row.args["person"])
        and not desk.store.read(partial(is_shared, workspace_id=workspace, channel_id=channel))
        for channel in sorted(desk.store.read(channels))
    )


def send_whisper(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    """Noted before it goes out: found noted, it may have arrived, and is left at that."""
    if row.sending_since is not None:
        log.info("delivery.whisper_in_doubt", lane=claimed.lane, row=row.id)
        desk.drop(claimed, row)
        return True
    if row.args["template"] not in OF_SHARING and _is_shared(desk, claimed, row):
        desk.drop(claimed, row)
        return True
    try:
        if not _may_say(desk, claimed, row):
            desk.drop(claimed, row)
            return True
    except CouldNotAsk as trouble:
        seconds = max(desk.durations.next_look, trouble.retry_after)
        desk.retry(claimed, row, seconds=seconds, error=str(trouble))
        return False
    method = "chat.postEphemeral"
    # A refusal goes in a lane of its reader's own.
    channel = str(row.args["channel"]) if row.kind == REFUSAL else row.lane
    if later := desk.may_call(claimed, method, channel=channel):
        desk.hold(claimed, later)
        return False
    if not desk.can_link(claimed, row):
        return False
    args = row.args
    drawn = desk.drawings.draw_whisper(args["template"], _with_link(desk, claimed, args["args"]))
    row = desk.start(claimed, row)
    answer = desk.call(
        claimed.workspace_id,
        lambda c: c.chat_postEphemeral(
            channel=channel,
            user=args["person"],
            text=drawn.text,
            parse="none",
            blocks=drawn.blocks or None,
            thread_ts=args["thread_ts"],
        ),
    )
    if answer.meaning in (Meaning.SENT, Meaning.IN_DOUBT):
        desk.drop(claimed, row)
        return True
    if row.kind == REFUSAL and answer.meaning in (Meaning.HOPELESS, Meaning.UNINVITED):
        desk.drop(claimed, row)  # by the time it could be said, it was pressed long ago
        return True
    return desk.refused(claimed, row, answer, method=method, channel=channel)
