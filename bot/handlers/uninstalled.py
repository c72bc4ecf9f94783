"""The app was removed, or its token taken away: nothing more is sent to that workspace."""

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

    def revoked(deed: Deed, event: dict[str, Any]) -> None:
        # A person's own token may be taken away too; that is none of ours.
        if (event.get("tokens") or {}).get("bot"):
            removed(deed, event)

    app.event("app_uninstalled")(on_event(toolbox, removed))
    app.event("tokens_revoked")(on_event(toolbox, revoked))


def _when(event: dict[str, Any]) -> datetime | None:
    """One that comes late, after the app was installed anew, is about the token before."""
    try:
        return datetime.fromtimestamp(float(text_at(event, "event_ts")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
