"""Our payloads held against the samples in the tests of Slack's own SDKs.

Each shape below was written down from the file named beside it: the keys a bot may rely on and
their types. The samples themselves are not copied here. `None` in a shape means any value.
"""

from collections.abc import Iterator
from typing import Any

Shape = dict[str, Any]

BOLT = "slackapi/bolt-python tests/scenario_tests/"
JAVA = "slackapi/java-slack-sdk json-logs/samples/"


def differences(found: Any, shape: Any, where: str = "") -> Iterator[str]:
    if isinstance(shape, dict):
        if not isinstance(found, dict):
            yield f"{where} is {type(found).__name__}, not an object"
            return
        for name, inner in shape.items():
            if name not in found:
                yield f"{where}.{name} is missing"
            else:
                yield from differences(found[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        if not isinstance(found, list) or not found:
            yield f"{where} is not a list with something in it"
        else:
            yield from differences(found[0], shape[0], f"{where}[0]")
    elif shape is not None and not isinstance(found, shape):
        yield f"{where} is {found!r}, not {shape}"


PERSON = {"id": str, "username": str, "name": str, "team_id": str}
TEAM = {"id": str, "domain": str}
CHANNEL = {"id": str, "name": str}
ENVELOPE = {
    "token": str,
    "team_id": str,
    "api_app_id": str,
    "type": str,
    "event_id": str,
    "event_time": int,
    "authorizations": [
        {
            "enterprise_id": None,
            "team_id": str,
            "user_id": str,
            "is_bot": bool,
            "is_enterprise_install": bool,
        }
    ],
    "is_ext_shared_channel": bool,
    "event_context": str,
}
RICH_TEXT = {
    "type": str,
    "block_id": str,
    "elements": [{"type": str, "elements": [{"type": str, "text": str}]}],
}
MESSAGE = {
    "client_msg_id": str,
    "type": str,
    "text": str,
    "user": str,
    "ts": str,
    "team": str,
    "blocks": [RICH_TEXT],
}
IN_CHANNEL = {"channel": str, "event_ts": str, "channel_type": str}
WORDS = {"type": str, "text": str}
VIEW = {
    "id": str,
    "team_id": str,
    "type": str,
    "blocks": [{"type": str, "block_id": str}],
    "private_metadata": str,
    "callback_id": str,
    "state": {"values": dict},
    "hash": str,
    "title": WORDS,
    "clear_on_close": bool,
    "notify_on_close": bool,
    "close": None,
    "submit": WORDS,
    "previous_view_id": None,
    "root_view_id": str,
    "app_id": str,
    "external_id": str,
    "app_installed_team_id": str,
    "bot_id": str,
}
BOT_PROFILE = {
    "id": str,
    "deleted": bool,
    "name": str,
    "updated": int,
    "app_id": str,
    "icons": {"image_36": str, "image_48": str, "image_72": str},
    "team_id": str,
}
