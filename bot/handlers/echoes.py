"""Events of what we did ourselves: acknowledged at once, without a look at the database.

In place of Bolt's own filter, which takes somebody's deletion of a message of ours for our act.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.slack.reading import is_echo
from bot.toolbox import Toolbox


def register(app: App, _toolbox: Toolbox) -> None:
    def drop_echoes(
        body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        event = body.get("event")
        ours = {"bot_user_id": context.bot_user_id or "", "bot_id": context.bot_id or ""}
        return BoltResponse(status=200) if event and is_echo(event, **ours) else next()

    app.use(drop_echoes)
