"""What a Bolt app answers to the form and the card of a_form.py, and to a few words more."""

from typing import Any

from slack_bolt import App

from tests.playground.a_form import FORM


def keep_what_is_sent(app: App) -> list[dict[str, Any]]:
    """Filled as payloads come in."""
    bodies: list[dict[str, Any]] = []

    @app.command("/propose")
    def propose(ack: Any, body: dict[str, Any], client: Any) -> None:
        bodies.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @app.command("/say")
    def say(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack(text="Only *you* see this", response_type="ephemeral")

    @app.view("propose")
    def submitted(ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        bodies.append(body)
        if view["state"]["values"]["title"]["title"]["value"] == "bad":
            ack(response_action="errors", errors={"title": "Not that one"})
        else:
            ack()

    @app.view_closed("propose")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.action("go")
    def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        bodies.append(body)
        respond(text="Pressed", replace_original=False)
        ack()

    @app.action("more")
    def more(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.shortcut("keep")
    def keep(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.event("message")
    def message(body: dict[str, Any]) -> None:
        bodies.append(body)

    return bodies
