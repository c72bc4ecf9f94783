"""A taken message edited, deleted, or un-taken with a cross: the answer follows, history stays.

What a message was bound to does not shift: an edited plain answer stays with its question.
"""

from dataclasses import replace
from typing import Any

from bot.reviews.answers import full_answers, messages_of, set_aside
from bot.reviews.deed import Case, Deed, open_case
from bot.reviews.doubts import find_doubt
from bot.reviews.hear_reply import (
    Reply,
    find_message,
    hear_new,
    keep_message,
    keep_which,
    open_thread,
    sent_at,
    tell_not_understood,
    whisper,
)
from bot.reviews.pieces import (
    MORE,
    live_pieces,
    numbers_in,
    piece_of,
    react_anew,
    replace_pieces,
)
from bot.reviews.settle import settle
from bot.reviews.take_back import take_back
from db.tables import DecisionRow, ThreadMessage
from seat import thread
from seat.bounds import ANSWER, OPEN_OBJECTIONS
from seat.facts import Mark, Stance, State
from seat.pieces import ANSWERING, GIVING, OBJECTION, REPLACED

Piece = dict[str, Any]


def hear_edit(deed: Deed, reply: Reply) -> None:
    """The message now reads `reply`. An edit of something not taken before is heard as new."""
    case, message = _open(deed, reply.channel_id, reply.ts)
    if case is None:
        case = open_thread(deed, reply.channel_id, reply.thread_ts)
        message = find_message(deed, reply.channel_id, reply.ts)
        if case is None:
            return
    if message is None:
        hear_new(case, reply)
        # Kept also when it is talk now: the version before may be still on its way.
        if find_message(deed, reply.channel_id, reply.ts) is None and _counts(case):
            keep_message(case, channel_id=reply.channel_id, ts=reply.ts, version=reply.version)
        return
    if (
        message.deleted
        or message.by != deed.user
        or _order(reply.version) <= _order(message.version)
    ):
        return
    message.version = reply.version
    deed.session.add(message)
    if not _counts(case):
        if _after_decision(case, message):
            whisper(case, reply, "edited_after_decision")
    elif case.row.advocate != deed.user:
        return  # whose seat it was: what was said then stands
    elif not message.pieces:
        message.untaken = False
        hear_new(case, reply, message)
    else:
        before = message.pieces
        after, doubt = _rebound(case, reply, message)
        if (over := _goes_beyond(case, message, after)) is not None:
            tell_not_understood(case, reply, *over)
            return
        for number in set(numbers_in(after)):
            if (answer := case.facts.answers.get(number)) and answer.stale:
                set_aside(case, number)  # said of an earlier revision: answered anew, not added to
        replace_pieces(case, message, before, after, source="edit")
        if doubt is not None:
            keep_which(case, message, doubt, reply)
        react_anew(case, message, before)
        settle(case)


def hear_deletion(
    deed: Deed, *, channel_id: str, ts: str, version: str, thread_ts: str = ""
) -> None:
    """The message is gone: its answers are retracted. The tombstone wins over later edits.

    The deed is its author's, who need not be who deleted it; `thread_ts` where it stood.
    """
    case, message = _open(deed, channel_id, ts)
    if case is None and thread_ts:
        case = open_thread(deed, channel_id, thread_ts)
        # Looked for again: while we waited for the review, the message may have been heard.
        message = find_message(deed, channel_id, ts)
    if case is None:
        return
    if message is None:
        if _counts(case):
            # The deletion overtook the message: a stone to stumble over when that comes.
            keep_message(case, channel_id=channel_id, ts=ts, version=version, deleted=True)
        return
    if message.deleted:
        return
    case.deed = deed.by(message.by)
    if _counts(case) and case.row.advocate != message.by:
        return
    message.deleted, message.version = True, version
    deed.session.add(message)
    if not _counts(case):
        _after_decision(case, message)
        return
    replace_pieces(case, message, message.pieces, [], source="delete")
    settle(case)


def untake(deed: Deed, *, channel_id: str, ts: str, version: str) -> None:
    """The advocate's own cross on a taken message: it was not meant as an answer.

    `version`: when she put it. An edit of before, still on its way, takes nothing back in; and it
    takes nothing back that she wrote after it.
    """
    case, message = _open(deed, channel_id, ts)
    if case is None or message is None or message.by != deed.user:
        return
    message.crossed_at = deed.now
    deed.session.add(message)
    if version and _order(version) < _order(message.version):
        return
    message.version = version or message.version
    if message.deleted or message.untaken or not message.pieces:
        return
    if case.row.advocate != deed.user or not _counts(case):
        return
    take_back(case, message)
    settle(case)


def _goes_beyond(
    case: Case, message: ThreadMessage, after: list[Piece]
) -> tuple[thread.Unclear, int | None] | None:
    """The bound that the message would go beyond, reading `after`; then it stays what it was."""
    others = [p for m in messages_of(case) if m.ts != message.ts for p in live_pieces(m.pieces)]
    answers = case.facts.answers
    for number in numbers_in(after):
        stale = number in answers and answers[number].stale
        said = [
            p
            for p in (*(() if stale else others), *after)
            if p["number"] == number and p["what"] in ANSWERING
        ]
        for kinds in (GIVING, ("why",)):
            if sum(len(p["text"]) + 1 for p in said if p["what"] in kinds) > ANSWER + 1:
                return thread.Unclear.TOO_LONG, number
    if any(len(p["text"]) > ANSWER for p in after):
        return thread.Unclear.TOO_LONG, None
    raised = [sum(p["what"] == OBJECTION for p in pieces) for pieces in (after, message.pieces)]
    come = raised[0] - raised[1]
    if come > 0 and len(case.facts.open_objections) + come > OPEN_OBJECTIONS:
        return thread.Unclear.TOO_MANY_OBJECTIONS, None
    changed = set(numbers_in([p for p in after if p not in message.pieces]))
    if full := changed & full_answers(case):
        return thread.Unclear.CHANGED_TOO_OFTEN, min(full)
    return None


