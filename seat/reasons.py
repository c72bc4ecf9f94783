"""When somebody's reason is one: the one place that says so, for every reason that is asked.

"No" says that somebody decided, not why. Whoever reads the record in a year needs a few words.
"""

import re
import unicodedata

WORDS = 3
LETTERS = 6
"""In scripts that put no spaces between words."""
ENOUGH_TO_SKIP = 4

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)


def is_reason(text: str) -> bool:
    """A few words: for deciding, overruling, reopening."""
    return len(_words(text)) >= WORDS or len(_UNSPACED.findall(text)) >= LETTERS


def is_reason_to_skip(text: str) -> bool:
    """Typed on a phone, where each word costs: one that says something, or two.

    *irrelevant* and *not ours* will do, *no* and *n/a* will not.
    """
    words = _words(text)
    return (
        len(words) > 1
        or any(len(word) >= ENOUGH_TO_SKIP for word in words)
        or len(_UNSPACED.findall(text)) > 1
    )


def _words(text: str) -> list[str]:
    """What is set apart by spaces and has a letter or a digit in it, those alone counted."""
    bare = ("".join(s for s in word if _says_something(s)) for word in text.split())
    return [word for word in bare if word]


def _says_something(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"
