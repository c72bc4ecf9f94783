"""Something typed to us in private: the answer to what our letter asks, or one line that helps.

Under a letter it is that review's. At the root it is the review that waits for an answer, when only
one does: with two of them nothing is filed by guess.
"""

from sqlmodel import Session, col, or_, select

from bot.reviews.deed import Deed, is_outside, open_case
from bot.reviews.greet import greet
from bot.reviews.hear_edit import hear_edit
from bot.reviews.hear_reply import Reply, find_message, hear_in, whisper
from db.outbox import queue_whisper
from db.sharing import is_shared
from db.snapshot import read_review
from db.tables import ReviewRow, Surface, ThreadMessage
from seat.facts import State
from seat.thread import AskedNothing, Talk, is_greeting, is_help, read_message, whats_asked

UNDECIDED = (State.OPEN, State.HEARD)


def hear_private(deed: Deed, reply: Reply) -> None:
    """Where nothing was asked of this person, nothing is said but to a greeting."""
    if is_greeting(reply.text) or (is_help(reply.text) and not seated_in(deed)):
        greet(deed)
        return
    row = _under(deed, reply) if reply.thread_ts else None
    if row is not None:
        if _pauses(deed, row):
            _say(deed, reply, "dm_paused")
        elif _may_answer(deed, row):
            _hear(deed, row, reply)
        else:
            _say(deed, reply, "dm_reply", review_id=row.id)
        return
    seated = [row for row in seated_in(deed) if _may_answer(deed, row)]
    mine = [row for row in seated if not _pauses(deed, row)]
    waiting = [row for row in mine if _asks(deed.session, row)]
    if len(waiting) == 1:
        _hear(deed, waiting[0], reply)
    elif waiting:
        if not _is_talk(deed, waiting[0], reply):
            reviews = [{"review_id": row.id, "title": row.title} for row in waiting]
            _say(deed, reply, "dm_which", reviews=reviews)
    elif mine and not _is_talk(deed, mine[0], reply):
        _say(deed, reply, "dm_nothing_asked", review_id=mine[0].id)
    elif seated and not mine and not _is_talk(deed, seated[0], reply):
        _say(deed, reply, "dm_paused")


def hear_private_edit(deed: Deed, reply: Reply) -> None:
    """What was typed to us reads otherwise now."""
    known = find_message(deed, reply.channel_id, reply.ts)
    row = deed.session.get(ReviewRow, known.review_id) if known is not None else None
    if row is not None and _pauses(deed, row):
        _say(deed, reply, "dm_paused")
    else:
        hear_edit(deed, reply)


def _pauses(deed: Deed, row: ReviewRow) -> bool:
    return is_shared(deed.session, row.workspace_id, row.channel_id)


def seated_in(deed: Deed) -> list[ReviewRow]:
    """The undecided reviews in which this person has the seat, newest first."""
    return list(
        deed.session.exec(
            select(ReviewRow)
            .where(
                ReviewRow.workspace_id == deed.workspace_id,
                ReviewRow.advocate == deed.user,
                col(ReviewRow.state).in_(UNDECIDED),
            )
            .order_by(col(ReviewRow.opened_at).desc(), col(ReviewRow.id).desc())
        )
    )


def _under(deed: Deed, reply: Reply) -> ReviewRow | None:
    """Whose letter, or whose answer, stands at the head of this thread."""
    where = (deed.workspace_id, reply.channel_id, reply.thread_ts)
    answered = deed.session.get(ThreadMessage, where)
    review_id = answered.review_id if answered is not None else None
    if review_id is None:
        review_id = deed.session.exec(
            select(Surface.review_id).where(
                Surface.workspace_id == deed.workspace_id,
                Surface.person_id == deed.user,
                or_(col(Surface.ts) == reply.thread_ts, col(Surface.thread_ts) == reply.thread_ts),
            )
        ).first()
    return deed.session.get(ReviewRow, review_id) if review_id is not None else None


def _may_answer(deed: Deed, row: ReviewRow) -> bool:
    """They have the seat, and in a private channel they still are."""
    return row.advocate == deed.user and not is_outside(deed, row.channel_id, deed.user)


def _asks(session: Session, row: ReviewRow) -> bool:
    return not isinstance(whats_asked(read_review(session, row)), AskedNothing)


def _is_talk(deed: Deed, row: ReviewRow, reply: Reply) -> bool:
    said = read_message(reply.blocks, reply.text, read_review(deed.session, row))
    return isinstance(said, Talk) and not reply.has_files


def _hear(deed: Deed, row: ReviewRow, reply: Reply) -> None:
    assert row.id is not None
    case = open_case(deed, row.id)
    if not _may_answer(deed, case.row):
        return
    facts = case.facts
    said = read_message(reply.blocks, reply.text, facts)
    asks = not isinstance(whats_asked(facts), AskedNothing)
    hear_in(case, reply)
    heard = find_message(deed, reply.channel_id, reply.ts)
    if heard is not None and heard.pieces:
        return
    if isinstance(said, Talk):
        if said.reason == "question":
            whisper(case, reply, "dm_question", review_id=case.id)
    elif not asks and case.row.version == facts.version:
        whisper(case, reply, "dm_nothing_asked", review_id=case.id)


def _say(deed: Deed, reply: Reply, template: str, **args: object) -> None:
    queue_whisper(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=reply.channel_id,
        person_id=deed.user,
        thread_ts=reply.thread_ts,
        template=template,
        args=args,
        now=deed.now,
    )
