"""Taking back what was taken from a message, wholly: by a cross on it, or by `undo`."""

from bot.reviews.answers import messages_of
from bot.reviews.deed import Case
from bot.reviews.pieces import MORE, live_pieces, numbers_in, react_anew, replace_pieces
from db.tables import ThreadMessage


def take_back(case: Case, message: ThreadMessage) -> None:
    """Nothing of the message counts, nor what only went on with its answers.

    A "why" and further words that followed would else cling to the next answer given there.
    """
    tails = [(tail, _without_tail(case, message, tail)) for tail in _followers(case, message)]
    before, message.untaken = message.pieces, True
    case.deed.session.add(message)
    replace_pieces(case, message, before, [], source="untake")
    react_anew(case, message, before)
    for tail, kept in tails:
        if kept != tail.pieces:
            said = tail.pieces
            replace_pieces(case, tail, said, kept, source="untake")
            react_anew(case, tail, said)


def find_last(case: Case, before_ts: str) -> ThreadMessage | None:
    """The advocate's last message, before this one, from which something is taken."""
    taken = [
        m
        for m in messages_of(case)
        if m.by == case.deed.user and live_pieces(m.pieces) and _order(m.ts) < _order(before_ts)
    ]
    return taken[-1] if taken else None


def _followers(case: Case, message: ThreadMessage) -> list[ThreadMessage]:
    return [m for m in messages_of(case) if _order(m.ts) > _order(message.ts)]


def _without_tail(
    case: Case, message: ThreadMessage, tail: ThreadMessage
) -> list[dict[str, object]]:
    gone = set(numbers_in(message.pieces)) - _answered_elsewhere(case, message, tail)
    return [p for p in tail.pieces if not (p["number"] in gone and _goes_on(p))]


def _answered_elsewhere(case: Case, message: ThreadMessage, tail: ThreadMessage) -> set[int]:
    """Questions that another message, before `tail`, gave an answer of its own to."""
    others = [m for m in messages_of(case) if m.ts != message.ts and _order(m.ts) < _order(tail.ts)]
    own = [p for m in others for p in m.pieces if not _goes_on(p)]
    return set(numbers_in(own))


def _goes_on(piece: dict[str, object]) -> bool:
    return bool(piece.get(MORE)) or piece["what"] == "why"


def _order(ts: str) -> tuple[int, ...]:
    return tuple(map(int, ts.split(".")))
