"""Signs that a channel is private now, or public again, or that we are in it no more.

Signs come late, twice or out of order, so none is believed but the one that keeps more to itself:
with every other, what stands in our copy is doubted, and asked before it is used.
"""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, update

from bot.slack.fields import text_at
from db.tables import Channel, Membership

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

# docs.slack.dev/reference/events: message.channels and its subtypes, member_joined_channel.
_BY_SUBTYPE = {"channel_convert_to_private": True, "channel_convert_to_public": False}
_BY_TYPE = {"group": True, "G": True, "channel": False, "C": False}


def heed_sign(session: Session, workspace_id: str, event: Any) -> None:
    """What an event says of its channel by its kind. Channels we do not know are left alone."""
    is_private = _read_sign(event)
    channel_id = text_at(event, "channel") or text_at(event, "channel", "id")
    if is_private is None or not channel_id:
        return
    channel = session.get(Channel, (workspace_id, channel_id))
    if channel is None or channel.is_private == is_private:
        return
    channel.is_private = True
    channel.checked_at = LONG_AGO
    session.add(channel)
    if is_private:
        doubt_members(session, workspace_id, channel_id)


def _read_sign(event: Any) -> bool | None:
    """Whether the event's channel is private; None: it does not say."""
    subtype = text_at(event, "subtype")
    if subtype in _BY_SUBTYPE:
        return _BY_SUBTYPE[subtype]
    if text_at(event, "type").startswith("group_"):
        return True
    return _BY_TYPE.get(text_at(event, "channel_type"))


def notice_removal(session: Session, workspace_id: str, channel_id: str, *, unseen: bool) -> None:
    """We are in this channel no more: nobody tells us what changes there. What we knew of it is
    asked again when next needed.

    `unseen`: Slack does not even show it to us, so it is private now, or gone.
    """
    channel = session.get(Channel, (workspace_id, channel_id))
    if channel is None or not (channel.bot_is_member or (unseen and not channel.is_private)):
        return
    channel.bot_is_member = False
    channel.is_private = channel.is_private or unseen
    channel.checked_at = LONG_AGO
    session.add(channel)
    doubt_members(session, workspace_id, channel_id)


def notice_unseen(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Asked for, Slack didn't show it: known for a while, so that not every message asks."""
    channel = session.get(Channel, (workspace_id, channel_id))
    if channel is not None and channel.is_private and not channel.bot_is_member:
        channel.checked_at = now
        session.add(channel)


def notice_refusal(session: Session, workspace_id: str, channel_id: str, error: str) -> None:
    """That Slack refused to tell or read something there may be all we hear of a removal."""
    if error in ("not_in_channel", "channel_not_found"):
        notice_removal(session, workspace_id, channel_id, unseen=error == "channel_not_found")


def doubt_members(session: Session, workspace_id: str, channel_id: str) -> None:
    """Of who is in this channel nobody told us for a while: asked again when next needed."""
    session.exec(
        update(Membership)
        .where(
            col(Membership.workspace_id) == workspace_id, col(Membership.channel_id) == channel_id
        )
        .values(checked_at=LONG_AGO)
    )
