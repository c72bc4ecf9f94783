"""From pieces to what each does to this review. Pure: the review as it stands, the message's time.

A binding, once saved, does not shift: the edit of a message is found by `ts` and stays with its
question. A `Give` then replaces that message's words, a `Continue` its part of a longer answer.
"""

from datetime import datetime

from seat.facts import Question, QuestionKind, Review, State
from seat.thread.asked import (
    AskedMind,
    AskedNothing,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    whats_asked,
)
from seat.thread.bindings import (
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveStance,
    GiveWhy,
    NewObjection,
    Nothing,
    NotUnderstood,
    Statement,
    Unclear,
)
from seat.thread.choices import read_option, read_stance
from seat.thread.continuing import whats_continued
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
from seat.thread.replacing import bind_without_answer, guard, question_of, unknown
from seat.thread.words import unquote


def bind(
    pieces: tuple[Piece, ...] | Talk, review: Review, at: datetime, ts: str
) -> tuple[Binding, ...]:
    """Decide what each piece does. `at` is the message's time (aware, UTC), `ts` its Slack ts.

    Only the seated advocate's messages come here. After the decision everything is talk.
    """
    if isinstance(pieces, Talk) or review.state not in (State.OPEN, State.HEARD):
        return (Nothing(),)
    return tuple(_bind_one(piece, review, at, ts) for piece in pieces)


def _bind_one(piece: Piece, review: Review, at: datetime, ts: str) -> Binding:
    match piece:
        case AnswerTo():
            if piece.number is None:
                return _edited(piece, review, ts) or _plain(piece, review, at)
            question = review.question(piece.number)
            if question is None:
                return unknown(piece.number)
            return guard(_give(question, piece), review, ts)
        case Object(title=title, detail=detail):
            if not title:
                return NotUnderstood(Unclear.OBJECTION_NEEDS_WORDS)
            return NewObjection(title, detail)
        case SheSays():
            return _statement(piece, review)
        case Skip() | NeedsReason() | DontKnow():
            return bind_without_answer(piece, review, ts)


def _edited(piece: AnswerTo, review: Review, ts: str) -> Give | Continue | GiveMind | None:
    """Plain words of a message taken before stay with what it was taken for."""
    if (number := question_of(ts, review)) is not None:
        question, first = review.question(number), review.answers[number].message_ts[0]
        if question and first == ts:
            return _give(question, piece)
        return Continue(number, piece.text, piece.evidence)
    minds = (o.number for o in review.objections if ts in o.message_ts[1:])
    return next((GiveMind(number, piece.text) for number in minds), None)


def _plain(piece: AnswerTo, review: Review, at: datetime) -> Binding:
    asked = whats_asked(review)
    if isinstance(asked, AskedWhy):
        return GiveWhy(asked.number, piece.text, piece.evidence)
    stance = read_stance(piece.text) if isinstance(asked, AskedStance) else None
    if stance:
        return GiveStance(stance)
    if (number := whats_continued(piece.text, review, asked, at)) is not None:
        return Continue(number, piece.text, piece.evidence)
    match asked:
        case AskedMind(objection_number=number):
            return GiveMind(number, piece.text)
        case AskedStance():
            return NotUnderstood(Unclear.STANCE)
        case AskedQuestion(number=number):
            question = review.question(number)
            return _give(question, piece) if question else Nothing()
        case AskedNothing():
            return Nothing()


def give(review: Review, number: int, piece: AnswerTo) -> Give | None:
    """These words as the answer to question `number`, whatever stands there; None if it is gone."""
    question = review.question(number)
    return _give(question, piece) if question else None


def _give(question: Question, piece: AnswerTo) -> Give:
    option = read_option(question, piece.text) if question.kind is QuestionKind.CHOICE else None
    text = unquote(piece.text) if question.closing else piece.text
    return Give(question.number, text, piece.evidence, option.value if option else "")


def _statement(piece: SheSays, review: Review) -> Binding:
    closing = review.closing
    if closing is None:
        return NotUnderstood(Unclear.NO_STATEMENT_ASKED)
    if not piece.text:
        return NotUnderstood(Unclear.STATEMENT_NEEDS_WORDS, closing.number)
    return Statement(closing.number, unquote(piece.text), piece.evidence)
