"""Where an explicit marker stands: `3. `, `Q3:`, `#3`, `object:`, `she says:`, `skip 3:`.

A later marker counts only if the message began with one; numbers also have to ascend and exist,
or all of the later ones belong to the first answer's text (a numbered list inside an answer).
A number that can be mistaken counts behind sure ones where it goes on with their list.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from seat.thread.numbers import BARE, MARKED, Front, read_number, read_number_alone
from seat.thread.split import Kind, Paragraph
from seat.thread.words import straighten

_SEP = r"(?:\s*[:：]\s*|\s+[-–—]+(?:\s+|$)|\s*[–—]+\s*)"
_OBJECT = re.compile(
    rf"(?:i\s+)?object(?:ion|s)?{_SEP}|(?:i\s+object|object|objection)[,.!]+\s+(?=\S)",
    re.IGNORECASE,
)
_SHE_SAYS = re.compile(rf"she(?:'d|'ll|\s+would|\s+will|\s+might)?\s+says?{_SEP}", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:(?P<object>(?:i\s+)?object(?:ion|s)?)|she\s+says?)\s*[.!:]?\s*$", re.IGNORECASE
)
"""On the first line, with its words on the next one, or forgotten."""
_NOTE = re.compile(rf"(?:side\s*)?note(?:{_SEP}|\s*$)", re.IGNORECASE)
_SKIP = re.compile(
    rf"(?:please\s+)?skip(?:ping)?\s+(?:question\s+|q\s?|#)?(?P<number>\d{{1,3}})"
    rf"(?:{_SEP}|[,;.)](?:\s+|$)|\s+(?=(?:because|not|we|irrelevant)\b)|\s*$)"
    r"|skip(?:\s+(?:this|it|that))?(?:\s+(?:one|question))?"
    rf"(?:{_SEP}|,\s+|\s+(?=because\b)|\s*[.!]?\s*$)",
    re.IGNORECASE,
)


class Marker(StrEnum):
    NUMBER = "number"
    SKIP = "skip"
    OBJECT = "object"
    SHE_SAYS = "she_says"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker that opens paragraph `at` of the body; `rest` is what follows it on that line."""

    at: int
    marker: Marker
    rest: str
    number: int | None = None
    sure: bool = True
    """False: the number can be a word of the sentence (`3 customers told me`)."""
    form: str = ""
    listed: str = ""
    """`rest` where this is one number of several."""


def is_note(text: str) -> bool:
    """`note: …`: talk, whatever follows."""
    return _NOTE.match(text.lstrip()) is not None


def read_skip(text: str) -> str | None:
    """The reason in `skip: reason`, as the words of a numbered answer; None if it is no skip."""
    found = _SKIP.match(text)
    return text[found.end() :] if found and found["number"] is None else None


def find_marks(body: Sequence[Paragraph], numbers: Collection[int]) -> tuple[Mark, ...]:
    """The markers that count, first to last; empty when the message begins with none."""
    if not body or not (first := _read_mark(body, 0)):
        return ()
    if first.marker is Marker.NUMBER and first.number not in numbers:
        return ()
    later = [m for n in range(1, len(body)) if (m := _read_mark(body, n))]
    later = _in_order(first, later, numbers)
    named = [m.number for m in later if m.marker is Marker.NUMBER and m.number is not None]
    row = [first.number or 0, *named]
    count = (
        first.number is not None
        and all(n in numbers for n in named)
        and all(a < b for a, b in pairwise(row))
    )
    marks = (first, *(m for m in later if count or m.marker is not Marker.NUMBER))
    if count and named:
        marks = tuple(replace(m, rest=m.listed) if m.listed else m for m in marks)
        first = marks[0]
    if not first.sure and any(_speaks_for(first, m) for m in marks[1:]):
        return (replace(first, sure=True), *marks[1:])
    return marks


def find_list_below(body: Sequence[Paragraph], numbers: Collection[int]) -> int:
    """Where a list of sure numbers begins below lines without one; 0 where none does."""
    for at in range(1, len(body)):
        mark = _read_mark(body, at)
        if mark and mark.marker is Marker.NUMBER:
            marks = find_marks(body[at:], numbers)
            return at if marks and marks[0].sure else 0
    return 0


def _speaks_for(first: Mark, later: Mark) -> bool:
    """A sure number further down that `first` begins the list of."""
    if first.number is None or later.number is None or not later.sure:
        return False
    return later.form == first.form or later.number == first.number + 1


def _in_order(first: Mark, later: Sequence[Mark], numbers: Collection[int]) -> list[Mark]:
    """Without the numbers that can be mistaken and do not go on with the list before them: in the
    same form, the next one. A bare number (`4 no`) that is out of order is a word, too."""
    kept: list[Mark] = []
    last = first
    for mark in later:
        if mark.marker is not Marker.NUMBER:
            kept.append(mark)
            continue
        assert mark.number is not None
        goes_on = mark.number > (last.number or 0) and mark.number in numbers
        is_next = mark.number == (last.number or 0) + 1 and mark.form == last.form
        if (mark.sure and (goes_on or mark.form != BARE)) or (goes_on and is_next):
            kept.append(mark)
            last = mark
    return kept


def _read_mark(body: Sequence[Paragraph], at: int) -> Mark | None:
    paragraph, first = body[at], at == 0
    if front := _read_front(paragraph, first=first) or _read_alone(body, at):
        return Mark(
            at, Marker.NUMBER, front.rest, front.number, front.sure, front.form, front.listed
        )
    if paragraph.kind is not Kind.PLAIN:
        return None
    text = paragraph.text.lstrip() if first else paragraph.text
    plain = straighten(text)
    if found := _SKIP.match(plain):
        number = int(found["number"]) if found["number"] else None
        # A bare "skip" inside a longer message is a word of it, not a marker.
        return Mark(at, Marker.SKIP, text[found.end() :], number) if first or number else None
    for marker, pattern in ((Marker.OBJECT, _OBJECT), (Marker.SHE_SAYS, _SHE_SAYS)):
        if found := pattern.match(plain):
            return Mark(at, marker, text[found.end() :])
    if first and (found := _ALONE.match(plain)):
        return Mark(at, Marker.OBJECT if found["object"] else Marker.SHE_SAYS, "")
    return None


def _read_front(paragraph: Paragraph, *, first: bool) -> Front | None:
    text = paragraph.text
    if paragraph.kind is Kind.ITEM and paragraph.item is not None:
        has_words = any(char.isalnum() for char in text)
        return Front(paragraph.item, text, True, MARKED, listed=text) if has_words else None
    if paragraph.kind is not Kind.PLAIN or not (first or text[:1].strip()):
        return None
    return read_number(text.lstrip())


def _read_alone(body: Sequence[Paragraph], at: int) -> Front | None:
    """A number on a line of its own, with words below that are no number's either."""
    paragraph = body[at]
    below = next((p for p in body[at + 1 :] if p.line.strip()), None)
    if below is None or below.kind is not Kind.PLAIN or _read_front(below, first=False):
        return None
    if paragraph.kind is Kind.ITEM and paragraph.item is not None and not paragraph.text:
        return Front(paragraph.item, "", True, MARKED, listed="")
    if paragraph.kind is not Kind.PLAIN or not paragraph.text.strip():
        return None
    front, after = read_number_alone(paragraph.text.lstrip()), read_number_alone(below.text)
    counts_on = front is not None and after is not None and after.number == front.number + 1
    return None if counts_on else front
