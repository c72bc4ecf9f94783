"""What people typed, made fit to be shown: flat, and nothing in it that nobody sees.

What was typed is kept as it was.
"""

import re
from collections.abc import Callable

from bot.written_out import split_addresses

# Look-alikes that Slack does not read as formatting; it has no escape for these.
_FLAT = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_UNDERSCORE_AT_AN_EDGE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_EMOJI = re.compile(r":(?=[a-z0-9_+'\-]+:)", re.IGNORECASE)
_WORD_JOINER = "\N{WORD JOINER}"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_TURN = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""They turn the direction, of what stands behind them too."""
_NO_WIDTH = (
    "\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
)
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by name, drawn as nothing."""
_GONE = re.compile(f"[{_TURN}{_NO_WIDTH}{_BLANK}]")

# Emoji are put together with these, and some scripts need them, always between two letters of
# their own. A flag of a country's part is written in tags behind a black flag.
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e0fff]+")


def one_line(text: str) -> str:
    """Someone's words as one flat line, emoji names as letters: nothing in it is ours."""
    line = " ".join(seen(clean(text)).split())
    return flat(line, lambda words: _EMOJI.sub(":" + _WORD_JOINER, words))


def flat(text: str, besides: Callable[[str], str] = str) -> str:
    """Someone's words without formatting. Web addresses stay as they are: a letter of one is none.

    Whatever people typed is printed through this, wherever it is shown. Several lines of it stand
    behind a mark each, for a line without one would pass for ours.
    """

    def flattened(words: str) -> str:
        words = words.translate(_FLAT)
        return besides(_UNDERSCORE_AT_AN_EDGE.sub(lambda m: "ˍ" * len(m[0]), words))

    return "".join(part if whole else flattened(part) for part, whole in split_addresses(text))


def clean(text: str) -> str:
    """Without what cannot be seen or sent; line ends made one kind."""
    return _UNSEEN.sub("", _NEW_LINES.sub("\n", text))


def seen(text: str) -> str:
    """The text as its reader would read it aloud."""
    return _JOINERS.sub("", _TAGS.sub("", _GONE.sub("", text)))
