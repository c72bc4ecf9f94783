"""*More* in the proposal form: the fields behind it take its place, and what was typed stays."""

from typing import Any

from slack_bolt import App

from bot.slack.reading import read_press, read_view_again
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.forms.propose import draw_more_fields
from bot.views.scene import Scene


def register(app: App, toolbox: Toolbox) -> None:
    @app.action(names.MORE_FIELDS)
    def more(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        scene = Scene({}, toolbox.clock.now())
        view = draw_more_fields(read_view_again(body), scene, toolbox.wording)
        if press.view is not None:
            client.views_update(view_id=press.view.id, view=view)
        ack()
