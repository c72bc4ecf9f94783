"""blocks.validate: whether a message or view would be taken; nothing is shown to anybody."""

from collections.abc import Callable
from typing import Any

from playground.blocks.check import find_block_troubles, find_view_troubles
from playground.blocks.trouble import Trouble
from playground.state.records import Json
from playground.web_api.answers import SlackError, invalid_arguments
from playground.web_api.arguments import UNPARSED
from playground.web_api.call import Call


def validate(call: Call) -> Json:
    given = [name for name in ("blocks", "message", "view") if call.get(name) is not None]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    (what,) = given
    value: Any = call.get(what)
    if value is UNPARSED:
        raise invalid_arguments(f"[ERROR] must be valid JSON [json-pointer:/{what}]")
    troubles = _FIND[what](value)
    if troubles:
        raise SlackError(f"invalid_{what}", errors=[_shape(trouble) for trouble in troubles])
    return {}


def _in_message(message: Any) -> list[Trouble]:
    if not isinstance(message, dict):
        return [Trouble((), "must provide an object")]
    return find_block_troubles(message.get("blocks", []), "message", ("blocks",))


_FIND: dict[str, Callable[[Any], list[Trouble]]] = {
    "blocks": lambda blocks: find_block_troubles(blocks, "message", ()),
    "message": _in_message,
    "view": lambda view: find_view_troubles(view, path=()),
}


def _shape(trouble: Trouble) -> Json:
    return {
        "code": "failed_constraint",
        "message": trouble.what,
        "pointer": "".join(f"/{step}" for step in trouble.path),
    }
