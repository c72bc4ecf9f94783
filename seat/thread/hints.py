"""What a question's hint offers as an answer: said as it stands, it is a fair one.

`If it's only good for us, say "nothing"`; `Notice, old price, a free month`; `Name the team`.
"""

import re
from collections.abc import Collection, Iterator

from seat.facts import Question
from seat.thread.words import fold, straighten

_QUOTED = re.compile(r'"([^"]{1,80})"')
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_SENTENCE = re.compile(r"(?<=[.;:?!])\s+")
_LEADS_IN = re.compile(r"^(?:(?:e\.g\.|for example|such as|count|like|or|and|say)\s+)+")
_ENDS = " .!?…,;:\"'"
_FEWEST_LISTED = 3
_ASKS_NAME = re.compile(r"\b(?:names?|who)\b")


def examples_in(hint: str) -> frozenset[str]:
    """Each answer the hint gives, folded: what it quotes, brackets, or lists with commas."""
    return frozenset(example for part in _parts(hint) if (example := _plain(part)))


def is_hinted(question: Question, text: str) -> bool:
    """The text is one of the answers that the question's own hint offers."""
    return _plain(text) in examples_in(question.hint)


def offered(question: Question | None) -> frozenset[str]:
    """What hint and options of this question offer, folded: whatever it means elsewhere ("undo",
    "later"), here it is an answer."""
    if question is None:
        return frozenset()
    labels = (name for o in question.options for name in (o.label, o.value.replace("_", " ")))
    return examples_in(question.hint) | {_plain(label) for label in labels}


def is_offered(text: str, offers: Collection[str]) -> bool:
    """`offers`: as `offered` gives them."""
    return bool(offers) and _plain(text) in offers


def asks_for_name(question: Question) -> bool:
    """One word may be all of the answer: `Name the team`, `A name, not a form`."""
    return _ASKS_NAME.search(fold(question.hint)) is not None


def _parts(hint: str) -> Iterator[str]:
    plain = straighten(hint)
    yield from _QUOTED.findall(plain)
    yield from _BRACKETED.findall(plain)
    for sentence in _SENTENCE.split(plain):
        listed = re.split(r",\s*", sentence)
        alternatives = re.split(r",?\s+or\s+", sentence) if sentence.endswith("?") else []
        if len(listed) >= _FEWEST_LISTED:
            yield from listed
        elif len(alternatives) > 1:
            yield from alternatives


def _plain(text: str) -> str:
    return _LEADS_IN.sub("", fold(text).strip(_ENDS)).strip(_ENDS)
