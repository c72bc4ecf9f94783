"""The arguments of each method and their types. Slack itself ignores most unknown arguments; here
they are refused, because an argument that Slack ignores is a mistake in the bot.
"""

import json
from collections.abc import Callable
from typing import Any

from playground.state.records import Json
from playground.web_api.answers import invalid_arguments

# `name!` is required; s string, b boolean, i integer, j JSON, l list (comma-separated or JSON).
# The SDKs send team_id with any call and token in the body; both are allowed everywhere.
ALWAYS = "team_id:s token:s"
_LOOK = "username:s icon_emoji:s icon_url:s"
_UNFURL = "unfurl_links:b unfurl_media:b"
_SPAN = "inclusive:b include_all_metadata:b latest:s oldest:s"
_MESSAGE = "text:s blocks:j attachments:j as_user:b link_names:b parse:s markdown_text:s"
_PAGE = "cursor:s limit:i"
ARGUMENTS: dict[str, str] = {
    "api.test": "error:s foo:s",
    "auth.test": "",
    "apps.connections.open": "",
    "blocks.validate": "blocks:j message:j view:j",
    "chat.postMessage": f"channel!:s {_MESSAGE} {_LOOK} {_UNFURL} thread_ts:s reply_broadcast:b "
    "container_id:s mrkdwn:b metadata:j",
    "chat.update": f"channel!:s ts!:s {_MESSAGE} {_UNFURL} file_ids:l reply_broadcast:b metadata:j",
    "chat.delete": "channel!:s ts!:s as_user:b",
    "chat.postEphemeral": f"channel!:s user!:s {_MESSAGE} {_LOOK} thread_ts:s",
    "chat.getPermalink": "channel!:s message_ts!:s",
    "conversations.open": "channel:s return_im:b users:l prevent_creation:b",
    "conversations.info": "channel!:s include_locale:b include_num_members:b",
    "conversations.join": "channel!:s",
    "conversations.members": f"channel!:s {_PAGE}",
    "conversations.list": f"{_PAGE} exclude_archived:b types:l",
    "conversations.history": f"channel!:s {_PAGE} {_SPAN}",
    "conversations.replies": f"channel!:s ts!:s {_PAGE} {_SPAN}",
    "users.info": "user!:s include_locale:b",
    "users.list": f"{_PAGE} include_locale:b",
    "users.conversations": f"{_PAGE} exclude_archived:b types:l user:s",
    "reactions.add": "channel!:s name!:s timestamp!:s",
    "reactions.remove": "channel:s name!:s timestamp:s file:s file_comment:s",
    "reactions.get": "channel:s timestamp:s full:b file:s file_comment:s",
    "views.open": "trigger_id:s interactivity_pointer:s view!:j",
    "views.push": "trigger_id:s interactivity_pointer:s view!:j",
    "views.update": "view!:j external_id:s view_id:s hash:s",
    "views.publish": "user_id!:s view!:j hash:s",
    "team.info": "team:s domain:s include_slackbot_availability:b",
    "oauth.v2.access": "client_id:s client_secret:s code:s redirect_uri:s grant_type:s "
    "refresh_token:s",
}


class Absent:
    """A JSON argument that could not be parsed; each method says it in its own words."""


UNPARSED = Absent()


def parse_arguments(method: str, given: Json) -> Json:
    """Raises invalid_arguments naming everything that is wrong."""
    wanted: dict[str, tuple[str, bool]] = {}
    for word in f"{ALWAYS} {ARGUMENTS[method]}".split():
        name, _, kind = word.partition(":")
        wanted[name.rstrip("!")] = (kind, name.endswith("!"))
    given = {name: value for name, value in given.items() if value is not None}
    wrong = [f"[ERROR] unknown argument: {name}" for name in given if name not in wanted]
    wrong += [
        f"[ERROR] missing required field: {name}"
        for name, (_, required) in wanted.items()
        if required and given.get(name) in (None, "")
    ]
    parsed: Json = {}
    for name, value in given.items():
        if name in wanted:
            try:
                parsed[name] = _PARSERS[wanted[name][0]](value)
            except (TypeError, ValueError):
                wrong.append(f"[ERROR] invalid type: {name} [json-pointer:/{name}]")
    if wrong:
        raise invalid_arguments(*wrong)
    return parsed


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _boolean(value: Any) -> bool:
    words = {"1": True, "true": True, "0": False, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    raise TypeError


def _integer(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    return int(value)


def _json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return UNPARSED


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_string(item) for item in value]
    text = _string(value)
    if text.startswith("["):
        return [_string(item) for item in json.loads(text)]
    return [item.strip() for item in text.split(",") if item.strip()]


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "s": _string,
    "b": _boolean,
    "i": _integer,
    "j": _json,
    "l": _list,
}
