"""*Needs the full list*: a quick review becomes a full one, once, at the advocate's word."""

from collections.abc import Mapping

from sqlmodel import select

from bot.errors import Refusal
from bot.reviews.answers import messages_of
from bot.reviews.deed import Case
from bot.reviews.settle import content_changed, settle
from db.due import set_due
from db.tables import AnswerEntryRow, AnswerRow, QuestionRow
from seat import calendar
from seat.checklist import Checklist, questions_for
from seat.facts import Size, State


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
    if row.advocate is not None and row.seated_at is not None:
        row.answers_due_at = calendar.add_working_days(
            row.seated_at, case.seat.answer_within, case.hours(row.advocate)
        )
        _later(case)
    content_changed(case)
    case.record("full_list", after={"questions": len(case.facts.questions)})
    settle(case)


def _renumber(case: Case, numbers: dict[int, int], checklist: Checklist) -> None:
    from bot.reviews.propose import ask_questions

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
            {**p, "number": numbers.get(p["number"], p["number"])} if p["what"] != "mind" else p
            for p in message.pieces
        ]
        session.add(message)
    for entry in session.exec(select(AnswerEntryRow).where(AnswerEntryRow.review_id == case.id)):
        entry.number = numbers.get(entry.number, entry.number)
        session.add(entry)
    if case.row.last_taken_number is not None:
        case.row.last_taken_number = numbers.get(case.row.last_taken_number)
    session.flush()


def _later(case: Case) -> None:
    """The longer list has the longer time."""
    from db.tables import Turn

    row, deed = case.row, case.deed
    turn = deed.session.exec(
        select(Turn).where(Turn.review_id == case.id, Turn.ended_at == None)  # noqa: E711
    ).first()
    if turn is None or row.seated_at is None:
        return
    for kind, share in (("nudge_advocate", 0.5), ("offer_seat", 1.0)):
        set_due(
            deed.session,
            workspace_id=row.workspace_id,
            kind=kind,
            key=f"{kind}:{turn.id}",
            due_at=calendar.add_working_days(
                row.seated_at, case.seat.answer_within * share, case.hours(row.advocate)
            ),
            review_id=case.id,
        )
