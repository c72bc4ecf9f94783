"""A taken message edited, deleted, or un-taken with a cross: the answer follows, history stays.

What a message was bound to does not shift: an edited plain answer stays with its question.
"""

from typing import Any

from bot.reviews.answers import ANSWERING, recompute
from bot.reviews.deed import Case, Deed, open_case
from bot.reviews.hear_reply import (
    Reply,
    hear_reply,
    numbers_in,
    piece_of,
    react,
    sent_at,
    whisper,
)
from bot.reviews.objections import edit_objection, retract_objection, set_mind
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from db.tables import DecisionRow, ThreadMessage
from seat import thread
from seat.facts import Mark, Stance, State


def hear_edit(deed: Deed, reply: Reply) -> None:
    """The message now reads `reply`. An edit of something not taken before is heard as new."""
    message = _message(deed, reply.channel_id, reply.ts)
    if message is None:
        hear_reply(deed, reply)
        return
    if message.deleted or _older(reply.version, message.version) or message.by != deed.user:
        return
    case = open_case(deed, message.review_id)
    message.version = reply.version
    deed.session.add(message)
    if not _counts(case):
        _after_decision(case, message)
        return
    typed = thread.read_lines(reply.blocks, reply.text)
    numbers = [q.number for q in case.facts.questions]
    said = thread.parse(typed, numbers, thread.whats_asked(case.facts))
    before, message.untaken = message.pieces, False
    pieces = [] if isinstance(said, thread.Talk) else _rebound(case, reply, message, said)
    replace_pieces(case, message, before, pieces, source="edit")
    if bool(pieces) != bool(before):
        react(case, message.ts, pieces or before, add=bool(pieces))
    settle(case)


def hear_deletion(deed: Deed, *, channel_id: str, ts: str, version: str) -> None:
    """The message is gone: its answers are retracted. The tombstone wins over later edits."""
    message = _message(deed, channel_id, ts)
    if message is None or message.deleted:
        return
    case = open_case(deed.by(message.by), message.review_id)
    message.deleted, message.version = True, version
    deed.session.add(message)
    if not _counts(case):
        _after_decision(case, message)
        return
    replace_pieces(case, message, message.pieces, [], source="delete")
    settle(case)


def untake(deed: Deed, *, channel_id: str, ts: str) -> None:
    """The advocate's own cross on a taken message: it was not meant as an answer."""
    message = _message(deed, channel_id, ts)
    if message is None or message.deleted or message.untaken or message.by != deed.user:
        return
    case = open_case(deed, message.review_id)
    if case.row.advocate != deed.user or not _counts(case):
        return
    pieces, message.untaken = message.pieces, True
    deed.session.add(message)
    replace_pieces(case, message, pieces, [], source="untake")
    react(case, ts, pieces, add=False)
    settle(case)


def replace_pieces(
    case: Case,
    message: ThreadMessage,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    *,
    source: str,
) -> None:
    """Swap what the message says, and let everything that stood on it follow."""
    message.pieces = after
    case.deed.session.add(message)
    case.deed.session.flush()
    for number in dict.fromkeys(numbers_in(before) + numbers_in(after)):
        recompute(case, number, source=source)
    objected = next((p["text"] for p in after if p["what"] == "objection"), None)
    if any(p["what"] == "objection" for p in before):
        if objected is None:
            retract_objection(case, message_ts=message.ts)
        else:
            edit_objection(case, message_ts=message.ts, text=objected)
    stance = next((p["text"] for p in after if p["what"] == "stance"), None)
    if any(p["what"] == "stance" for p in before + after):
        set_stance(case, Stance(stance) if stance else None)


def _rebound(
    case: Case, reply: Reply, message: ThreadMessage, said: tuple[thread.Piece, ...]
) -> list[dict[str, Any]]:
    """The pieces of the edited text; plain words keep the target they were bound to."""
    plain = next((p for p in message.pieces if p["what"] in (*ANSWERING, "mind", "stance")), None)
    pieces: list[dict[str, Any]] = []
    for piece in said:
        if isinstance(piece, thread.AnswerTo) and piece.number is None and plain is not None:
            pieces.append(_kept(case, plain, piece))
            continue
        if isinstance(piece, thread.DontKnow) and piece.number is None and plain is not None:
            pieces.append({"what": "not_known", "number": plain["number"], "text": ""})
            continue
        own = {p["number"] for p in message.pieces if p["what"] in ANSWERING}
        for binding in thread.bind((piece,), case.facts, sent_at(message.ts), message.ts):
            if isinstance(binding, thread.AskReplace) and binding.number not in own:
                whisper(case, reply, "ask_replace", number=binding.number)
            elif (made := piece_of(binding)) is not None:
                pieces.append(made)
    return pieces


def _kept(case: Case, plain: dict[str, Any], piece: thread.AnswerTo) -> dict[str, Any]:
    what = "answer" if plain["what"] in ("skip", "not_known") else plain["what"]
    kept = {"what": what, "number": plain["number"], "text": piece.text}
    if what == "stance":
        stance = thread.read_stance(piece.text)
        return {**plain, "text": str(stance)} if stance else plain
    if what == "mind":
        set_mind(case, plain["number"], piece.text)
    question = case.facts.question(plain["number"]) if what == "answer" else None
    if question is not None:
        option = thread.read_option(question, piece.text) if question.options else None
        kept["option"] = option.value if option else ""
        kept["evidence"] = piece.evidence
    return kept


def _message(deed: Deed, channel_id: str, ts: str) -> ThreadMessage | None:
    return deed.session.get(ThreadMessage, (deed.workspace_id, channel_id, ts))


def _counts(case: Case) -> bool:
    """Whether changes still count; while open, only the seated advocate's messages do."""
    return case.row.state in (State.OPEN, State.HEARD)


def _after_decision(case: Case, message: ThreadMessage) -> None:
    """Changes nothing, but the record says so for good."""
    decision = case.facts.decision
    if decision is None or not message.pieces:
        return
    row = case.deed.session.get(DecisionRow, (case.id, decision.number))
    if row is not None and Mark.EDITED_AFTER_DECISION not in row.marks:
        row.marks = [*row.marks, Mark.EDITED_AFTER_DECISION]
        case.deed.session.add(row)
    case.record("edited_after_decision", after={"ts": message.ts})


def _older(version: str, than: str) -> bool:
    return tuple(map(int, version.split("."))) <= tuple(map(int, than.split(".")))
