"""Skips and "don't know", and the rule that nothing given elsewhere is silently replaced."""

from seat.facts import AnswerState, Review, Stance
from seat.thread.asked import (
    AskedMind,
    AskedNothing,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    whats_asked,
)
from seat.thread.bindings import (
    AskReplace,
    Binding,
    Give,
    GiveMind,
    GiveStance,
    GiveWhy,
    Nothing,
    NotKnown,
    NotUnderstood,
    SkipIt,
    Unclear,
)
from seat.thread.pieces import DontKnow, NeedsReason, Skip


def bind_without_answer(piece: Skip | NeedsReason | DontKnow, review: Review, ts: str) -> Binding:
    """A skip or "don't know": of the number named, else of whatever is asked now."""
    number = piece.number if piece.number is not None else question_of(ts, review)
    if number is None:
        match whats_asked(review):
            case AskedWhy(number=thin):
                return GiveWhy(thin, "")
            case AskedMind(objection_number=objection):
                return GiveMind(objection, "")
            case AskedStance() if isinstance(piece, DontKnow):
                return GiveStance(Stance.NOT_KNOWN)
            case AskedStance():
                return NotUnderstood(Unclear.STANCE)
            case AskedNothing():
                return Nothing()
            case AskedQuestion(number=asked):
                number = asked
    if review.question(number) is None:
        return unknown(number)
    match piece:
        case Skip(reason=reason):
            return guard(SkipIt(number, reason), review, ts)
        case NeedsReason():
            return NotUnderstood(Unclear.SKIP_NEEDS_REASON, number)
        case DontKnow():
            return guard(NotKnown(number), review, ts)


def question_of(ts: str, review: Review) -> int | None:
    """The question that a message was taken for before: an edit of it stays there."""
    rows = (a for a in review.answers.values() if ts in a.message_ts)
    return next((a.number for a in rows if review.question(a.number)), None)


def guard(binding: Give | SkipIt | NotKnown, review: Review, ts: str) -> Binding:
    """Never silently replace an answer given elsewhere: in another message, a form, by a tap."""
    answer = review.answers.get(binding.number)
    stands = answer is not None and answer.state is AnswerState.GIVEN and not answer.stale
    if answer is None or not stands or ts in answer.message_ts:
        return binding
    return AskReplace(binding.number, binding)


def unknown(number: int) -> NotUnderstood:
    return NotUnderstood(Unclear.NO_SUCH_QUESTION, number)
