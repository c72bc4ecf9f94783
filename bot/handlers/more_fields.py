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
        press, view = read_press(body), read_view_again(body)
        shown = press.view.values if press.view else {}
        fields = draw_more_fields(Scene({}, toolbox.clock.now()), toolbox.wording, shown)
        blocks: list[dict[str, Any]] = []
        for block in view["blocks"]:
            if block.get("block_id") == names.MORE_FIELDS:
                blocks += [field.to_dict() for field in fields]
            else:
                blocks.append(block)
        if press.view is not None:
            # Slack keeps what is typed in a field whose block_id and action_id stay.
            client.views_update(view_id=press.view.id, view={**view, "blocks": blocks})
        ack()
