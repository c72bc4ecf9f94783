"""What the customer would not accept, from raising it to its end. Nobody ends one by arguing."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import func, select

from bot.errors import FieldErrors, Refusal, Stale
from bot.reviews.deed import Case
from bot.reviews.settle import content_changed, settle
from db.tables import ObjectionRow
from seat.bounds import ANSWER, OPEN_OBJECTIONS
from seat.facts import ObjectionState
from seat.pieces import OBJECTION

TITLE = 150

Piece = dict[str, Any]


def raise_objection(
    case: Case, *, title: str, detail: str = "", mind: str = "", message_ts: str = ""
) -> int:
    """A new objection; the proposer is told. A title too long to be one goes on in the detail.

    `message_ts`: "" for one by form. Returns its number.
    """
    deed = case.deed
    title, detail = _cut(title, detail)
    number = (
        1 + deed.session.exec(select(func.count()).where(ObjectionRow.review_id == case.id)).one()
    )
    deed.session.add(
        ObjectionRow(
            review_id=case.id,
            number=number,
            title=title,
            detail=detail,
            changes_her_mind=mind.strip(),
            mind_asked=bool(mind.strip()),
            by=deed.user,
            at=deed.now,
            message_ts=[message_ts],
        )
    )
    case.row.last_taken_number = case.row.last_taken_at = None
    case.row.accepted = True
    content_changed(case)
    case.record("objected", after={"number": number, "title": title, "detail": detail})
    case.tell("objection_for_proposer", case.row.proposer, number, objection=number)
    return number


def object_by_form(case: Case, *, title: str, detail: str, mind: str) -> None:
    """Raises FieldErrors."""
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    if not title:
        errors["title"] = "empty"
    elif len(case.facts.open_objections) >= OPEN_OBJECTIONS:
        errors["title"] = ("too_many_objections", {"limit": OPEN_OBJECTIONS})
    for name, words in (("title", title), ("detail", detail), ("changes_her_mind", mind)):
        if len(words) > ANSWER:
            errors[name] = ("too_long", {"limit": ANSWER, "length": len(words)})
    if errors:
        raise FieldErrors(**errors)
    raise_objection(case, title=title, detail=detail, mind=mind)
    settle(case)


def find_objection(case: Case, number: int) -> ObjectionRow:
    """Raises Refusal when the review has no such objection."""
    row = case.deed.session.exec(
        select(ObjectionRow).where(ObjectionRow.review_id == case.id, ObjectionRow.number == number)
    ).one_or_none()
    if row is None:
        raise Refusal("no_such_objection")
    return row


def set_mind(case: Case, number: int, text: str, message_ts: str = "") -> None:
    """What would change her mind."""
    row = find_objection(case, number)
    before = {"text": row.changes_her_mind}
    row.changes_her_mind, row.mind_asked = text.strip(), True
    if message_ts:
        row.message_ts = [*row.message_ts, message_ts]
    after = {"number": number, "text": row.changes_her_mind}
    _changed(case, row, "mind", before=before, after=after)


def give_mind(
    case: Case, number: int, text: str, *, rest: str = "", meanwhile: bool = False
) -> None:
    """By form; "" passes over it. `rest`: what its field could not hold, which stays.

    `meanwhile`: other words were given since it was drawn. Raises FieldErrors.
    """
    row = _open(case, number)
    if len(text) > ANSWER:
        raise FieldErrors(changes_her_mind=("too_long", {"limit": ANSWER, "length": len(text)}))
    text = (text.strip() + rest).strip()
    if row.mind_asked and row.changes_her_mind == text:
        return
    if meanwhile:
        raise FieldErrors(changes_her_mind=("changed_meanwhile", {"now": row.changes_her_mind}))
    set_mind(case, number, text)
    settle(case)


def pass_over_mind(case: Case, number: int) -> None:
    """What would change her mind is not known. Raises Stale when it was said meanwhile."""
    row = _open(case, number)
    if row.changes_her_mind:
        raise Stale
    if not row.mind_asked:
        set_mind(case, number, "")
        settle(case)


def forget_mind(case: Case, number: int, text: str) -> None:
    """The message that said what would change her mind is gone; it may be asked again."""
    row = find_objection(case, number)
    if row.changes_her_mind == text.strip():
        before = {"text": row.changes_her_mind}
        row.changes_her_mind, row.mind_asked = "", False
        _changed(case, row, "mind", before=before, after={"number": number, "text": ""})


def edit_objections(
    case: Case, *, message_ts: str, before: Sequence[Piece], after: Sequence[Piece]
) -> list[Piece]:
    """The message now reads `after`. One objection more than before is raised, one less withdrawn.

    Which is which, their words say, and where these are new, their order. Returns `after` with the
    number of each.
    """
    was = {piece["number"]: piece["text"] for piece in before if piece["what"] == OBJECTION}
    after = [dict(piece) for piece in after]
    now = [piece for piece in after if piece["what"] == OBJECTION]
    taken: set[int | None] = set()
    for piece in now:
        if piece["number"] is None or piece["number"] in taken:
            same = (n for n, text in was.items() if text == piece["text"] and n not in taken)
            piece["number"] = next(same, None)
        taken.add(piece["number"])
    left = iter([number for number in was if number not in taken])
    for piece in now:
        title, detail = _cut(*piece["text"].partition("\n")[::2])
        piece["number"] = piece["number"] or next(left, None)
        if piece["number"] is None:
            piece["number"] = raise_objection(
                case, title=title, detail=detail, message_ts=message_ts
            )
        else:
            _reword(case, piece["number"], title, detail)
        mind = str(piece.get("mind") or "")
        if mind and mind != find_objection(case, piece["number"]).changes_her_mind:
            set_mind(case, piece["number"], mind)
    for number in left:
        _end(case, find_objection(case, number))
    return after


def _reword(case: Case, number: int, title: str, detail: str) -> None:
    """One that was taken back since stays so, with its words."""
    row = find_objection(case, number)
    if row.state == ObjectionState.WITHDRAWN or (row.title, row.detail) == (title, detail):
        return
    before = {"title": row.title, "detail": row.detail}
    row.title, row.detail = title, detail
    _changed(case, row, "objection_edited", before=before,
             after={"number": number, "title": row.title, "detail": row.detail})  # fmt: skip


def _end(case: Case, row: ObjectionRow) -> None:
    if row.state == ObjectionState.OPEN:
        row.state, row.offered = ObjectionState.WITHDRAWN, None
        _changed(case, row, "objection_withdrawn", after={"number": row.number})


def withdraw_objection(case: Case, number: int) -> None:
    _end(case, _open(case, number))
    settle(case)


def reply_to_objection(
    case: Case, number: int, *, text: str, offer: ObjectionState | None = None
) -> None:
    """The proposer answers, and may offer to make it as she asks, or to accept it.

    Raises FieldErrors.
    """
    if len(text) > ANSWER:
        raise FieldErrors(reply=("too_long", {"limit": ANSWER, "length": len(text)}))
    row = _open(case, number)
    before = {"reply": row.reply, "offered": row.offered}
    row.reply = text.strip() or row.reply
    row.offered, row.stands = offer, False
    case.deed.session.add(row)
    after = {"number": number, "reply": row.reply, "offered": offer}
    case.record("objection_reply", before=before, after=after)
    case.tell(
        "reply_for_advocate", case.row.advocate, f"{number}:{case.row.version}", objection=number
    )


def still_objects(case: Case, number: int) -> None:
    """The advocate says that it stands after a reply that offers nothing; the decider is next.

    Raises Refusal where there is none, or something was offered meanwhile.
    """
    row = _open(case, number)
    if not row.reply or row.offered:
        raise Refusal("nothing_disputed")
    if row.stands:
        return
    row.stands = True
    case.deed.session.add(row)
    # What she says is what it was: nothing has to be confirmed anew.
    case.record("objection_stands", after={"number": number})


def agree_to_offer(case: Case, number: int, offer: ObjectionState) -> None:
    """The advocate agrees to what the proposer offered. Raises Refusal when nothing was."""
    row = _open(case, number)
    if row.offered != offer:
        raise Refusal("nothing_offered")
    row.state, row.offered = offer, None
    case.deed.session.add(row)
    # The advocate's own act: what was said back need not be confirmed again.
    case.record(f"objection_{offer}", after={"number": number})
    settle(case)


def _open(case: Case, number: int) -> ObjectionRow:
    row = find_objection(case, number)
    if row.state != ObjectionState.OPEN:
        raise Refusal("objection_ended", state=row.state)
    return row


def _cut(title: str, detail: str) -> tuple[str, str]:
    title, detail = title.strip(), detail.strip()
    if len(title) <= TITLE:
        return title, detail
    cut = title[:TITLE].rsplit(" ", 1)[0] or title[:TITLE]
    return cut, f"{title[len(cut) :].strip()}\n{detail}".strip()


def _changed(
    case: Case,
    row: ObjectionRow,
    what: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    case.deed.session.add(row)
    content_changed(case)
    case.record(what, before=before, after=after)
