"""Whether tokens and signing secret look like what they should be: told before anybody is asked.

No part of a value is ever said; it may be somebody's real secret in the wrong place.
"""

import re
from collections.abc import Iterator

from pydantic import SecretStr

from bot.settings import Settings

BOT, APP, SIGNING = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"

_SHAPES = {
    BOT: re.compile(r"xoxb-(?=.*\d)[A-Za-z0-9-]{8,}"),
    APP: re.compile(r"xapp-(?=.*\d)[A-Za-z0-9-]{8,}"),
    SIGNING: re.compile(r"[0-9a-fA-F]{32}"),
}
_IS = {
    BOT: "the bot's token, which begins with xoxb-: OAuth & Permissions → Bot User OAuth Token",
    APP: "an app-level token, which begins with xapp-: Basic Information → App-Level Tokens",
    SIGNING: "the signing secret, 32 digits and letters from a to f: "
    "Basic Information → App Credentials",
}
_BEGINNINGS = {
    "xoxb-": "a bot's token",
    "xapp-": "an app-level token",
    "xoxp-": "a person's token",
    "xoxe": "a token that ends after some hours, of an app with token rotation",
}
_PLACEHOLDER = re.compile(r"your|token|secret|change|example|xxx|\.\.\.|…|[<>{}$*]", re.IGNORECASE)


def find_wrong_credentials(settings: Settings) -> list[str]:
    """A sentence for each that cannot be right; of those that are set and needed."""
    values = {
        name: _plain(secret)
        for name, secret in (
            (BOT, settings.slack_bot_token),
            (APP, settings.slack_app_token),
            (SIGNING, settings.slack_signing_secret),
        )
    }
    if values[APP]:
        values[SIGNING] = ""  # not looked at in Socket Mode
    if values[BOT].startswith("xapp-") and values[APP].startswith("xoxb-"):
        return [f"{BOT} and {APP} are in each other's place."]
    return [sentence for name, value in values.items() if value for sentence in _judge(name, value)]


def _judge(name: str, value: str) -> Iterator[str]:
    if _SHAPES[name].fullmatch(value):
        return
    should = f"It is {_IS[name]}."
    other = next((what for start, what in _BEGINNINGS.items() if value.startswith(start)), "")
    # Of the right kind by its beginning, it has something else wrong.
    if other and not value.startswith(_SHAPES[name].pattern[:5]):
        yield f"{name} holds {other}. {should}"
    elif _PLACEHOLDER.search(value.removeprefix("xoxb-").removeprefix("xapp-")):
        yield f"{name} still holds a placeholder. {should}"
    elif re.search(r"\s", value):
        yield f"{name} has a space or a line end in the middle. {should}"
    else:
        yield f"{name} is not whole, or something else. {should}"


def _plain(secret: SecretStr) -> str:
    return secret.get_secret_value()
