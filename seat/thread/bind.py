"""From pieces to what each does to this review. Pure: the review as it stands, the message's time.

A binding, once saved, does not shift: the edit of a message is found by `ts` and stays with its
question. A `Give` then replaces that message's words, a `Continue` its part of a longer answer.
"""

from dataclasses import replace
from datetime import datetime

from seat.facts import Question, QuestionKind, Review, Stance, State
from seat.thread.asked import (
    AskedMind,
    AskedNothing,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    is_waiting,
    whats_asked,
)
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
from seat.thread.choices import (
    chooses_exactly,
    read_exact_stance,
    read_option,
    read_stance,
    split_stance,
)
from seat.thread.continuing import whats_continued
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
from seat.thread.replacing import bind_without_answer, guard, question_of, unknown
from seat.thread.words import unquote

INSTEAD = (Give, SkipIt, NotKnown, NewObjection, Statement)
"""What a message that was taken for one question can be for another."""


def bind(
    pieces: tuple[Piece, ...] | Talk, review: Review, at: datetime, ts: str
) -> tuple[Binding, ...]:
    """Decide what each piece does. `at` is the message's time (aware, UTC), `ts` its Slack ts.

    Only the seated advocate's messages come here. After the decision everything is talk.
    """
    if isinstance(pieces, Talk) or review.state not in (State.OPEN, State.HEARD):
        return (Nothing(),)
    return tuple(done for piece in pieces for done in _bind_one(piece, review, at, ts))


def _bind_one(piece: Piece, review: Review, at: datetime, ts: str) -> tuple[Binding, ...]:
    match piece:
        case AnswerTo():
            return _answer(piece, review, at, ts)
        case Unsure():
            return _unsure(piece, review, at, ts)
        case Object(title=title, detail=detail, mind=mind):
            if not title:
                return (NotUnderstood(Unclear.OBJECTION_NEEDS_WORDS),)
            return (NewObjection(title, detail, mind),)
        case SheSays():
            return _statement(piece, review)
        case Skip() | NeedsReason() | DontKnow():
            return (bind_without_answer(piece, review, ts),)
        case Help():
            return (TellHow(),)
        case Undo():
            return (TakeBack(),)


def _answer(piece: AnswerTo, review: Review, at: datetime, ts: str) -> tuple[Binding, ...]:
    """For the closing question, a stance on the last line is what she would do."""
    if piece.number is not None:
        question = review.question(piece.number)
        if question is None:
            return (unknown(piece.number),)
        if whats_asked(review) == AskedWhy(question.number) and question_of(ts, review) is None:
            return (GiveWhy(question.number, piece.text, piece.evidence),)
        words, stance = split_stance(piece.text) if question.closing else (piece.text, None)
        given = guard(_give(question, replace(piece, text=words)), review, ts)
        return _with_stance(given, stance)
    binding = _edited(piece, review, ts) or _plain(piece, review, at)
    closing = review.closing
    if isinstance(binding, Give) and closing and binding.number == closing.number:
        words, stance = split_stance(binding.text)
        return _with_stance(replace(binding, text=unquote(words)), stance)
    return (binding,)


def _with_stance(binding: Binding, stance: Stance | None) -> tuple[Binding, ...]:
    if stance is None or isinstance(binding, AskReplace):
        return (binding,)
    return binding, GiveStance(stance)


def _unsure(piece: Unsure, review: Review, at: datetime, ts: str) -> tuple[Binding, ...]:
    """What it is without the number, and, where the number may name another question that has no
    answer, that it is to be asked. An option and nothing more (`1 paying`) is chosen."""
    first = piece.numbered[0]
    if isinstance(first, AnswerTo) and _chooses(first, review):
        return tuple(done for part in piece.numbered for done in _bind_one(part, review, at, ts))
    plain = _answer(piece.plain, review, at, ts)
    if not isinstance(plain[0], Give | Continue | GiveWhy | GiveMind):
        return plain
    part_of = None if isinstance(plain[0], GiveMind) else plain[0].number
    bound = [done for part in piece.numbered for done in _bind_one(part, review, at, ts)]
    instead = tuple(b for b in bound if isinstance(b, INSTEAD))
    named = (b.number for b in instead if isinstance(b, Give | SkipIt | NotKnown))
    # Its part for the question it is taken for comes along, whatever she says.
    numbers = tuple(number for number in named if number != part_of)
    if not numbers:
        return plain
    return *plain, AskWhich(numbers, part_of, instead)


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
    exact = read_exact_stance(piece.text) if _misses_stance(review) else None
    if exact:
        return GiveStance(exact)
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


def _chooses(first: AnswerTo, review: Review) -> bool:
    question = review.question(first.number or 0)
    waits = question is not None and is_waiting(review.answers.get(question.number))
    return question is not None and waits and chooses_exactly(question, first.text)


def _misses_stance(review: Review) -> bool:
    """To a statement that is not known there is none."""
    closing = review.closing
    if closing is None or review.stance is not None:
        return False
    answer = review.answers.get(closing.number)
    return is_waiting(answer) or review.statement is not None


def give(review: Review, number: int, piece: AnswerTo) -> Give | None:
    """These words as the answer to question `number`, whatever stands there; None if it is gone."""
    question = review.question(number)
    return _give(question, piece) if question else None


def _give(question: Question, piece: AnswerTo) -> Give:
    option = read_option(question, piece.text) if question.kind is QuestionKind.CHOICE else None
    text = unquote(piece.text) if question.closing else piece.text
    return Give(question.number, text, piece.evidence, option.value if option else "")


def _statement(piece: SheSays, review: Review) -> tuple[Binding, ...]:
    closing = review.closing
    if closing is None:
        return (NotUnderstood(Unclear.NO_STATEMENT_ASKED),)
    if not piece.text:
        return (NotUnderstood(Unclear.STATEMENT_NEEDS_WORDS, closing.number),)
    words, stance = split_stance(piece.text)
    return _with_stance(Statement(closing.number, unquote(words), piece.evidence), stance)
