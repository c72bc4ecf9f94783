"""Taking fields out of a payload that may be anything: what is missing or of another type is ""."""

import json
import re
from collections.abc import Mapping
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """A payload without what its kind cannot be without: who, or for which workspace."""


def at(payload: Any, *path: str) -> Any:
    """What stands at `path`, None where the way is broken."""
    for step in path:
        if not isinstance(payload, Mapping):
            return None
        payload = payload.get(step)
    return payload


def text_at(payload: Any, *path: str) -> str:
    """As a database takes it (`storable`)."""
    found = at(payload, *path)
    return storable(found) if isinstance(found, str) else ""


def storable(text: str) -> str:
    """Without the character no. 0, which PostgreSQL takes in no text, and with U+FFFD for half an
    emoji, which is no text at all: programs cut one in two at a limit."""
    return _HALF.sub("\ufffd", text.replace("\x00", ""))


def dicts_at(payload: Any, *path: str) -> tuple[dict[str, Any], ...]:
    found = at(payload, *path)
    if not isinstance(found, list):
        return ()
    return tuple(_storable(item) for item in found if isinstance(item, dict))


def _storable(value: Any) -> Any:
    """Words stand deep in a message's blocks."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _storable(inner) for name, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list) else value


def texts_at(payload: Any, *path: str) -> tuple[str, ...]:
    found = at(payload, *path)
    if not isinstance(found, list):
        return ()
    return tuple(storable(item) for item in found if isinstance(item, str))


def is_true(value: Any) -> bool:
    """Commands say "true", everything else says True."""
    return value is True or value == "true"


def needed(value: str, what: str) -> str:
    if not value:
        raise Unreadable(f"no {what}")
    return value


def read_metadata(raw: str) -> dict[str, Any]:
    """`private_metadata` as we wrote it; {} if it is not ours or broken."""
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def workspace_of_event(body: Any) -> str:
    """The installation that received the event, never the actor's team. Raises Unreadable."""
    given = at(body, "authorizations")
    first = given[0] if isinstance(given, list) and given else None
    source = first if isinstance(first, Mapping) else body
    if is_true(at(source, "is_enterprise_install")):
        return needed(text_at(source, "enterprise_id"), "enterprise_id")
    return needed(text_at(source, "team_id") or text_at(body, "team_id"), "team_id")


def workspace_of_command(body: Any) -> str:
    if is_true(at(body, "is_enterprise_install")):
        return needed(text_at(body, "enterprise_id"), "enterprise_id")
    return needed(text_at(body, "team_id"), "team_id")


def workspace_of_interaction(body: Any) -> str:
    """As above for buttons, forms and shortcuts.

    A form opened in a shared channel from another workspace names the installing one apart.
    """
    if is_true(at(body, "is_enterprise_install")):
        return needed(text_at(body, "enterprise", "id"), "enterprise")
    team = text_at(body, "view", "app_installed_team_id") or text_at(body, "team", "id")
    return needed(team, "team")
