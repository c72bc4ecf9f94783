"""From lines to pieces: which question a message names, and whether it is for the bot at all.

The grammar is the table of DESIGN §5; tests/seat/test_thread_table.py holds it row by row. What a
piece does to the review is decided in bind.py.
"""

from collections.abc import Collection, Sequence

from seat.reasons import is_reason_to_skip
from seat.thread.asked import Asked, AskedNothing, AskedQuestion
from seat.thread.marks import Mark, Marker, find_marks, is_note, read_skip
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
from seat.thread.split import Paragraph, Typed, join
from seat.thread.words import (
    cut_evidence,
    is_dont_know,
    is_only_emoji,
    is_polite,
    is_question,
    read_dont_know_number,
)

_NOTHING_ASKED = AskedNothing()


def parse(
    typed: Typed, question_numbers: Collection[int], asked: Asked = _NOTHING_ASKED
) -> tuple[Piece, ...] | Talk:
    """Read a message as pieces, or as talk with the reason.

    `question_numbers` are the numbers that exist. `asked` matters for one thing: a list from 1
    while something other than question 1 is asked is one plain answer. An explicit marker wins
    over a question mark at the end, and over everything but `note:` and a mention in front.
    """
    lead, body = typed.lead, typed.body
    if not body:
        return Talk("quote" if lead else "empty")
    words = join(body)
    if body[0].mention:
        return Talk("mention")
    if is_only_emoji(words):
        return Talk("emoji")
    if is_note(words):
        return Talk("note")
    marks = find_marks(body, question_numbers)
    if marks and not _is_list_for_another(marks, asked):
        return _read_marked(lead, body, marks)
    if is_question(words):
        return Talk("question")
    if is_polite(words):
        return Talk("polite")
    number = read_dont_know_number(words)
    if is_dont_know(words) or number in question_numbers:
        return (DontKnow(number),)
    return (_answer(None, join([*lead, *body])),)


def _is_list_for_another(marks: Sequence[Mark], asked: Asked) -> bool:
    if asked in (AskedNothing(), AskedQuestion(1)):
        return False
    return [m.number for m in marks[:2] if m.marker is Marker.NUMBER] == [1, 2]


def _read_marked(
    lead: Sequence[Paragraph], body: Sequence[Paragraph], marks: Sequence[Mark]
) -> tuple[Piece, ...]:
    ends = [m.at for m in marks[1:]] + [len(body)]
    pieces = []
    for mark, end in zip(marks, ends, strict=True):
        more = "\n".join(p.line for p in body[mark.at + 1 : end])
        pieces.append(_piece(mark, more, join(lead) if mark.at == 0 else ""))
    return tuple(pieces)


def _piece(mark: Mark, more: str, lead: str) -> Piece:
    text = f"{mark.rest.strip()}\n{more}".strip()
    match mark.marker:
        case Marker.NUMBER:
            return _numbered(mark.number, text, lead)
        case Marker.SKIP:
            return Skip(mark.number, text) if is_reason_to_skip(text) else NeedsReason(mark.number)
        case Marker.OBJECT:
            title, _, rest = text.partition("\n")
            return Object(title.strip(), "\n".join(t for t in (lead, rest.strip()) if t))
        case Marker.SHE_SAYS:
            return SheSays(*cut_evidence(text))


def _numbered(number: int | None, text: str, lead: str) -> Piece:
    if is_dont_know(text):
        return DontKnow(number)
    reason = read_skip(text)
    if reason is not None:
        return Skip(number, reason.strip()) if is_reason_to_skip(reason) else NeedsReason(number)
    return _answer(number, f"{lead}\n{text}".strip())


def _answer(number: int | None, text: str) -> AnswerTo:
    return AnswerTo(number, *cut_evidence(text))
