"""The app was removed, or its token taken away: nothing more is sent to that workspace."""

from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.slack.resume import pause_workspace
from bot.toolbox import Toolbox


def register(app: App, toolbox: Toolbox) -> None:
    def removed(deed: Deed, _event: dict[str, Any]) -> None:
        pause_workspace(deed.session, deed.workspace_id, machine=toolbox.clock.machine())

    def revoked(deed: Deed, event: dict[str, Any]) -> None:
        # A person's own token may be taken away too; that is none of ours.
        if (event.get("tokens") or {}).get("bot"):
            removed(deed, event)

    app.event("app_uninstalled")(on_event(toolbox, removed))
    app.event("tokens_revoked")(on_event(toolbox, revoked))
