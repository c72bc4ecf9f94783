"""What people were promised, looked for in the database: each act there, and there once."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables import (
    AnswerEntryRow,
    AnswerRow,
    DecisionRow,
    HistoryRow,
    ObjectionRow,
    ReviewRow,
    Seat,
)
from tests.faults.ledger import Ledger, Said, Tale

Broken = tuple[str, str]


def find_broken(session: Session, ledger: Ledger, given_up: set[str]) -> Iterator[Broken]:
    """`given_up`: messages of which Slack itself dropped an event after its last try."""
    for channel, times in ledger.digest_times.items():
        seat = session.exec(select(Seat).where(Seat.channel_id == channel)).one()
        if seat.digest_time not in times:
            yield "lost", f"the digest's time in {channel}, {times}: there is {seat.digest_time}"
    for tale in ledger.tales:
        rows = session.exec(
            select(ReviewRow).where(col(ReviewRow.title).startswith(tale.title))
        ).all()
        if len(rows) > 1:
            yield "doubled", f"{len(rows)} reviews {tale.title}"
        if not rows and tale.proposed:
            yield "lost", f"review {tale.title}"
        if rows:
            yield from _of_review(session, tale, rows[0], given_up)


def _of_review(
    session: Session, tale: Tale, row: ReviewRow, given_up: set[str]
) -> Iterator[Broken]:
    answers = {
        a.number: a
        for a in session.exec(select(AnswerRow).where(AnswerRow.review_id == row.id))
        if a.state != "retracted"
    }
    entries = [
        str(entry.after.get("text", entry.after.get("more", "")))
        for entry in session.exec(select(AnswerEntryRow).where(AnswerEntryRow.review_id == row.id))
    ]
    objections = session.exec(select(ObjectionRow).where(ObjectionRow.review_id == row.id)).all()
    for said in tale.said:
        if said.ts not in given_up:
            yield from _of_message(said, answers, objections)
        marks = [*said.answers.values(), *said.former]
        yield from _at_most_once(marks, entries, "answer")
    for number, mark in tale.filled.items():
        if number not in answers or mark not in answers[number].text:
            yield "lost", f"answer {number} by form, {mark}, of {tale.title}"
    for number in tale.not_known:
        if number not in answers:
            yield "lost", f"answer {number}, not known, of {tale.title}"
    for mark in tale.objections:
        if not any(mark in objection.title for objection in objections):
            yield "lost", f"objection {mark} by form"
    titles = [objection.title for objection in objections]
    yield from _at_most_once(sorted(tale.tried), entries, "answer by form")
    spoken = [said.objection for said in tale.said if said.objection]
    yield from _at_most_once([*sorted(tale.tried), *spoken], titles, "objection")
    states = {objection.number: objection.state for objection in objections}
    for number in tale.agreed:
        if states.get(number) != "mitigated":
            yield "lost", f"objection {number} of {tale.title} is {states.get(number)}, agreed on"
    if tale.stance and not _took_stance(session, row, tale.stance):
        yield "lost", f"her stance on {tale.title}: there is {row.stance}"
    yield from _of_replies(session, tale, row, objections)
    yield from _of_decision(session, tale, row)


def _took_stance(session: Session, row: ReviewRow, stance: str) -> bool:
    """Ever: it goes when the statement that it stands beside does."""
    told = select(HistoryRow).where(HistoryRow.review_id == row.id, HistoryRow.what == "stance")
    return any(entry.after["stance"] == stance for entry in session.exec(told))


def _of_message(said: Said, answers: dict[int, AnswerRow], objections: object) -> Iterator[Broken]:
    found = {o.title: o for o in objections}  # type: ignore[attr-defined]
    standing = [o for title, o in found.items() if said.objection and said.objection in title]
    if said.objection and not said.is_deleted and not standing:
        yield "lost", f"objection {said.objection}"
    if said.is_deleted and any(o.state == "open" for o in standing):
        yield "stale", f"objection {said.objection} stands, its message is deleted"
    for number, mark in said.answers.items():
        text = answers[number].text if number in answers else ""
        if said.is_deleted and mark in text:
            yield "stale", f"answer {number} stands, its message {mark} is deleted"
        if not said.is_deleted and mark not in text:
            yield "lost", f"answer {number}, {mark}: there is {text!r}"
        for former in said.former:
            if not said.is_deleted and former in text:
                yield "stale", f"answer {number} still says {former}"


def _of_replies(
    session: Session, tale: Tale, row: ReviewRow, objections: Sequence[ObjectionRow]
) -> Iterator[Broken]:
    """Each reply is in the history, and the last one to an objection is what stands there."""
    told = session.exec(
        select(HistoryRow)
        .where(HistoryRow.review_id == row.id, HistoryRow.what == "objection_reply")
        .order_by(col(HistoryRow.id))
    ).all()
    for mark in tale.replies:
        if not any(mark in str(entry.after["reply"]) for entry in told):
            yield "lost", f"reply {mark} to an objection"
    last = {entry.after["number"]: str(entry.after["reply"]) for entry in told}
    for objection in objections:
        if objection.reply != last.get(objection.number, ""):
            yield "stale", f"objection {objection.number} has the reply {objection.reply!r}"


def _of_decision(session: Session, tale: Tale, row: ReviewRow) -> Iterator[Broken]:
    decisions = session.exec(select(DecisionRow).where(DecisionRow.review_id == row.id)).all()
    if tale.decided and not any(tale.decided in d.because for d in decisions):
        yield "lost", f"decision {tale.decided} of {tale.title}"
    for decision in decisions:
        is_it = tale.decided != "" and tale.decided in decision.because
        if is_it and decision.verdict != tale.verdict:
            yield "stale", f"{tale.title} was decided {tale.verdict}: there is {decision.verdict}"
    if len(decisions) > 1:
        yield "doubled", f"{len(decisions)} decisions of {tale.title}"
    moves = session.exec(select(HistoryRow.what).where(HistoryRow.review_id == row.id)).all()
    if tale.decided and row.state not in ("decided", "closed"):
        yield "stale", f"{tale.title} is {row.state}, not decided"
    for once in ("opened", "decided"):
        if moves.count(once) > 1:
            yield "doubled", f"{once} {moves.count(once)} times in the history of {tale.title}"
    if tale.confirmed and "confirmed" not in moves:
        yield "lost", f"confirmation of {tale.title}"


def _at_most_once(marks: list[str], texts: list[str], what: str) -> Iterator[Broken]:
    """A message of two answers has two entries: each mark is in one of them."""
    for mark in marks:
        count = sum(mark in text for text in texts)
        if mark and count > 1:
            yield "doubled", f"{what} {mark} was written {count} times"
