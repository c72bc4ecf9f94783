"""A message in a review's thread: what is taken from it, and what is said about it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, or_, select

from bot.reviews.answers import full_answers, messages_of, recompute, set_aside, want_why
from bot.reviews.deed import Case, Deed, open_case
from bot.reviews.doubts import keep_doubt
from bot.reviews.not_taken import taken_since, tell_not_taken
from bot.reviews.objections import raise_objection, set_mind
from bot.reviews.pieces import live_pieces, numbers_in, piece_of, react, reaction_for
from bot.reviews.settle import settle
from bot.reviews.statement import set_stance
from bot.reviews.take_back import find_last, take_back
from db.outbox import queue_whisper
from db.snapshot import read_review
from db.tables import ReviewRow, Surface, ThreadMessage
from seat import thread
from seat.bounds import LIMIT_OF, within_bounds
from seat.facts import Review, State
from seat.pieces import OBJECTION


@dataclass(frozen=True, slots=True)
class Reply:
    """A message posted or edited in a thread, or to us. `version` is `edited.ts` or `ts`.

    `thread_ts` is None at the root of our own conversation with its author.
    """

    channel_id: str
    ts: str
    thread_ts: str | None
    version: str
    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    has_files: bool = False
    """Files, a voice clip, or a message forwarded."""


def find_thread(deed: Deed, channel_id: str, thread_ts: str | None) -> ReviewRow | None:
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
    else:
        hear_in(case, reply)


def hear_in(case: Case, reply: Reply) -> None:
    """The words of the advocate of this review."""
    if find_message(case.deed, reply.channel_id, reply.ts) is not None:
        return  # a repeat; or an edit or deletion overtook it
    hear_new(case, reply)
    if find_message(case.deed, reply.channel_id, reply.ts) is None:
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


def open_thread(deed: Deed, channel_id: str, thread_ts: str | None) -> Case | None:
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
    facts = _facts_where(case, reply.channel_id)
    typed = thread.read_lines(reply.blocks, reply.text)
    if reply.has_files and not typed.paragraphs:
        if not isinstance(thread.whats_asked(facts), thread.AskedNothing):
            whisper(case, reply, "file_not_taken")
        return
    bindings = within_bounds(_bindings(facts, reply), facts, full=full_answers(case))
    if bindings == (thread.TellHow(),):
        whisper(case, reply, "help")
    elif bindings == (thread.TakeBack(),):
        _undo(case, reply)
    elif bindings:
        take(case, reply, bindings, message)


def _facts_where(case: Case, channel_id: str) -> Review:
    """What is asked here: a "why?" and words that go on belong where the answer was typed."""
    facts = case.facts
    answer = facts.answers.get(facts.last_taken.number) if facts.last_taken else None
    if answer is None:
        return facts
    typed_in = {m.channel_id for m in messages_of(case) if m.ts in answer.message_ts}
    elsewhere = bool(typed_in) and channel_id not in typed_in
    return replace(facts, last_taken=None) if elsewhere else facts


def _undo(case: Case, reply: Reply) -> None:
    last = find_last(case, reply.ts)
    if last is None:
        whisper(case, reply, "nothing_to_undo")
        return
    words = next((str(p["text"]) for p in live_pieces(last.pieces) if p["text"]), "")
    take_back(case, last)
    case.row.last_taken_number = case.row.last_taken_at = None
    whisper(case, reply, "taken_back", words=words)
    settle(case)


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
    raised = [carry_out(case, reply, binding, message) for binding in bindings]
    message.pieces = _numbered(pieces, [number for number in raised if number is not None])
    for number in numbers_in(pieces):
        recompute(case, number, source="thread")
    last = thread.whats_last_taken(bindings, facts, sent_at(reply.ts))
    case.row.last_taken_number = last.number if last else None
    case.row.last_taken_at = last.at if last else None
    if pieces:
        react(case, reply.channel_id, reply.ts, reaction_for(pieces), add=True)
    ask_why(case, reply, pieces)
    settle(case)


def _numbered(pieces: list[dict[str, Any]], raised: list[int]) -> list[dict[str, Any]]:
    """Each piece of an objection with the number of the one it raised."""
    number = iter(raised)
    return [{**p, "number": next(number)} if p["what"] == OBJECTION else p for p in pieces]


def carry_out(
    case: Case, reply: Reply, binding: thread.Binding, message: ThreadMessage
) -> int | None:
    """What a binding does besides being kept as a piece of its message. The objection it raised."""
    match binding:
        case thread.NewObjection(title=title, detail=detail, mind=mind):
            return raise_objection(case, title=title, detail=detail, mind=mind, message_ts=reply.ts)
        case thread.GiveMind(objection_number=number, text=text):
            set_mind(case, number, text, reply.ts)
        case thread.GiveStance(stance=stance):
            set_stance(case, stance)
        case thread.AskWhich():
            keep_which(case, message, binding, reply)
        case thread.AskReplace(number=number):
            whisper(case, reply, "ask_replace", number=number)
        case thread.NotUnderstood(reason=reason, number=number):
            tell_not_understood(case, reply, reason, number)
    return None


def tell_not_understood(
    case: Case, reply: Reply, reason: thread.Unclear, number: int | None = None
) -> None:
    limit = {"limit": LIMIT_OF[reason]} if reason in LIMIT_OF else {}
    whisper(case, reply, f"not_understood_{reason}", number=number, **limit)


def keep_which(case: Case, message: ThreadMessage, asked: thread.AskWhich, reply: Reply) -> None:
    """The message stays what it was taken for; the advocate's letter asks what it is."""
    typed = thread.read_lines(reply.blocks, reply.text)
    keep_doubt(
        case,
        channel_id=message.channel_id,
        ts=message.ts,
        numbers=asked.numbers,
        part_of=asked.part_of,
        words=typed.body[0].line,
        pieces=[piece for b in asked.instead if (piece := piece_of(b)) is not None],
    )


def ask_why(case: Case, reply: Reply, pieces: list[dict[str, Any]]) -> None:
    """A thin answer gets one "why?", privately, never a second; *only if* an "if what?"."""
    answered = [p for p in pieces if p["what"] == "answer"]
    if answered and want_why(case, number := answered[-1]["number"]):
        option = str(answered[-1].get("option") or "")
        whisper(case, reply, "if_what" if option else "why", number=number, option=option)


def whisper(case: Case, reply: Reply, template: str, **args: Any) -> None:
    facts = case.facts
    question = facts.question(args.get("number") or 0)
    args["question"] = question.text if question else ""
    if question and (chosen := args.get("option")):
        args["option"] = next((o.label for o in question.options if o.value == chosen), "")
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
    if reply.channel_id == case.row.channel_id:
        tell_not_taken(case, template, args)  # to who typed it there, the line came there already


def sent_at(ts: str) -> datetime:
    """A Slack ts ("1763795403.000100") as the moment it names."""
    return datetime.fromtimestamp(float(ts), tz=UTC)
