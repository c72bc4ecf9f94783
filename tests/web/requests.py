"""Requests as Slack signs them, and a Bolt app that keeps what reached it."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


def signed(
    body: bytes | str,
    *,
    content_type: str = FORM,
    timestamp: str | None = None,
    secret: str = SECRET,
) -> dict[str, str]:
    raw = body.encode() if isinstance(body, str) else body
    at = timestamp or str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + raw, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={digest}",
    }


def command(text: str = "") -> str:
    return urlencode({"command": "/seat", "text": text, "team_id": "T1", "user_id": "U1"})


def event(**fields: Any) -> str:
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "event": {"type": "app_home_opened", "user": "U1", "channel": "D1"} | fields,
    }
    return json.dumps(body)


def bolt_app(seen: list[Any]) -> App:
    app = App(
        signing_secret="not used",
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_user_id="U0", bot_token="xoxb-1"
        ),
    )

    @app.command("/seat")
    def hear_command(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["text"])
        ack(text=f"heard {body['text']}")

    @app.event("app_home_opened")
    def hear_home(body: dict[str, Any]) -> None:
        seen.append(body["event_id"])

    @app.action("press")
    def hear_press(ack: Ack) -> None:
        seen.append("press")
        ack()

    return app
