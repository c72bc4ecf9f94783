"""What a checklist's hint offers as an answer is a fair one: taken as it is, and not asked why."""

from dataclasses import replace

import pytest

from bot.checklists import load_checklists
from bot.data import data_folder
from seat.facts import Answer, AnswerState, Question, QuestionKind, Review, Stance
from seat.thread import (
    Give,
    examples_in,
    is_hinted,
    is_open,
    needs_why,
    read_option,
    says_little,
    whats_meant,
)
from tests.seat.thread_context import FRESH, LATER, TS

QUESTIONS = [
    (kind, question)
    for kind, checklist in load_checklists(data_folder("checklists"))[0].items()
    for question in checklist.questions
]
EXAMPLES = [(k, q, example) for k, q in QUESTIONS for example in sorted(examples_in(q.hint))]


def asking(question: Question) -> Review:
    """A review that asks this question now, with six others that were answered."""
    others = {n: Answer(n, AnswerState.GIVEN, "Small shops") for n in range(1, 8)}
    del others[question.number]
    questions = tuple(question if q.number == question.number else q for q in FRESH.questions)
    return replace(
        FRESH,
        questions=questions,
        answers=others,
        stance=Stance.LEAVE,
        asked_number=question.number,
    )


def test_the_hints_offer_what_they_are_read_to_offer() -> None:
    said = {example for _, _, example in EXAMPLES}
    assert {"nothing", "only if", "undo", "notice", "old price", "a quote", "a law"} <= said
    assert {"our habit", "call first", "quarter-end", "the site", "waits", "a habit"} <= said
    assert len(said) > 20


@pytest.mark.parametrize("typed", [str, str.capitalize, str.upper, "{}.".format, "“{}”".format])
@pytest.mark.parametrize(("kind", "question", "example"), EXAMPLES)
def test_what_a_hint_offers_is_taken_and_not_asked_why(
    kind: str, question: Question, example: str, typed: object
) -> None:
    assert callable(typed)
    words = typed(example)
    (given,) = whats_meant(None, words, asking(question), LATER, TS)
    assert isinstance(given, Give), (kind, question.hint)
    assert given.number == question.number
    answer = Answer(question.number, AnswerState.GIVEN, given.text, given.option)
    assert not needs_why(question, answer) or is_open(question, answer)
    assert is_hinted(question, words) or question.closing


@pytest.mark.parametrize(
    ("text", "value"), [("no: a law", "no"), ("No, our habit", "no"), ("no. A law", "no")]
)
def test_a_choice_with_the_reason_its_hint_asks_for_is_that_choice(text: str, value: str) -> None:
    (ours,) = [q for _, q in QUESTIONS if "a law, or our habit" in q.hint]
    option = read_option(ours, text)
    assert option is not None
    assert option.value == value


@pytest.mark.parametrize("text", ["Support", "Sales", "Kim Wu", "Kim", "the helpdesk"])
def test_a_name_is_all_of_an_answer_where_the_hint_asks_for_one(text: str) -> None:
    for _, question in QUESTIONS:
        if question.hint in ("Name the team.", "A name, not a form."):
            assert not says_little(question, text)
            assert says_little(question, "nobody")
            assert says_little(question, "fine")


def test_only_if_is_asked_if_what_however_it_was_chosen_and_once() -> None:
    (stay,) = [q for _, q in QUESTIONS if '"Only if"' in q.hint]
    value = next(o.value for o in stay.options if o.label == "only if")
    bare = Answer(stay.number, AnswerState.GIVEN, "only if", value)
    for answer in (bare, replace(bare, tapped=True), replace(bare, text="Only if.")):
        assert needs_why(stay, answer)
        assert not needs_why(stay, replace(answer, why_asked=True))
        assert not needs_why(stay, replace(answer, why="told first"))
    assert not needs_why(stay, replace(bare, text="only if told first"))
    for option in stay.options:
        if option.value != value:
            assert not needs_why(stay, replace(bare, text=option.label, option=option.value))


def test_an_answer_elsewhere_is_still_asked_why() -> None:
    for _, question in QUESTIONS:
        if question.kind is QuestionKind.TEXT and not question.closing:
            assert says_little(question, "fine")
            assert says_little(question, "no impact")
