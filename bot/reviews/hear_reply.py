"""A message in a review's thread: what is taken from it, and what is said about it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, or_, select

from bot.reviews.answers import ANSWERING, REPLACED, recompute, set_aside, want_why
from bot.reviews.deed import Case, Deed, open_case
from bot.reviews.not_taken import taken_since, tell_not_taken
from bot.reviews.objections import OBJECTION, raise_objection, set_mind
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from db.outbox import queue_reaction, queue_whisper
from db.snapshot import read_review
from db.tables import ReviewRow, Surface, ThreadMessage
from seat import thread
from seat.facts import Review, State

KEYCAPS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
TICK = "white_check_mark"


@dataclass(frozen=True, slots=True)
class Reply:
    """A message posted or edited in a thread. `version` is `edited.ts` or `ts`."""

    channel_id: str
    ts: str
    thread_ts: str
    version: str
    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    has_files: bool = False


def find_thread(deed: Deed, channel_id: str, thread_ts: str) -> ReviewRow | None:
    """The review whose card stands, or stood, at the head of this thread."""
    card = deed.session.exec(
        select(Surface).where(
            Surface.workspace_id == deed.workspace_id,
            Surface.channel_id == channel_id,
            or_(col(Surface.ts) == thread_ts, col(Surface.thread_ts) == thread_ts),
            Surface.kind == "card",
        )
    ).first()
    if card is None or card.review_id is None or card.head != thread_ts:
        return None
    return deed.session.get(ReviewRow, card.review_id)


def hear_reply(deed: Deed, reply: Reply) -> None:
    """Take what the seated advocate wrote. Anyone else's words are talk, and are not kept.

    Of the advocate's own talk it is kept that it was heard: read again after an absence of ours,
    when something else is asked, it would be taken for the answer to that.
    """
    case = open_thread(deed, reply.channel_id, reply.thread_ts)
    if case is None:
        _say_where(deed, reply)
        return
    if find_message(deed, reply.channel_id, reply.ts) is not None:
        return  # a repeat; or an edit or deletion overtook it
    hear_new(case, reply)
    if find_message(deed, reply.channel_id, reply.ts) is None:
        keep_message(case, channel_id=reply.channel_id, ts=reply.ts, version=reply.version)


def _say_where(deed: Deed, reply: Reply) -> None:
    """Under a card that was posted anew while its thread went on elsewhere: one review, one thread,
    so that everyone reads the same. Of talk nothing is said there either."""
    row = deed.session.exec(
        select(ReviewRow)
        .join(Surface, col(ReviewRow.id) == col(Surface.review_id))
        .where(
            Surface.workspace_id == deed.workspace_id,
            Surface.channel_id == reply.channel_id,
            Surface.ts == reply.thread_ts,
            Surface.kind == "card",
            ReviewRow.advocate == deed.user,
            col(ReviewRow.state).in_((State.OPEN, State.HEARD)),
        )
    ).first()
    if row is not None and _bindings(read_review(deed.session, row), reply):
        queue_whisper(
            deed.session,
            workspace_id=deed.workspace_id,
            channel_id=reply.channel_id,
            person_id=deed.user,
            thread_ts=reply.thread_ts,
            template="thread_elsewhere",
            args={"review_id": row.id},
            now=deed.now,
        )


def open_thread(deed: Deed, channel_id: str, thread_ts: str) -> Case | None:
    """The review of this thread, locked, if the one who does the deed has its seat."""
    known = find_thread(deed, channel_id, thread_ts)
    if known is None or known.advocate != deed.user or known.id is None:
        return None
    case = open_case(deed, known.id)
    return case if case.row.advocate == deed.user else None


def find_message(deed: Deed, channel_id: str, ts: str) -> ThreadMessage | None:
    """As it is now: what was read before the review was locked may be older."""
    key = (deed.workspace_id, channel_id, ts)
    return deed.session.get(ThreadMessage, key, populate_existing=True)


def keep_message(
    case: Case, *, channel_id: str, ts: str, version: str, deleted: bool = False
) -> ThreadMessage:
    """Remember that this version of the message was read, whatever was taken from it."""
    message = ThreadMessage(
        workspace_id=case.deed.workspace_id,
        channel_id=channel_id,
        ts=ts,
        review_id=case.id,
        by=case.deed.user,
        version=version,
        deleted=deleted,
    )
    case.deed.session.add(message)
    return message


def hear_new(case: Case, reply: Reply, message: ThreadMessage | None = None) -> None:
    """Words from which nothing was taken yet. `message`: its row, when it was read before."""
    if case.row.state not in (State.OPEN, State.HEARD):
        return
    facts = case.facts
    typed = thread.read_lines(reply.blocks, reply.text)
    if reply.has_files and not typed.paragraphs:
        if not isinstance(thread.whats_asked(facts), thread.AskedNothing):
            whisper(case, reply, "file_not_taken")
        return
    if bindings := _bindings(facts, reply):
        take(case, reply, bindings, message)


def _bindings(facts: Review, reply: Reply) -> tuple[thread.Binding, ...]:
    """What it does to the review; nothing for talk."""
    meant = thread.whats_meant(reply.blocks, reply.text, facts, sent_at(reply.ts), reply.ts)
    return tuple(b for b in meant if not isinstance(b, thread.Nothing))


def take(
    case: Case,
    reply: Reply,
    bindings: tuple[thread.Binding, ...],
    message: ThreadMessage | None = None,
) -> None:
    """Carry out what each piece was bound to, and show with one reaction that it was taken."""
    deed, facts = case.deed, case.facts
    if message is None:
        message = keep_message(
            case, channel_id=reply.channel_id, ts=reply.ts, version=reply.version
        )
    pieces = [piece for b in bindings if (piece := piece_of(b)) is not None]
    for number in numbers_in(pieces):
        if (answer := facts.answers.get(number)) and answer.stale:
            set_aside(case, number)  # said of an earlier revision: answered anew, not added to
    message.pieces = pieces
    deed.session.add(message)
    if pieces:
        taken_since(case)
    deed.session.flush()
    raised = [carry_out(case, reply, binding) for binding in bindings]
    message.pieces = _numbered(pieces, [number for number in raised if number is not None])
    for number in numbers_in(pieces):
        recompute(case, number, source="thread")
    last = thread.whats_last_taken(bindings, facts, sent_at(reply.ts))
    case.row.last_taken_number = last.number if last else None
    case.row.last_taken_at = last.at if last else None
    if pieces:
        react(case, reply.ts, reaction_for(pieces), add=True)
    ask_why(case, reply, pieces)
    settle(case)


def _numbered(pieces: list[dict[str, Any]], raised: list[int]) -> list[dict[str, Any]]:
    """Each piece of an objection with the number of the one it raised."""
    number = iter(raised)
    return [{**p, "number": next(number)} if p["what"] == OBJECTION else p for p in pieces]


def carry_out(case: Case, reply: Reply, binding: thread.Binding) -> int | None:
    """What a binding does besides being kept as a piece of its message. The objection it raised."""
    match binding:
        case thread.NewObjection(title=title, detail=detail):
            return raise_objection(case, title=title, detail=detail, message_ts=reply.ts)
        case thread.GiveMind(objection_number=number, text=text):
            set_mind(case, number, text, reply.ts)
        case thread.GiveStance(stance=stance):
            set_stance(case, stance)
        case thread.AskReplace(number=number):
            whisper(case, reply, "ask_replace", number=number)
        case thread.NotUnderstood(reason=reason, number=number):
            whisper(case, reply, f"not_understood_{reason}", number=number)
    return None


def piece_of(binding: thread.Binding) -> dict[str, Any] | None:
    """What is kept of a binding with its message, so that an edit finds it again."""
    match binding:
        case thread.Give(number=number, text=text, evidence=evidence, option=option):
            return {
                "what": "answer",
                "number": number,
                "text": text,
                "evidence": evidence,
                "option": option,
            }
        case thread.Continue(number=number, text=text, evidence=evidence):
            return {"what": "answer", "number": number, "text": text, "evidence": evidence}
        case thread.Statement(number=number, text=text, evidence=evidence):
            return {"what": "statement", "number": number, "text": text, "evidence": evidence}
        case thread.GiveWhy(number=number, text=text):
            return {"what": "why", "number": number, "text": text}
        case thread.SkipIt(number=number, reason=reason):
            return {"what": "skip", "number": number, "text": reason}
        case thread.NotKnown(number=number):
            return {"what": "not_known", "number": number, "text": ""}
        case thread.NewObjection(title=title, detail=detail):
            return {"what": OBJECTION, "number": None, "text": f"{title}\n{detail}".strip()}
        case thread.GiveMind(objection_number=number, text=text):
            return {"what": "mind", "number": number, "text": text}
        case thread.GiveStance(stance=stance):
            return {"what": "stance", "number": None, "text": str(stance)}
    return None


def numbers_in(pieces: list[dict[str, Any]]) -> list[int]:
    """The questions these pieces speak to, each once."""
    return list(dict.fromkeys(p["number"] for p in pieces if p["what"] in ANSWERING))


def ask_why(case: Case, reply: Reply, pieces: list[dict[str, Any]]) -> None:
    """A thin answer gets one "why?", privately, never a second."""
    answered = [p["number"] for p in pieces if p["what"] == "answer"]
    if answered and want_why(case, answered[-1]):
        whisper(case, reply, "why", number=answered[-1])


def reaction_for(pieces: list[dict[str, Any]]) -> str:
    """One reaction a message: the keycap of its question, or a tick; "" when nothing is taken."""
    numbers = numbers_in(pieces)
    single = len(pieces) == 1 and len(numbers) == 1 and numbers[0] <= len(KEYCAPS)
    return KEYCAPS[numbers[0] - 1] if single else TICK if live_pieces(pieces) else ""


def live_pieces(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what a form or a tap has replaced since."""
    return [p for p in pieces if not p["what"].startswith(REPLACED)]


def react(case: Case, ts: str, name: str, *, add: bool) -> None:
    queue_reaction(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        channel_id=case.row.channel_id,
        ts=ts,
        name=name,
        add=add,
        now=case.deed.now,
    )


def whisper(case: Case, reply: Reply, template: str, **args: Any) -> None:
    facts = case.facts
    question = facts.question(args.get("number") or 0)
    args["question"] = question.text if question else ""
    queue_whisper(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        channel_id=reply.channel_id,
        person_id=case.deed.user,
        thread_ts=reply.thread_ts,
        template=template,
        args=args,
        now=case.deed.now,
    )
    tell_not_taken(case, template, args)


def sent_at(ts: str) -> datetime:
    """A Slack ts ("1763795403.000100") as the moment it names."""
    return datetime.fromtimestamp(float(ts), tz=UTC)
