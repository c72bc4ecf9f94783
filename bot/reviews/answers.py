"""Saving one answer, whichever way it came. The way it came is in answer_entry, for good."""

from typing import Any

from sqlmodel import col, func, select

from bot.errors import Refusal
from bot.reviews.deed import Case
from bot.reviews.settle import content_changed
from db.tables import AnswerEntryRow, AnswerRow, ThreadMessage
from seat.bounds import CHANGES
from seat.facts import AnswerState, Evidence
from seat.pieces import ANSWERING, GIVING, OBJECTING, REPLACED
from seat.thread import needs_why

CONTENT = ("state", "text", "option", "evidence", "why", "stale")


def find_answer(case: Case, number: int) -> AnswerRow | None:
    return case.deed.session.get(AnswerRow, (case.id, number))


def save_answer(
    case: Case,
    number: int,
    *,
    state: AnswerState,
    source: str,
    text: str = "",
    option: str = "",
    evidence: Evidence | None = None,
    why: str = "",
    message_ts: tuple[str, ...] = (),
    tapped: bool | None = None,
) -> bool:
    """Make this the answer to question `number`. Returns whether anything changed.

    `tapped`: None for what `source` says.
    """
    deed, row = case.deed, find_answer(case, number)
    if row is None:
        row = AnswerRow(review_id=case.id, number=number, state=state, by=deed.user, version=0)
    before = {name: getattr(row, name) for name in CONTENT} if row.version else None
    row.state, row.text, row.option, row.why = state, text, option, why
    if evidence is not None:
        row.evidence = evidence
    if state is AnswerState.NOT_KNOWN:
        row.evidence = Evidence.NOT_KNOWN
    elif row.evidence == Evidence.NOT_KNOWN and evidence is None:
        row.evidence = Evidence.ASSUMED
    row.by, row.revision, row.stale = deed.user, case.row.revision, False
    row.tapped = source == "tap" if tapped is None else tapped
    row.message_ts = list(message_ts)
    after = {name: getattr(row, name) for name in CONTENT}
    if before == after:
        deed.session.add(row)
        deed.session.flush()
        return False
    if source in ("form", "tap") and state is not AnswerState.RETRACTED:
        _refuse_more_changes(case, number)
    row.version = case.row.version + 1  # the review's version from which on it reads so
    deed.session.add(row)
    was, now = _only_what_is_more(before or {}, after)
    deed.session.add(
        AnswerEntryRow(
            review_id=case.id, number=number, at=deed.now, by=deed.user, source=source, after=now
        )
    )
    case.row.accepted = True
    content_changed(case)
    closing = case.facts.closing
    if closing and closing.number == number and _needs_its_stance(state, before, text):
        case.forget_stance()
    case.record(f"answer_{state}", before=was, after={"number": number, **now})
    return True


