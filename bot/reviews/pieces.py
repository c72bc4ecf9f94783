"""What was taken from a message: its pieces, the reaction that shows them, and their exchange."""

from typing import Any

from bot.reviews.answers import recompute
from bot.reviews.deed import Case
from bot.reviews.doubts import drop_doubt
from bot.reviews.objections import edit_objections, forget_mind, set_mind
from bot.reviews.statement import set_stance
from db.outbox import queue_reaction
from db.tables import ThreadMessage
from seat import thread
from seat.facts import Stance
from seat.pieces import ANSWERING, OBJECTION, REPLACED

Piece = dict[str, Any]

KEYCAPS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
TICK = "white_check_mark"

MORE = "more"
"""In a piece that goes on with another message's answer: it goes with that when that is crossed."""


def piece_of(binding: thread.Binding) -> Piece | None:
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
            return {
                "what": "answer",
                "number": number,
                "text": text,
                "evidence": evidence,
                MORE: True,
            }
        case thread.Statement(number=number, text=text, evidence=evidence):
            return {"what": "statement", "number": number, "text": text, "evidence": evidence}
        case thread.GiveWhy(number=number, text=text):
            return {"what": "why", "number": number, "text": text}
        case thread.SkipIt(number=number, reason=reason):
            return {"what": "skip", "number": number, "text": reason}
        case thread.NotKnown(number=number):
            return {"what": "not_known", "number": number, "text": ""}
        case thread.NewObjection(title=title, detail=detail, mind=mind):
            piece: Piece = {
                "what": OBJECTION,
                "number": None,
                "text": f"{title}\n{detail}".strip(),
            }
            return {**piece, "mind": mind} if mind else piece
        case thread.GiveMind(objection_number=number, text=text):
            return {"what": "mind", "number": number, "text": text}
        case thread.GiveStance(stance=stance):
            return {"what": "stance", "number": None, "text": str(stance)}
    return None


def numbers_in(pieces: list[Piece]) -> list[int]:
    """The questions these pieces speak to, each once."""
    return list(dict.fromkeys(p["number"] for p in pieces if p["what"] in ANSWERING))


def live_pieces(pieces: list[Piece]) -> list[Piece]:
    """Without what a form or a tap has replaced since."""
    return [p for p in pieces if not p["what"].startswith(REPLACED)]


def reaction_for(pieces: list[Piece]) -> str:
    """One reaction a message: the keycap of its question, or a tick; "" when nothing is taken."""
    numbers = numbers_in(pieces)
    single = len(pieces) == 1 and len(numbers) == 1 and numbers[0] <= len(KEYCAPS)
    return KEYCAPS[numbers[0] - 1] if single else TICK if live_pieces(pieces) else ""


def react(case: Case, channel_id: str, ts: str, name: str, *, add: bool) -> None:
    queue_reaction(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        channel_id=channel_id,
        ts=ts,
        name=name,
        add=add,
        now=case.deed.now,
    )


def react_anew(case: Case, message: ThreadMessage, before: list[Piece]) -> None:
    """Our reaction follows what the message is taken for."""
    was, now = reaction_for(before), reaction_for(message.pieces)
    if was != now:
        if was:
            react(case, message.channel_id, message.ts, was, add=False)
        if now:
            react(case, message.channel_id, message.ts, now, add=True)


def replace_pieces(
    case: Case, message: ThreadMessage, before: list[Piece], after: list[Piece], *, source: str
) -> None:
    """Swap what the message says, and let everything that stood on it follow."""
    drop_doubt(case, message.channel_id, message.ts)
    message.pieces = after
    case.deed.session.add(message)
    case.deed.session.flush()
    for number in dict.fromkeys(numbers_in(before) + numbers_in(after)):
        recompute(case, number, source=source)
    after = edit_objections(case, message_ts=message.ts, before=before, after=after)
    message.pieces = after
    for gone in before:
        if gone["what"] == "mind" and gone["number"] not in _numbers(after, "mind"):
            forget_mind(case, gone["number"], gone["text"])
    for piece in after:
        if piece["what"] == "mind" and piece not in before:
            set_mind(case, piece["number"], piece["text"])
    was, now = _texts(before, "stance"), _texts(after, "stance")
    stance = case.facts.stance
    # One given since, by a tap or in the form, is not this message's to change.
    if now and (now != was or stance is None):
        set_stance(case, Stance(now[-1]))
    elif was and not now and stance == was[-1]:
        set_stance(case, None)


def _texts(pieces: list[Piece], what: str) -> list[str]:
    return [p["text"] for p in pieces if p["what"] == what]


def _numbers(pieces: list[Piece], what: str) -> set[int]:
    return {p["number"] for p in pieces if p["what"] == what}
