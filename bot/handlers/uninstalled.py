"""The app was removed: nothing more is sent to that workspace.

That a token was revoked (`tokens_revoked`) is not heeded: it may be the one before, and Slack does
not say. Where it is ours, the next call is told so (bot/slack/resume.py).
"""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.slack.fields import text_at
from bot.slack.resume import pause_workspace
from bot.toolbox import Toolbox


def register(app: App, toolbox: Toolbox) -> None:
    def removed(deed: Deed, event: dict[str, Any]) -> None:
        pause_workspace(
            deed.session,
            deed.workspace_id,
            machine=toolbox.clock.machine(),
            told_of=_when(event),
        )

    app.event("app_uninstalled")(on_event(toolbox, removed))


def _when(event: dict[str, Any]) -> datetime | None:
    """One that comes late, after the app was installed anew, is about the token before."""
    try:
        return datetime.fromtimestamp(float(text_at(event, "event_ts")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
