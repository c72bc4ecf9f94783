"""From lines to pieces: which question a message names, and whether it is for the bot at all.

The grammar is the table of DESIGN §5; tests/seat/test_thread_table.py holds it row by row. What a
piece does to the review is decided in bind.py.
"""

from collections.abc import Collection, Sequence

from seat.reasons import is_reason_to_skip
from seat.thread.asked import Asked, AskedNothing, AskedQuestion
from seat.thread.changing_minds import split_mind
from seat.thread.hints import is_offered
from seat.thread.marks import Mark, Marker, find_list_below, find_marks, is_note, read_skip
from seat.thread.pieces import (
    AnswerTo,
    DontKnow,
    Help,
    Marked,
    NeedsReason,
    Object,
    Piece,
    SheSays,
    Skip,
    Talk,
    Undo,
    Unsure,
)
from seat.thread.split import Paragraph, Typed, join
from seat.thread.to_bot import is_help, is_undo
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
    typed: Typed,
    question_numbers: Collection[int],
    asked: Asked = _NOTHING_ASKED,
    offers: Collection[str] = (),
) -> tuple[Piece, ...] | Talk:
    """Read a message as pieces, or as talk with the reason.

    `question_numbers` are the numbers that exist. `asked` matters for one thing: a list from 1
    while something other than question 1 is asked is one plain answer. An explicit marker wins
    over a question mark at the end, and over everything but `note:` and a mention in front.
    `offers`: what the question asked now offers (`offered`); said as it stands, it is an answer.
    """
    lead, body = typed.lead, typed.body
    if not body:
        return Talk("quote" if lead else "empty")
    words = join(body)
    if body[0].mention:
        return Talk("mention")
    if is_only_emoji(words):
        return (Help(),) if is_help(words) else Talk("emoji")
    if is_note(words):
        return Talk("note")
    below = 0 if find_marks(body, question_numbers) else find_list_below(body, question_numbers)
    if below and is_polite(join(body[:below])):
        body, below = body[below:], 0
    marks = find_marks(body, question_numbers)
    doubt = marks and _is_list_for_another(marks, asked)
    if doubt and not _is_for_all(marks, question_numbers):
        marks = ()
    if marks and marks[0].sure and not doubt:
        return _read_marked(lead, body, marks)
    if is_offered(words, offers):
        return (_answer(None, join([*lead, *body])),)
    if is_help(words):
        return (Help(),)
    if is_undo(words):
        return (Undo(),)
    if is_question(words):
        return Talk("question")
    if is_polite(words):
        return Talk("polite")
    number = read_dont_know_number(words)
    if is_dont_know(words) or number in question_numbers:
        return (DontKnow(number),)
    plain = _answer(None, join([*lead, *body]))
    if below and isinstance(asked, AskedQuestion):
        listed = find_marks(body[below:], question_numbers)
        if split := _read_list_below(lead, body, below, listed, asked.number):
            return (Unsure(plain, split),)
    return (Unsure(plain, _read_marked(lead, body, marks)) if marks else plain,)


def _read_list_below(
    lead: Sequence[Paragraph],
    body: Sequence[Paragraph],
    below: int,
    marks: Sequence[Mark],
    asked: int,
) -> tuple[Marked, ...]:
    """An answer to what is asked without its number, then a list of later ones; empty where the
    list begins earlier, so that it is one inside the answer. Words up to a colon lead in,
    and so does `Sure!`."""
    opening, first = join(body[:below]), marks[0].number or 0
    listed = _read_marked((), body[below:], marks)
    if opening.endswith((":", "!")):
        return listed if first > asked or (first == asked and len(marks) > 1) else ()
    return (_numbered(asked, opening, join(lead)), *listed) if first > asked else ()


def _is_list_for_another(marks: Sequence[Mark], asked: Asked) -> bool:
    if asked in (AskedNothing(), AskedQuestion(1)):
        return False
    return [m.number for m in marks[:2] if m.marker is Marker.NUMBER] == [1, 2]


def _is_for_all(marks: Sequence[Mark], question_numbers: Collection[int]) -> bool:
    """Every question there is, in one list: hardly the answer to one of them."""
    named = {m.number for m in marks if m.marker is Marker.NUMBER}
    return named == set(question_numbers)


def _read_marked(
    lead: Sequence[Paragraph], body: Sequence[Paragraph], marks: Sequence[Mark]
) -> tuple[Marked, ...]:
    ends = [m.at for m in marks[1:]] + [len(body)]
    pieces = []
    for mark, end in zip(marks, ends, strict=True):
        more = "\n".join(p.line for p in body[mark.at + 1 : end])
        pieces.append(_piece(mark, more, join(lead) if mark.at == 0 else ""))
    return tuple(pieces)


def _piece(mark: Mark, more: str, lead: str) -> Marked:
    text = f"{mark.rest.strip()}\n{more}".strip()
    match mark.marker:
        case Marker.NUMBER:
            return _numbered(mark.number, text, lead)
        case Marker.SKIP:
            return Skip(mark.number, text) if is_reason_to_skip(text) else NeedsReason(mark.number)
        case Marker.OBJECT:
            title, _, rest = text.partition("\n")
            detail, mind = split_mind(rest.strip())
            return Object(title.strip(), "\n".join(t for t in (lead, detail) if t), mind)
        case Marker.SHE_SAYS:
            return SheSays(*cut_evidence(text))


def _numbered(number: int | None, text: str, lead: str) -> Marked:
    if is_dont_know(text):
        return DontKnow(number)
    reason = read_skip(text)
    if reason is not None:
        return Skip(number, reason.strip()) if is_reason_to_skip(reason) else NeedsReason(number)
    return _answer(number, f"{lead}\n{text}".strip())


def _answer(number: int | None, text: str) -> AnswerTo:
    return AnswerTo(number, *cut_evidence(text))
