"""Links that Slack makes of nothing by itself in what we send, written out: channels and the web
addresses that people type.
"""

import re
from collections.abc import Iterator

MOST_ADDRESS = 500
"""A longer one stays letters, which may be cut."""

_NEVER = r"\s<>|\"`ˍ∗∼ˋ…"  # the look-alikes of bot/wording.py among them
_ADDRESS = re.compile(rf"https?://[^{_NEVER}]*[^{_NEVER}.,;:!?)\]}}'*_~]", re.IGNORECASE)
_LINK = re.compile(r"<(https?://[^<>|]*)>", re.IGNORECASE)


class Place(str):
    """A channel's name that knows its id: a link where Slack draws one, `#name` elsewhere."""

    id: str

    def __new__(cls, name: str, id: str) -> "Place":
        place = super().__new__(cls, name)
        place.id = id
        return place


def split_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each is a web address."""
    at = 0
    for found in _ADDRESS.finditer(text):
        if len(found[0]) <= MOST_ADDRESS:
            yield text[at : found.start()], False
            yield found[0], True
            at = found.end()
    yield text[at:], False


def without_links(words: str) -> str:
    """Finished words for the label of a link: there is no link in a link."""
    return _LINK.sub(r"\1", words).replace("|", "¦")
