"""Talking in the thread: what the advocate wrote, and what it does to the review (DESIGN §5).

The walk is `read_lines` (split), `parse`, `bind`; `whats_meant` takes all three steps. Who wrote
it, and whether it was seen before, is asked elsewhere: only the seated advocate's words come here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from seat.facts import Review
from seat.thread.asked import (
    Asked,
    AskedMind,
    AskedNothing,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    next_question,
    whats_asked,
)
from seat.thread.bind import bind, give
from seat.thread.bindings import (
    AskReplace,
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveStance,
    GiveWhy,
    NewObjection,
    Nothing,
    NotKnown,
    NotUnderstood,
    SkipIt,
    Statement,
    Unclear,
)
from seat.thread.choices import read_option, read_stance
from seat.thread.continuing import whats_last_taken
from seat.thread.parse import parse
from seat.thread.pieces import (
    AnswerTo,
    DontKnow,
    NeedsReason,
    Object,
    Piece,
    SheSays,
    Skip,
    Talk,
)
from seat.thread.split import Kind, Paragraph, Typed, read_lines
from seat.thread.thin import is_thin, needs_why
from seat.thread.words import unquote

__all__ = [
    "AnswerTo",
    "AskReplace",
    "Asked",
    "AskedMind",
    "AskedNothing",
    "AskedQuestion",
    "AskedStance",
    "AskedWhy",
    "Binding",
    "Continue",
    "DontKnow",
    "Give",
    "GiveMind",
    "GiveStance",
    "GiveWhy",
    "Kind",
    "NeedsReason",
    "NewObjection",
    "NotKnown",
    "NotUnderstood",
    "Nothing",
    "Object",
    "Paragraph",
    "Piece",
    "SheSays",
    "Skip",
    "SkipIt",
    "Statement",
    "Talk",
    "Typed",
    "Unclear",
    "bind",
    "give",
    "is_thin",
    "needs_why",
    "next_question",
    "parse",
    "read_lines",
    "read_option",
    "read_stance",
    "unquote",
    "whats_asked",
    "whats_last_taken",
    "whats_meant",
]


def whats_meant(
    blocks: Sequence[Mapping[str, object]] | None,
    text: str,
    review: Review,
    at: datetime,
    ts: str,
) -> tuple[Binding, ...]:
    """A message event's `blocks` and `text`, sent `at` (UTC) as `ts`: what it does to the review.

    Never empty: `(Nothing(),)` is talk. Save in order; `whats_last_taken` says what to remember.
    """
    numbers = [question.number for question in review.questions]
    return bind(parse(read_lines(blocks, text), numbers, whats_asked(review)), review, at, ts)
