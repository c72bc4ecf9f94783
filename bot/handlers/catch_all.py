"""Acknowledge what is not ours, so that Slack neither repeats it nor shows an error.

Registered last: the first listener that matches wins.
"""

import re
from typing import Any

from slack_bolt import App, BoltResponse

from bot.toolbox import Toolbox

ANYTHING = re.compile(".*", re.DOTALL)


def register(app: App, toolbox: Toolbox) -> None:
    def acknowledge() -> BoltResponse:
        return BoltResponse(status=200)

    def unknown_command(ack: Any) -> None:
        ack(text=toolbox.wording.plain("refusals.unknown_command"))

    app.event(ANYTHING)(acknowledge)
    app.action(ANYTHING)(acknowledge)
    app.options(ANYTHING)(acknowledge)
    app.shortcut(ANYTHING)(acknowledge)
    app.view(ANYTHING)(acknowledge)
    app.view_closed(ANYTHING)(acknowledge)
    app.command(ANYTHING)(unknown_command)
