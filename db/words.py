"""Words of a review that are taken off the record, found wherever they stand or stood.

Twice: where the words of a part are kept by what they are, however short; then, by what was found
there, in every column of every table, also in those that nobody thought of here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from db.failures import without_words
from db.sweep import MARK, sweep
from db.tables import (
    AnswerEntryRow,
    AnswerRow,
    DecisionRow,
    DeliveryFailed,
    HistoryRow,
    ObjectionRow,
    QuestionRow,
    ReviewRow,
    RevisionRow,
    Surface,
    ThreadMessage,
)
from seat.pieces import ANSWERING, OBJECTING, REPLACED

FIELDS = ("title", "told_to_her", "why", "change", "affected", "links")
"""Of a proposal, those that were typed."""

REASONS = "reasons"
"""The part of what was said on the way: why it was withdrawn, reopened, passed on; what changed."""

_OBJECTION_MOVES = ("objected", "mind", "objection_edited", "objection_reply")


@dataclass
class Taken:
    """What was found on the way: the words, and the messages that still say them in Slack."""

    words: set[str] = field(default_factory=set)
    messages: set[tuple[str, str]] = field(default_factory=set)
    """Channel and ts."""

    def away(self, value: Any) -> Any:
        if not isinstance(value, str) or value in ("", MARK):
            return value
        self.words.add(value)
        return MARK

    def out_of(self, data: Mapping[str, Any], *names: str) -> dict[str, Any]:
        return {name: self.away(v) if name in names else v for name, v in data.items()}

    def columns(self, row: SQLModel, *names: str) -> None:
        for name in names:
            setattr(row, name, self.away(getattr(row, name)))


def find_parts(session: Session, row: ReviewRow) -> dict[str, str]:
    """What there is to take off, with the words that stand there now, in the order of a record."""
    of_it = {"review_id": row.id}
    found = {f"field:{name}": getattr(row, name) for name in FIELDS}
    for answer in _rows(session, AnswerRow, **of_it):
        found[f"answer:{answer.number}"] = f"{answer.text}\n{answer.why}"
    for each in _rows(session, ObjectionRow, **of_it):
        said = (each.title, each.detail, each.changes_her_mind, each.reply, each.overruled_because)
        found[f"objection:{each.number}"] = "\n".join(said)
    for decision in _rows(session, DecisionRow, **of_it):
        found[f"decision:{decision.number}"] = f"{decision.because}\n{decision.changes}"
    reasons = [
        str(entry.after.get("reason") or "") for entry in _rows(session, HistoryRow, **of_it)
    ]
    notes = [str(shown.args.get("note") or "") for shown in _rows(session, Surface, **of_it)]
    found[REASONS] = "\n".join(dict.fromkeys([*reasons, *notes]))
    lines = {part: [line for line in said.split("\n") if line] for part, said in found.items()}
    return {part: "\n".join(said) for part, said in lines.items() if {*said} - {MARK}}


def take_off(session: Session, row: ReviewRow, part: str) -> Taken:
    """Replace the words of `part`, of now and of before, wherever they stand. A part that is not
    there has none."""
    session.flush()
    kind, _, name = part.partition(":")
    taken = Taken()
    if kind == "field" and name in FIELDS:
        _take_field(session, row, name, taken)
    elif kind == REASONS:
        _take_reasons(session, row, taken)
    elif kind in ("answer", "objection", "decision") and name.isdigit():
        _OF[kind](session, row, int(name), taken)
    session.flush()
    _take_deliveries(session, row, taken)
    sweep(session, row, taken.words)
    return taken


def _take_field(session: Session, row: ReviewRow, name: str, taken: Taken) -> None:
    taken.columns(row, name)
    for revision in _rows(session, RevisionRow, review_id=row.id):
        revision.fields = taken.out_of(revision.fields, name)
    for entry in _rows(session, HistoryRow, review_id=row.id):
        if entry.what in ("opened", "revised"):
            entry.before = taken.out_of(entry.before, name)
            entry.after = taken.out_of(entry.after, name)

    def of_surface(args: dict[str, Any]) -> dict[str, Any]:
        difference = args.get("difference") or {}
        if isinstance(both := difference.get(name), dict):
            args["difference"] = {**difference, name: taken.out_of(both, "before", "after")}
        for side in ("before", "after"):  # as an older version kept it
            if isinstance(fields := args.get(side), dict):
                args[side] = taken.out_of(fields, name)
        return args

    _in_surfaces(session, row, of_surface)


def _take_answer(session: Session, row: ReviewRow, number: int, taken: Taken) -> None:
    answer = session.get(AnswerRow, (row.id, number))
    if answer is not None:
        taken.columns(answer, "text", "why")
    for kept in _rows(session, AnswerEntryRow, review_id=row.id, number=number):
        kept.after = taken.out_of(kept.after, "text", "more", "why")
    for entry in _rows(session, HistoryRow, review_id=row.id):
        if entry.what.startswith("answer_") and entry.after.get("number") == number:
            entry.before = taken.out_of(entry.before, "text", "why")
            entry.after = taken.out_of(entry.after, "text", "more", "why")
    _take_pieces(session, row, number, ANSWERING, taken)
    _take_doubts(row, number, taken)
    question = session.get(QuestionRow, (row.id, number))
    if question is not None and question.closing:
        _in_said(session, row, lambda said: taken.out_of(said, "statement"))


def _take_objection(session: Session, row: ReviewRow, number: int, taken: Taken) -> None:
    for kept in _rows(session, ObjectionRow, review_id=row.id, number=number):
        names = ("title", "detail", "changes_her_mind", "reply", "overruled_because")
        taken.columns(kept, *names)
    for entry in _rows(session, HistoryRow, review_id=row.id):
        # An edit's entry did not always say which objection it was: then it may be this one.
        if entry.what in _OBJECTION_MOVES and entry.after.get("number") in (number, None):
            entry.before = taken.out_of(entry.before, "title", "detail", "text", "reply")
            entry.after = taken.out_of(entry.after, "title", "detail", "text", "reply")
    _take_pieces(session, row, number, OBJECTING, taken)

    def of_said(said: dict[str, Any]) -> dict[str, Any]:
        objections = [
            taken.out_of(o, "title", "mind", "because") if o.get("number") == number else o
            for o in said.get("objections") or ()
        ]
        return {**said, "objections": objections}

    _in_said(session, row, of_said)


def _take_decision(session: Session, row: ReviewRow, number: int, taken: Taken) -> None:
    for decision in _rows(session, DecisionRow, review_id=row.id, number=number):
        taken.columns(decision, "because", "changes")


def _take_reasons(session: Session, row: ReviewRow, taken: Taken) -> None:
    row.seating = taken.out_of(row.seating, "reason")
    for entry in _rows(session, HistoryRow, review_id=row.id):
        entry.before = _without_reason(entry.before, taken)
        entry.after = _without_reason(entry.after, taken)
    _in_surfaces(session, row, lambda args: taken.out_of(args, "reason", "note"))


def _without_reason(data: dict[str, Any], taken: Taken) -> dict[str, Any]:
    stood = data.get("seating")
    data = taken.out_of(data, "reason")
    return {**data, "seating": taken.out_of(stood, "reason")} if isinstance(stood, dict) else data


_OF: dict[str, Callable[[Session, ReviewRow, int, Taken], None]] = {
    "answer": _take_answer,
    "objection": _take_objection,
    "decision": _take_decision,
}


def _take_pieces(
    session: Session, row: ReviewRow, number: int, kinds: tuple[str, ...], taken: Taken
) -> None:
    for message in _rows(session, ThreadMessage, review_id=row.id):
        its = [
            p
            for p in message.pieces
            if p["number"] == number and p["what"].removeprefix(REPLACED) in kinds
        ]
        if its:
            message.pieces = [
                taken.out_of(p, "text", "mind") if p in its else p for p in message.pieces
            ]
            if not message.deleted:
                taken.messages.add((message.channel_id, message.ts))


def _take_doubts(row: ReviewRow, number: int, taken: Taken) -> None:
    """It is asked no more which question those words are for."""
    its = [d for d in row.doubts if number in (d["part_of"], *d["numbers"])]
    for doubt in its:
        taken.away(doubt["words"])
        for piece in doubt.get("pieces") or ():
            taken.out_of(piece, "text")
    row.doubts = [doubt for doubt in row.doubts if doubt not in its]


def _take_deliveries(session: Session, row: ReviewRow, taken: Taken) -> None:
    """What became of those messages and met a bug: with the words as Slack writes them."""
    stamps = [ts for _, ts in taken.messages]
    failed = select(DeliveryFailed).where(DeliveryFailed.workspace_id == row.workspace_id)
    for kept in session.exec(failed) if stamps else ():
        if any(ts in str(kept.body) for ts in stamps):
            kept.body = without_words(kept.body)


def _in_surfaces(
    session: Session, row: ReviewRow, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    for shown in _rows(session, Surface, review_id=row.id):
        shown.args = change(dict(shown.args))


def _in_said(
    session: Session, row: ReviewRow, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """What was said back, and decided upon, as it was then."""

    def of_surface(args: dict[str, Any]) -> dict[str, Any]:
        said = args.get("said")
        return {**args, "said": change(said)} if isinstance(said, dict) else args

    _in_surfaces(session, row, of_surface)


def _rows(session: Session, table: type[Any], **where: Any) -> list[Any]:
    """In the order of their numbers."""
    wanted = select(table).where(*(col(getattr(table, name)) == v for name, v in where.items()))
    return list(
        session.exec(wanted.order_by(*SQLModel.metadata.tables[table.__tablename__].primary_key))
    )
