"""The form with one field: what is asked in words now, from the advocate's message."""

from typing import Any

from bot.views import blocks, names
from bot.views.forms.answer import words_in
from bot.views.forms.frame import frame
from bot.views.forms.inputs import text_blocks, text_input
from bot.views.letter import find_objection
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import MIND
from bot.wording import Wording
from seat.facts import Question, Review


def draw_answer_one(
    review: Review, scene: Scene, wording: Wording, question: Question
) -> dict[str, Any]:
    """Field: `q3`, of question 3; it shows what stands there."""
    pen = Pen(wording, scene)
    label = pen.plain("answer_form.question", number=question.number, question=question.text)
    stands = words_in(question, review.answers.get(question.number))
    box = text_input(stands, multiline=True)
    field = blocks.field(f"q{question.number}", label, box, optional=True, hint=question.hint)
    fields = text_blocks(field, stands, pen)
    return frame(review, pen, names.ANSWER_ONE, "answer_form.one", fields, part=question.number)


def draw_mind_alone(review: Review, scene: Scene, wording: Wording, number: int) -> dict[str, Any]:
    """Field: `changes_her_mind`, of objection `number`. Raises LookupError."""
    pen, objection = Pen(wording, scene), find_objection(review, number)
    field = blocks.field(
        "changes_her_mind",
        pen.plain("answer_form.mind", title=objection.title),
        text_input(objection.changes_her_mind, multiline=True),
        optional=True,
        hint=pen.plain("seat_forms.changes_her_mind_hint"),
    )
    fields = text_blocks(field, objection.changes_her_mind, pen)
    part = f"{MIND}:{number}"
    return frame(review, pen, names.ANSWER_ONE, "answer_form.one", fields, part=part)
