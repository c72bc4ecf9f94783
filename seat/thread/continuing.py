"""Whether plain text goes on with the answer last given, or answers what is asked now.

The design's minute, and why it is narrowed, is docs/decisions/0003-thread-continuation.md.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from seat.facts import AnswerState, LastTaken, Review
from seat.thread.asked import Asked, AskedQuestion
from seat.thread.bindings import (
    AskWhich,
    Binding,
    Continue,
    Give,
    GiveWhy,
    Nothing,
    NotUnderstood,
    Statement,
    TellHow,
)
from seat.thread.words import straighten

SEND_GAP = timedelta(seconds=5)
"""Within this of the next question's drawing, nobody has read it and typed a reply."""
MINUTE = timedelta(seconds=60)

_OPENS = re.compile(
    r"(?i:and|but|or|nor|also|plus|because|cos|so|which|especially|particularly|except|besides"
    r"|although|though|otherwise|additionally|moreover|therefore|mainly|mostly|e\.g\.|i\.e\.)\b"
    r"|(?i:for example|for instance|in addition|as well as|not to mention)\b"
    r"|(?:then|that|who|whose|where|when|while|since|unless|until|if|with|without|like|than|even"
    r"|still|yet|too|after|before|including|instead|as|to|of|for|from|in|on|at|by)\b"
    r"|\.{2,}|[…+&(,;]|[-–—•]\s"
)
"""Words that join in any case, and lesser ones in lower case only: a phone would have made them
upper case, had they begun a new answer."""


def opens_like_more(text: str) -> bool:
    """The text opens as the second half of something."""
    return _OPENS.match(straighten(text)) is not None


def whats_continued(text: str, review: Review, asked: Asked, at: datetime) -> int | None:
    """The number of the answer that plain text goes on with, None if it answers what is asked.

    Before the next question was drawn, or up to 5 s after: continues. Up to 60 s after: only if
    it opens like more. `at` is the message's own time, on the clock of `asked_at`.
    """
    last = review.last_taken
    answer = review.answers.get(last.number) if last else None
    if last is None or answer is None or at < last.at or review.question(last.number) is None:
        return None
    if answer.state is not AnswerState.GIVEN or answer.stale:
        return None
    if asked == AskedQuestion(last.number):
        return None
    drawn = _drawn_at(review, asked, last)
    if drawn is None or at <= drawn + SEND_GAP:
        return last.number
    return last.number if at <= drawn + MINUTE and opens_like_more(text) else None


def whats_last_taken(bindings: Sequence[Binding], review: Review, at: datetime) -> LastTaken | None:
    """What `last_taken` has to be once these are saved.

    An answer, more of it, its why or the statement can be continued. Everything else taken ends
    that, and lets a waiting why lapse. Talk and what was not understood change nothing.
    """
    last = review.last_taken
    for binding in bindings:
        if isinstance(binding, Nothing | NotUnderstood | AskWhich | TellHow):
            continue
        passed_over = isinstance(binding, GiveWhy) and not binding.text
        if isinstance(binding, Give | Continue | GiveWhy | Statement) and not passed_over:
            last = LastTaken(binding.number, at)
        else:
            last = None
    return last


def _drawn_at(review: Review, asked: Asked, last: LastTaken) -> datetime | None:
    """When what is asked now was drawn; None while it is on its way.

    The facts say this of questions. Of a stance or a mind, or with nothing left to ask, it is the
    newer of the last drawing and the last answer, so that an old drawing is not taken for it.
    """
    if isinstance(asked, AskedQuestion):
        return review.asked_at if review.asked_number == asked.number else None
    return max(review.asked_at or last.at, last.at)