def _rebound(
    case: Case, reply: Reply, message: ThreadMessage
) -> tuple[list[Piece], thread.AskWhich | None]:
    """The pieces of the edited text, and what is to be asked about it; plain words keep the target
    they were bound to."""
    said = thread.read_message(reply.blocks, reply.text, case.facts)
    if isinstance(said, thread.Talk):
        return [], None
    doubt = None
    first = message.pieces[0]
    own = {p["number"] for p in message.pieces if p["what"] in ANSWERING}
    pieces: list[Piece] = []
    for piece in said:
        if isinstance(piece, thread.Unsure):
            bound = thread.bind((piece,), case.facts, sent_at(message.ts), message.ts)
            doubt = next((b for b in bound if isinstance(b, thread.AskWhich)), None)
            if doubt and _was_settled(case, message, doubt):
                doubt = None
            piece = piece.plain
        if isinstance(piece, thread.AnswerTo | thread.DontKnow) and piece.number is None:
            pieces += _kept(case, reply, first, piece)
            continue
        if isinstance(piece, thread.Help):
            whisper(case, reply, "help")
        for binding in thread.bind((piece,), case.facts, sent_at(message.ts), message.ts):
            if isinstance(binding, thread.AskReplace) and binding.number not in own:
                whisper(case, reply, "ask_replace", number=binding.number)
            elif isinstance(binding, thread.NotUnderstood):
                whisper(case, reply, f"not_understood_{binding.reason}", number=binding.number)
            elif (made := piece_of(binding)) is not None:
                pieces.append(made)
    known = {p["number"]: p["known"] for p in message.pieces if p.get("known")}
    pieces = [
        {**p, "known": known[p["number"]]} if p["what"] in GIVING and p["number"] in known else p
        for p in pieces
    ]
    return pieces, doubt


def _was_settled(case: Case, message: ThreadMessage, doubt: thread.AskWhich) -> bool:
    """It began with this number before, and nothing is asked of it any more: said once is said."""
    before = thread.read_number(message.pieces[0].get("text", ""))
    is_same = before is not None and before.number == doubt.numbers[0]
    return is_same and find_doubt(case, message.ts) is None


def _kept(
    case: Case, reply: Reply, first: Piece, said: thread.AnswerTo | thread.DontKnow
) -> list[Piece]:
    """Plain words in place of the message's first piece, for the same thing."""
    what, number = first["what"], first["number"]
    if what.startswith(REPLACED):
        whisper(case, reply, "ask_replace", number=number)
        return [first]
    if what == "stance":
        return [_stance_kept(case, reply, first, said)]
    if isinstance(said, thread.DontKnow):
        return [{"what": "not_known", "number": number, "text": ""} if what in ANSWERING else first]
    if what not in ("answer", "statement", "skip", "not_known"):
        return [{**first, "text": said.text}]  # a why, an objection, what would change her mind
    closing = case.facts.closing
    stance = None
    if closing is not None and closing.number == number:
        words, stance = thread.split_stance(said.text)
        said = replace(said, text=words)
    given = thread.give(case.facts, number, said)
    made = piece_of(given) if given else None
    if made is None:
        return [first]
    if first.get(MORE):
        made[MORE] = True
    pieces = [{**made, "what": "statement"} if what == "statement" else made]
    return [*pieces, {"what": "stance", "number": None, "text": str(stance)}] if stance else pieces


def _stance_kept(
    case: Case, reply: Reply, first: Piece, said: thread.AnswerTo | thread.DontKnow
) -> Piece:
    if isinstance(said, thread.DontKnow):
        return {**first, "text": str(Stance.NOT_KNOWN)}
    stance = thread.read_stance(said.text)
    if stance is None:
        whisper(case, reply, "not_understood_stance")
    return {**first, "text": str(stance)} if stance else first


def _open(deed: Deed, channel_id: str, ts: str) -> tuple[Case, ThreadMessage] | tuple[None, None]:
    """A message that was read before, and its review, locked."""
    known = find_message(deed, channel_id, ts)
    if known is None:
        return None, None
    case = open_case(deed, known.review_id)
    return case, find_message(deed, channel_id, ts) or known


def _counts(case: Case) -> bool:
    """Whether changes still count; while open, only the seated advocate's messages do."""
    return case.row.state in (State.OPEN, State.HEARD)


def _after_decision(case: Case, message: ThreadMessage) -> bool:
    """Changes nothing, but the record says so for good. Returns whether it did not before."""
    decision = case.facts.decision
    if decision is None or not message.pieces:
        return False
    row = case.deed.session.get(DecisionRow, (case.id, decision.number))
    marks = row is not None and Mark.EDITED_AFTER_DECISION not in row.marks
    if row is not None and marks:
        row.marks = [*row.marks, Mark.EDITED_AFTER_DECISION]
        case.deed.session.add(row)
    case.record("edited_after_decision", after={"ts": message.ts})
    return marks


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
