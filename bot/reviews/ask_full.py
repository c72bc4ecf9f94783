"""*Needs the full list*: a quick review becomes a full one, once, at the advocate's word."""

from collections.abc import Mapping

from sqlmodel import select

from bot.errors import Refusal, Stale
from bot.reviews.answers import messages_of
from bot.reviews.deed import Case
from bot.reviews.doubts import drop_all_doubts
from bot.reviews.propose import ask_questions
from bot.reviews.settle import content_changed, settle
from bot.reviews.waiting import wait_for_answers
from db.tables import AnswerEntryRow, AnswerRow, HistoryRow, QuestionRow
from seat.checklist import Checklist, questions_for
from seat.facts import Size, State
from seat.meanwhile import FULL_LIST
from seat.pieces import OBJECTING


def ask_full_list(case: Case, checklists: Mapping[str, Checklist]) -> None:
    """Ask all questions; what was answered stays answered, under its new number.

    Raises Refusal when it is full already, past answering, or its kind has no checklist any more.
    """
    row = case.row
    if row.needs_full_used or row.size == Size.FULL:
        raise Refusal("already_full")
    if row.state not in (State.OPEN, State.HEARD):
        raise Refusal("already_decided", state=row.state)
    checklist = checklists.get(row.kind)
    if checklist is None:
        raise Refusal("kind_gone", kind=row.kind)
    before = {q.key: q.number for q in case.facts.questions}
    row.size, row.needs_full_used = Size.FULL, True
    numbers = {before[q.key]: q.number for q in questions_for(checklist, Size.FULL)
               if q.key in before}  # fmt: skip
    _renumber(case, numbers, checklist)
    if row.seated_at is not None:
        wait_for_answers(case, since=row.seated_at)  # the longer list has the longer time
    content_changed(case)
    case.record(
        FULL_LIST,
        after={
            "questions": len(case.facts.questions),
            "numbers": {str(old): new for old, new in numbers.items()},
            "version": row.version + 1,
        },
    )
    settle(case)


def number_now(case: Case, number: int, drawn_version: int) -> int:
    """The number that question `number` of a button or form has now.

    `drawn_version`: the review's version it was drawn with; before the full list was asked,
    other numbers stood there. Raises Stale for a question that is gone.
    """
    if not case.row.needs_full_used:
        return number
    entry = case.deed.session.exec(
        select(HistoryRow).where(HistoryRow.review_id == case.id, HistoryRow.what == FULL_LIST)
    ).one()
    if drawn_version >= entry.after["version"]:
        return number
    if str(number) not in entry.after["numbers"]:
        raise Stale
    return int(entry.after["numbers"][str(number)])


def _renumber(case: Case, numbers: dict[int, int], checklist: Checklist) -> None:
    session = case.deed.session
    answers = list(session.exec(select(AnswerRow).where(AnswerRow.review_id == case.id)))
    kept = [(numbers[a.number], a.model_dump(exclude={"number"})) for a in answers
            if a.number in numbers]  # fmt: skip
    for gone in [
        *answers,
        *session.exec(select(QuestionRow).where(QuestionRow.review_id == case.id)),
    ]:
        session.delete(gone)
    session.flush()
    ask_questions(case, checklist)
    for number, fields in kept:
        session.add(AnswerRow(number=number, **fields))
    for message in messages_of(case):
        message.pieces = [
            {**p, "number": numbers.get(p["number"], p["number"])}
            if p["what"] not in OBJECTING
            else p
            for p in message.pieces
        ]
        session.add(message)
    for entry in session.exec(select(AnswerEntryRow).where(AnswerEntryRow.review_id == case.id)):
        entry.number = numbers.get(entry.number, entry.number)
        session.add(entry)
    drop_all_doubts(case)
    if case.row.last_taken_number is not None:
        case.row.last_taken_number = numbers.get(case.row.last_taken_number)
    session.flush()
