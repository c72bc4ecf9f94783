"""*Answer 3* or *Part of 2*: what a message that began with a number was for."""

from bot.errors import Stale
from bot.reviews.answers import set_aside
from bot.reviews.deed import Case
from bot.reviews.doubts import drop_doubt, find_doubt
from bot.reviews.pieces import react_anew, replace_pieces
from bot.reviews.settle import settle
from db.tables import ThreadMessage
from seat.thread import open_doubts


def answer_number(case: Case, ts: str) -> None:
    """The message `ts` answers the question its number names. Raises Stale when that is settled."""
    doubt, message = find_doubt(case, ts), _message(case, ts)
    assert doubt is not None
    for number in doubt["numbers"]:
        set_aside(case, number)  # what stood there was said of an earlier revision
    before = message.pieces
    replace_pieces(case, message, before, doubt["pieces"], source="thread")
    react_anew(case, message, before)
    case.row.last_taken_number = case.row.last_taken_at = None
    settle(case)


def leave_it_there(case: Case, ts: str) -> None:
    """The number is a word of the sentence. Raises Stale when that is settled."""
    message = _message(case, ts)
    drop_doubt(case, message.channel_id, ts)
    case.record("number_was_a_word", after={"ts": ts})
    settle(case)


def _message(case: Case, ts: str) -> ThreadMessage:
    doubt = next((d for d in open_doubts(case.facts) if d.ts == ts), None)
    key = (case.row.workspace_id, doubt.channel_id, ts) if doubt else None
    message = case.deed.session.get(ThreadMessage, key) if key else None
    if message is None or message.deleted or message.untaken:
        raise Stale
    return message
