"""Her statement: her words are the closing question's answer, her stance stands beside them."""

from bot.errors import FieldErrors, Refusal
from bot.reviews.answers import find_answer, save_answer, set_aside
from bot.reviews.deed import Case
from bot.reviews.settle import content_changed, settle
from seat.bounds import ANSWER
from seat.facts import AnswerState, Stance
from seat.thread import unquote


def set_stance(case: Case, stance: Stance | None) -> None:
    """What she would do; Stance.NOT_KNOWN where nobody can say, None for not said."""
    before = case.facts.stance
    if before == stance:
        return
    # In a column of its own: what ran before this knows no such stance, and asks for one.
    case.row.stance_not_known = stance is Stance.NOT_KNOWN
    case.row.stance = None if stance is Stance.NOT_KNOWN else stance
    case.row.accepted = case.row.accepted or stance is not None
    content_changed(case)
    case.record("stance", before={"stance": before}, after={"stance": stance})


def give_statement(case: Case, *, text: str, stance: Stance | None, drawn_version: int) -> None:
    """By the form of the button *She says*, drawn with the review's `drawn_version`.

    Raises FieldErrors when other words were given meanwhile.
    """
    closing = case.facts.closing
    if closing is None:
        raise Refusal("no_closing_question")
    row, text = find_answer(case, closing.number), unquote(text.strip())
    if row is None or row.text != text or row.stale or row.state != AnswerState.GIVEN:
        if row is not None and row.version > drawn_version:
            raise FieldErrors(statement=("changed_meanwhile", {"now": row.text}))
        if len(text) > max(ANSWER, len(row.text) if row else 0):
            raise FieldErrors(statement=("too_long", {"limit": ANSWER, "length": len(text)}))
        set_aside(case, closing.number)
        save_answer(case, closing.number, state=AnswerState.GIVEN, text=text, source="form")
    if stance is not None:
        set_stance(case, stance)
    settle(case)
