"""What Slack's events tell of people and channels is kept, and opens what waited for it: messages
go out, and threads are read of what was said where we were not."""

from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.reviews.greet import answer_invitation
from bot.slack.fields import text_at
from bot.slack.remember import is_known, refresh_from_event
from bot.slack.resume import inviter_of_us, move_from_event, resume_from_event
from bot.toolbox import Toolbox

EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_left",
    "channel_id_changed",
    "channel_deleted",
    "channel_shared",
    "channel_unshared",
    "group_archive",
    "group_unarchive",
    "group_rename",
    "group_left",
    "group_deleted",
)


def register(app: App, toolbox: Toolbox) -> None:
    def remember(deed: Deed, event: dict[str, Any]) -> None:
        now = toolbox.clock.machine()
        move_from_event(deed.session, deed.workspace_id, event, now=deed.now)
        refresh_from_event(deed.session, deed.workspace_id, event, now=now)
        resume_from_event(deed.session, deed.workspace_id, event, now=deed.now)
        if inviter := inviter_of_us(deed.session, deed.workspace_id, event):
            answer_invitation(deed.by(inviter), text_at(event, "channel"))

    for name in EVENTS:
        app.event(name)(on_event(toolbox, remember))
    for name in ("user_change", "team_join"):
        app.event(name)(on_event(toolbox, remember, concerns_us=is_known))
