"""How much one person, or one review, may bring: every bound, and what is over it.

Each is far above what a conversation needs. Over it nothing is lost or cut: the words stay where
they were typed, and whoever typed them is told what helps.
"""

from collections import Counter
from collections.abc import Sequence

from seat.facts import Answer, AnswerState, Review
from seat.thread.bindings import (
    AskWhich,
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveWhy,
    NewObjection,
    NotUnderstood,
    SkipIt,
    Statement,
    Unclear,
)

OPEN_OBJECTIONS = 10
"""Of one review: as many as a form has boxes to tick."""
ANSWER = 3000
"""Characters of one answer, objection or statement, however it is built up: what a form holds."""
MESSAGES = 20
"""That one answer is put together from."""
CHANGES = 200
"""That are kept of one answer."""
OPEN_PROPOSALS = 20
"""By one person in one seat."""
PRESSES = 60
"""By one person in a minute."""
PRESSES_AT_ONCE = 10
"""By one person in five seconds: nobody reads what they press faster than that."""
PRIVATE_ANSWERS = 20
"""To one person in a minute, about presses that were refused."""

LIMIT_OF = {
    Unclear.TOO_LONG: ANSWER,
    Unclear.TOO_MANY_MESSAGES: MESSAGES,
    Unclear.TOO_MANY_OBJECTIONS: OPEN_OBJECTIONS,
    Unclear.CHANGED_TOO_OFTEN: CHANGES,
}


def within_bounds(
    bindings: Sequence[Binding], review: Review, *, full: frozenset[int] = frozenset()
) -> tuple[Binding, ...]:
    """What a message does, each piece that goes beyond a bound replaced by why it is not taken.
    `full`: the questions whose answers were changed as often as is kept."""
    more: Counter[int] = Counter()
    objections = len(review.open_objections)
    kept: list[Binding] = []
    for binding in bindings:
        over: Unclear | None = None
        number: int | None = None
        match binding:
            case Give(number=number, text=text) | Continue(number=number, text=text):
                answer = review.answers.get(number)
                over = _adds_too_much(answer, text, more[number])
                more[number] += len(text) + 1
            case GiveWhy(number=number, text=text):
                answer = review.answers.get(number)
                why = answer.why if answer and not answer.stale else ""
                over = Unclear.TOO_LONG if len(f"{why}\n{text}".strip()) > ANSWER else None
            case SkipIt(number=number, reason=text) | Statement(number=number, text=text):
                over = Unclear.TOO_LONG if len(text) > ANSWER else None
            case GiveMind(text=text):
                over = Unclear.TOO_LONG if len(text) > ANSWER else None
            case NewObjection(title=title, detail=detail, mind=mind):
                objections += 1
                if objections > OPEN_OBJECTIONS:
                    over = Unclear.TOO_MANY_OBJECTIONS
                elif max(len(title) + len(detail), len(mind)) > ANSWER:
                    over = Unclear.TOO_LONG
            case AskWhich() if kept and isinstance(kept[-1], NotUnderstood):
                continue  # what it asks about was not taken
        if over is None and number is not None and number in full:
            over = Unclear.CHANGED_TOO_OFTEN
        kept.append(binding if over is None else NotUnderstood(over, number))
    return tuple(kept)


def _adds_too_much(answer: Answer | None, text: str, before: int) -> Unclear | None:
    """`before`: characters that the same message has brought for it already."""
    stands = answer is not None and answer.state is AnswerState.GIVEN and not answer.stale
    if not (stands and answer and answer.message_ts):
        return Unclear.TOO_LONG if before + len(text) > ANSWER else None
    if len(answer.text) + 1 + before + len(text) > ANSWER:
        return Unclear.TOO_LONG
    return Unclear.TOO_MANY_MESSAGES if len(answer.message_ts) >= MESSAGES else None
