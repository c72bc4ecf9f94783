"""What of a review may change between somebody's seeing it and their acting on it.

A button or a form carries the review's version as it was drawn. Each entry of the history made the
version grow by one, so the entries since then say what has changed (bot/reviews/meanwhile.py).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Seen(StrEnum):
    """What a button or a form can be about."""

    PROPOSAL = "proposal"
    HER_WORDS = "her_words"
    """Her statement, and what she would do."""
    ANSWERS = "answers"
    OBJECTION = "objection"
    """The one that the button or form names: its words, and what was replied to it. That it has
    ended, its use case says itself."""
    OBJECTIONS = "objections"
    """All of them, and what became of each."""
    ROUND = "round"
    """It was decided, and is open again."""
    SEAT = "seat"
    """Who speaks for the customer."""
    DECIDER = "decider"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a review's history. `number`: of the question or objection it is about."""

    what: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int | None:
        return self.after.get("number")


FULL_LIST = "full_list"
"""Its `numbers` say which number each question asked before has since."""

_ANSWER = frozenset({Seen.ANSWERS})
_ONE = frozenset({Seen.OBJECTION, Seen.OBJECTIONS})
_ENDED = frozenset({Seen.OBJECTIONS})
_SEAT = frozenset({Seen.SEAT})
_NOTHING: frozenset[Seen] = frozenset()

TOUCHES: Mapping[str, frozenset[Seen]] = {
    "revised": frozenset({Seen.PROPOSAL}),
    "answer_given": _ANSWER,
    "answer_not_known": _ANSWER,
    "answer_skipped": _ANSWER,
    "answer_retracted": _ANSWER,
    "stance": frozenset({Seen.HER_WORDS}),
    "objected": _ENDED,
    "objection_edited": _ONE,
    "mind": _ONE,
    "objection_reply": _ONE,
    "objection_stands": _ENDED,
    "objection_withdrawn": _ENDED,
    "objection_mitigated": _ENDED,
    "objection_accepted": _ENDED,
    "return": frozenset({Seen.ROUND}),
    "reopen": frozenset({Seen.ROUND}),
    "seated": _SEAT,
    "unseated": _SEAT,
    "declined": _SEAT,
    "taken_back": _SEAT,
    "left": _SEAT,
    "stand_in_left": _SEAT,
    "decider_named": frozenset({Seen.DECIDER}),
    "decider_left": frozenset({Seen.DECIDER}),
    # Of these nothing is shown that anybody answers to, or what they end is refused by itself.
    "opened": _NOTHING,
    "accepted": _NOTHING,
    "said_back": _NOTHING,
    "confirmed": _NOTHING,
    "not_confirmed": _NOTHING,
    "hear": _NOTHING,
    "unhear": _NOTHING,
    "decided": _NOTHING,
    "withdrawn": _NOTHING,
    "number_was_a_word": _NOTHING,
    "edited_after_decision": _NOTHING,
    "redacted": _NOTHING,
    FULL_LIST: _NOTHING,
    # From a backup: what was seen before may have been of a time that was lost.
    "restored": frozenset(Seen),
}
"""By what the history calls it."""


def touches(entry: Entry, closing: int | None) -> frozenset[Seen]:
    """`closing`: the number of the question whose answer is her statement. What an entry of a
    newer version touches nobody here can say: everything."""
    touched = TOUCHES.get(entry.what, frozenset(Seen))
    if touched is _ANSWER and entry.number == closing:
        return touched | {Seen.HER_WORDS}
    return touched


def has_changed(
    entries: Iterable[Entry],
    seen: Collection[Seen],
    *,
    closing: int | None = None,
    objection: int | None = None,
) -> bool:
    """Whether anything of what was `seen` has been touched. `objection`: the one it names."""
    for entry in entries:
        found = touches(entry, closing) & frozenset(seen)
        if found == {Seen.OBJECTION} and entry.number not in (None, objection):
            continue
        if found:
            return True
    return False


def renumbered(entries: Sequence[Entry]) -> list[Entry]:
    """Oldest first; answers of before the full list was asked, under their new numbers."""
    numbers: Mapping[str, int] = {}
    found = []
    for entry in reversed(entries):
        if entry.what == FULL_LIST:
            numbers = entry.after.get("numbers", {})
        elif entry.what.startswith("answer_") and str(entry.number) in numbers:
            number = numbers[str(entry.number)]
            entry = replace(entry, after={**entry.after, "number": number})
        found.append(entry)
    return found[::-1]
