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
    AskWhich,
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
    TakeBack,
    TellHow,
    Unclear,
)
from seat.thread.choices import read_exact_stance, read_option, read_stance, split_stance
from seat.thread.continuing import whats_last_taken
from seat.thread.doubts import open_doubts
from seat.thread.hints import examples_in, is_hinted, offered
from seat.thread.numbers import Front, read_number
from seat.thread.parse import parse
from seat.thread.pieces import (
    AnswerTo,
    DontKnow,
    Help,
    NeedsReason,
    Object,
    Piece,
    SheSays,
    Skip,
    Talk,
    Undo,
    Unsure,
)
from seat.thread.split import Kind, Paragraph, Typed, read_lines
from seat.thread.thin import is_open, is_thin, needs_why, says_little
from seat.thread.to_bot import is_greeting, is_help, is_mentioned
from seat.thread.words import unquote

__all__ = [
    "AnswerTo",
    "AskReplace",
    "AskWhich",
    "Asked",
    "AskedMind",
    "AskedNothing",
    "AskedQuestion",
    "AskedStance",
    "AskedWhy",
    "Binding",
    "Continue",
    "DontKnow",
    "Front",
    "Give",
    "GiveMind",
    "GiveStance",
    "GiveWhy",
    "Help",
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
    "TakeBack",
    "Talk",
    "TellHow",
    "Typed",
    "Unclear",
    "Undo",
    "Unsure",
    "bind",
    "examples_in",
    "give",
    "is_greeting",
    "is_help",
    "is_hinted",
    "is_mentioned",
    "is_open",
    "is_thin",
    "needs_why",
    "next_question",
    "offered",
    "open_doubts",
    "parse",
    "read_exact_stance",
    "read_lines",
    "read_message",
    "read_number",
    "read_option",
    "read_stance",
    "says_little",
    "split_stance",
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
    return bind(read_message(blocks, text, review), review, at, ts)


def read_message(
    blocks: Sequence[Mapping[str, object]] | None, text: str, review: Review
) -> tuple[Piece, ...] | Talk:
    """What a message says, in front of what this review asks now."""
    numbers = [question.number for question in review.questions]
    asked = whats_asked(review)
    question = review.question(asked.number) if isinstance(asked, AskedQuestion) else None
    return parse(read_lines(blocks, text), numbers, asked, offered(question))