def _only_what_is_more(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of words that went on, what is kept is those that came, and how long the answer was: an
    answer of twenty messages would else be kept twenty times over."""
    stood, stands = str(before.get("text") or ""), str(after["text"])
    if not stood or not stands.startswith(f"{stood}\n"):
        return before, after
    was = {name: value for name, value in before.items() if name != "text"}
    now = {name: value for name, value in after.items() if name != "text"}
    return {**was, "length": len(stood)}, {**now, "more": stands[len(stood) :]}


def full_answers(case: Case) -> frozenset[int]:
    """The questions whose answers were changed as often as is kept."""
    rows = case.deed.session.exec(
        select(AnswerEntryRow.number)
        .where(AnswerEntryRow.review_id == case.id)
        .group_by(col(AnswerEntryRow.number))
        .having(func.count() >= CHANGES)
    )
    return frozenset(rows)


def _refuse_more_changes(case: Case, number: int) -> None:
    if number in full_answers(case):
        raise Refusal("changed_too_often", number=number, limit=CHANGES)


def _needs_its_stance(state: AnswerState, before: dict[str, Any] | None, text: str) -> bool:
    """Words said anew, after the old ones no longer held, are another stance's, if any."""
    anew = before is not None and before["stale"] and before["text"] != text
    return state is not AnswerState.GIVEN or anew


def want_why(case: Case, number: int) -> bool:
    """Whether this answer leaves something to ask, and was not asked before; it is asked now."""
    row = find_answer(case, number)
    question = case.facts.question(number)
    answer = case.facts.answers.get(number)
    if row is None or question is None or answer is None or not needs_why(question, answer):
        return False
    row.why_asked = True
    case.deed.session.add(row)
    return True


def recompute(case: Case, number: int, *, source: str) -> None:
    """Make the answer what the thread's messages for it say now; none left: it is retracted."""
    pieces = [
        (message.ts, piece)
        for message in messages_of(case)
        for piece in message.pieces
        if piece["number"] == number and piece["what"] in ANSWERING
    ]
    row = find_answer(case, number)
    said = [(ts, p) for ts, p in pieces if p["what"] != "why"]
    if not said and row is not None and row.state == AnswerState.GIVEN and not row.message_ts:
        # Tapped, or in the form; only why, or if what, was said in words.
        _save_why(case, row, "\n".join(p["text"] for _, p in pieces), source=source)
        return
    if not said:
        if row is not None and row.state != AnswerState.RETRACTED:
            save_answer(case, number, state=AnswerState.RETRACTED, source=source)
        return
    last = said[-1][1]
    if last["what"] in ("skip", "not_known"):
        state = AnswerState.SKIPPED if last["what"] == "skip" else AnswerState.NOT_KNOWN
        save_answer(
            case, number, state=state, text=last["text"], source=source, message_ts=(said[-1][0],)
        )
        return
    # A skip or "not known" ends what was said before; a statement takes its place.
    starts = {"skip": 1, "not_known": 1, "statement": 0}
    said = said[
        max(
            (i + starts[p["what"]] for i, (_, p) in enumerate(said) if p["what"] in starts),
            default=0,
        ) :
    ]
    # A why of before was of an answer that is gone.
    begun = _order(said[0][0])
    why = "\n".join(p["text"] for ts, p in pieces if p["what"] == "why" and _order(ts) >= begun)
    named = [p.get("evidence") or p.get("known") for _, p in said]
    evidence = next((e for e in reversed(named) if e), None)
    option = next((p["option"] for _, p in said if p.get("option")), "")
    save_answer(
        case,
        number,
        state=AnswerState.GIVEN,
        text="\n".join(p["text"] for _, p in said),
        option=option,
        # Without a marker it is assumed: what an answer before it stood on, this one need not.
        evidence=Evidence(evidence) if evidence else Evidence.ASSUMED,
        why=why,
        source=source,
        message_ts=tuple(dict.fromkeys(ts for ts, _ in said)),
    )


def _save_why(case: Case, row: AnswerRow, why: str, *, source: str) -> None:
    save_answer(
        case,
        row.number,
        state=AnswerState(row.state),
        text=row.text,
        option=row.option,
        evidence=Evidence(row.evidence),
        why=why,
        source=source,
        tapped=row.tapped,
    )


def messages_of(case: Case) -> list[ThreadMessage]:
    """The advocate's messages that count, oldest first. A former advocate's later edits do not."""
    rows = case.deed.session.exec(
        select(ThreadMessage).where(ThreadMessage.review_id == case.id)
    ).all()
    live = [m for m in rows if not m.deleted and not m.untaken and m.pieces]
    return sorted(live, key=lambda m: _order(m.ts))


def _order(ts: str) -> tuple[int, ...]:
    return tuple(map(int, ts.split(".")))


def set_aside(case: Case, number: int) -> None:
    """A form or a tap replaced the answer: what messages said for it no longer counts."""
    for message in messages_of(case):
        kept = [p for p in message.pieces if p["number"] != number or p["what"] in OBJECTING]
        if kept != message.pieces:
            message.pieces = [
                p
                if p in kept or p["what"].startswith(REPLACED)
                else {**p, "what": f"{REPLACED}{p['what']}"}
                for p in message.pieces
            ]
            case.deed.session.add(message)


def give_evidence(case: Case, number: int, evidence: Evidence) -> None:
    """How it is known was named in the form: the messages that gave the answer keep it, edited too.

    A marker in an edit's own words comes before it.
    """
    for message in messages_of(case):
        said = [p for p in message.pieces if p["number"] == number and p["what"] in GIVING]
        if said:
            message.pieces = [
                {**p, "evidence": None, "known": evidence} if p in said else p
                for p in message.pieces
            ]
            case.deed.session.add(message)
