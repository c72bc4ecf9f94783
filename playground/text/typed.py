"""What Slack makes of names and addresses that a bot sent as mere letters: links, unless told not
to (`verbatim` on a text object, `parse` on a method).

docs.slack.dev: Block Kit's text object, and the `parse` and `link_names` of chat.postMessage and
chat.update. It says "certain mentions" without naming them; here they are the loud ones.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'\"*_~`]")
_WHOLE = re.compile(r"(```.*?```|`[^`\n]+`|<[^<>]*>)", re.DOTALL)
_CHANNEL = re.compile(r"(?<![\w&#])#([\w-]{1,80})")
_LOUD = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
_NAME = re.compile(r"(?<![\w@])@([\w.-]{1,80})")


@dataclass(frozen=True)
class Known:
    """What letters can name: channels and people, id by name."""

    channels: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


def link_all(text: str, known: Known) -> str:
    """As in a mrkdwn object without `verbatim`, and in `text` with `parse` full or client."""
    return _outside(text, _addresses, lambda part: _channels(part, known), _loud)


def link_addresses(text: str) -> str:
    """As in the `text` of chat.postMessage where nothing is said of `parse`."""
    return _outside(text, _addresses)


def link_names(text: str, known: Known) -> str:
    """What `link_names` does besides."""
    return _outside(
        text, _loud, lambda part: _people(part, known), lambda part: _channels(part, known)
    )


def _outside(text: str, *links: Callable[[str], str]) -> str:
    """Code and what is written out already stay as they are, each link made by another too."""
    for link in links:
        parts = _WHOLE.split(text)
        text = "".join(part if i % 2 else link(part) for i, part in enumerate(parts))
    return text


def _addresses(part: str) -> str:
    return _ADDRESS.sub(lambda m: f"<{m[0]}>", part)


def _channels(part: str, known: Known) -> str:
    return _CHANNEL.sub(
        lambda m: f"<#{known.channels[m[1]]}|{m[1]}>" if m[1] in known.channels else m[0], part
    )


def _people(part: str, known: Known) -> str:
    return _NAME.sub(lambda m: f"<@{known.people[m[1]]}>" if m[1] in known.people else m[0], part)


def _loud(part: str) -> str:
    return _LOUD.sub(r"<!\1>", part)
