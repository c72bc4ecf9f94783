"""Her statement: her words are the closing question's answer, her stance stands beside them."""

from bot.errors import Refusal
from bot.reviews.answers import save_answer, set_aside
from bot.reviews.deed import Case
from bot.reviews.settle import content_changed, settle
from seat.facts import AnswerState, Stance


def set_stance(case: Case, stance: Stance | None) -> None:
    if case.row.stance == stance:
        return
    before = case.row.stance
    case.row.stance = stance
    content_changed(case)
    case.record("stance", before={"stance": before}, after={"stance": stance})


def give_statement(case: Case, *, text: str, stance: Stance | None) -> None:
    """By the form of the button *She says*."""
    closing = case.facts.closing
    if closing is None:
        raise Refusal("no_closing_question")
    set_aside(case, closing.number)
    save_answer(case, closing.number, state=AnswerState.GIVEN, text=text.strip(), source="form")
    if stance is not None:
        set_stance(case, stance)
    settle(case)
