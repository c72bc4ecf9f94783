"""The app was removed, or its token taken away: nothing more is sent to that workspace."""

from typing import Any

from slack_bolt import App

from bot.handlers.events import on_event
from bot.reviews.deed import Deed
from bot.toolbox import Toolbox
from db.tables import Workspace


def register(app: App, toolbox: Toolbox) -> None:
    def removed(deed: Deed, _event: dict[str, Any]) -> None:
        workspace = deed.session.get(Workspace, deed.workspace_id)
        if workspace is not None and workspace.revoked_at is None:
            workspace.revoked_at = toolbox.clock.machine()
            deed.session.add(workspace)

    def revoked(deed: Deed, event: dict[str, Any]) -> None:
        # A person's own token may be taken away too; that is none of ours.
        if (event.get("tokens") or {}).get("bot"):
            removed(deed, event)

    app.event("app_uninstalled")(on_event(toolbox, removed))
    app.event("tokens_revoked")(on_event(toolbox, revoked))
