"""What pauses a workspace, and what ends a wait: what was held or parked goes out again, and what
was said meanwhile is read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session, col, update

from bot.slack.fields import text_at
from bot.slack.signs import LONG_AGO, doubt_members
from db.backlog import UNSEEN, open_lane, unpark
from db.catch_up import want_all
from db.moving import move_channel
from db.sharing import note_sharing
from db.tables import Workspace

log = structlog.get_logger()

_BACK = ("channel_unarchive", "group_unarchive")


def resume_from_event(session: Session, workspace_id: str, event: Any, *, now: datetime) -> None:
    """We were invited to a channel, or it is back from the archive. Other events do nothing.

    What was said there without us is to be read, and who is there to be asked. `now`: business.
    """
    kind, channel = text_at(event, "type"), text_at(event, "channel")
    workspace = session.get(Workspace, workspace_id)
    if not channel or workspace is None:
        return
    we_joined = kind == "member_joined_channel" and (
        text_at(event, "user") == workspace.bot_user_id != ""
    )
    if we_joined:
        # Who left a private channel, or came, while we were not in it, Slack did not tell us.
        doubt_members(session, workspace_id, channel)
        open_lane(session, workspace_id=workspace_id, name=channel)
    if we_joined or kind in _BACK:
        # Who is in a private channel shows as soon as we are.
        error = UNSEEN if we_joined else None
        unpark(session, workspace_id=workspace_id, lane=channel, error=error)
    if we_joined:
        # After the outbox, as where a token is renewed: one order of locks.
        want_all(session, now=now, workspace_id=workspace_id, channel_id=channel)


def inviter_of_us(session: Session, workspace_id: str, event: Any) -> str:
    """Who took us into a channel; "" where nobody did: we joined by ourselves, or another came."""
    if text_at(event, "type") != "member_joined_channel":
        return ""
    workspace, inviter = session.get(Workspace, workspace_id), text_at(event, "inviter")
    if workspace is None or not text_at(event, "user") == workspace.bot_user_id != inviter:
        return ""
    return inviter


def move_from_event(session: Session, workspace_id: str, event: Any, *, now: datetime) -> None:
    """A private channel that is shared with another company gets another id for good. What it was
    told under the old one, Slack may not have told us: its threads are read. `now`: business."""
    if text_at(event, "type") != "channel_id_changed":
        return
    old, new = text_at(event, "old_channel_id"), text_at(event, "new_channel_id")
    if not (old and new) or old == new:
        return
    where = {"workspace_id": workspace_id, "old": old, "new": new}
    if not move_channel(session, **where, checked_at=LONG_AGO):
        log.warning("channel.not_moved", workspace=workspace_id, old=old, new=new)
        return
    want_all(session, now=now, workspace_id=workspace_id, channel_id=new)
    note_sharing(session, workspace_id, new, now=now)


def were_away(session: Session, workspaces: Collection[str] | None, *, until: datetime) -> None:
    """Of people and channels we may have missed what changed: what was known of them is asked
    again when next used. `workspaces` None: all. `until`: the machine's clock."""
    away = update(Workspace).values(away_until=until)
    if workspaces is not None:
        away = away.where(col(Workspace.id).in_(sorted(workspaces)))
    session.exec(away)


def pause_workspace(
    session: Session, workspace_id: str, *, machine: datetime, told_of: datetime | None
) -> bool:
    """Slack takes our token no more. Its lanes are not claimed and its threads not read until it is
    installed anew (`revoked_at` None).

    `told_of`: when the token that this is about was ours, None for now. False, and nothing is done:
    it was installed anew since, so this is about the token before.
    """
    workspace = session.get(
        Workspace, workspace_id, populate_existing=True, with_for_update={"key_share": True}
    )
    if workspace is None:
        return True
    # An installation that is still to come was dated by a wrong clock, and says nothing.
    if told_of is not None and told_of < workspace.installed_at <= machine:
        return False
    if workspace.revoked_at is None:
        workspace.revoked_at = machine
        session.add(workspace)
        session.flush()
    return True


def resume_workspace(session: Session, workspace_id: str, *, now: datetime) -> None:
    """The bot was installed anew: nothing is paused or parked there any more, and what was said
    meanwhile, of which Slack tells nobody without a token, is to be read. `now`: business."""
    workspace = session.get(Workspace, workspace_id)
    if workspace is not None:
        workspace.revoked_at = None
        session.add(workspace)
        session.flush()
        unpark(session, workspace_id=workspace_id)
        want_all(session, now=now, workspace_id=workspace_id)
