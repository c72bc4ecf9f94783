"""All questions in one form: what stands is filled in, nothing is required, half is welcome."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.again import MOST_FORM_BLOCKS
from bot.views.forms.inputs import (
    MOST_CHECKED,
    check_input,
    radio_input,
    select_input,
    text_blocks,
    text_input,
)
from bot.views.pen import Pen
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Wording
from seat.facts import Answer, AnswerState, Evidence, Question, QuestionKind, Review, Stance


def draw_answer_form(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    """Fields: `q1` (of a choice question the option, its words in `q1_words`), `q1_evidence`;
    `stance`; `still_true`, the numbers of stale answers that still hold.
    """
    pen = Pen(wording, scene)
    drawn: list[Block] = [blocks.context(pen.say("answer_form.about", channel=scene.channel_name))]
    if review.persona:
        drawn.append(blocks.context(pen.say("answer_form.persona", persona=review.persona)))
    drawn += _still_true(review, pen)
    room = MOST_FORM_BLOCKS - len(drawn)
    drawn += _questions(review, room, pen)
    return blocks.modal(
        names.ANSWER_FORM,
        title=pen.plain("answer_form.title"),
        submit=pen.plain("answer_form.submit"),
        close=pen.plain("forms.close"),
        blocks=drawn,
        carries=context_of(review),
    )


def _questions(review: Review, room: int, pen: Pen) -> list[Block]:
    """As many as `room` blocks hold, the last one among them."""
    asked = [_question(review, question, pen) for question in review.questions]
    if sum(map(len, asked)) <= room:
        return [block for fields in asked for block in fields]
    *first, last = asked
    drawn: list[Block] = []
    left = len(first)
    for fields in first:
        if len(drawn) + len(fields) + len(last) >= room:
            break
        drawn += fields
        left -= 1
    return [*drawn, *last, blocks.context(pen.say("answer_form.more", more=left))]


def _question(review: Review, question: Question, pen: Pen) -> list[Block]:
    number, answer = question.number, review.answers.get(question.number)
    label = pen.plain("answer_form.question", number=number, question=question.text)
    stands = words_in(question, answer)
    text = text_input(stands, multiline=True)
    if question.kind is QuestionKind.CHOICE and question.options:
        choices = [(o.value, _capital(o.label)) for o in question.options]
        few = len(choices) <= MOST_CHECKED
        pick = (radio_input if few else select_input)(choices, answer.option if answer else None)
        words = pen.plain("answer_form.words", number=number)
        hint = pen.plain("answer_form.words_hint")
        drawn: list[Block] = [
            blocks.field(f"q{number}", label, pick, optional=True, hint=question.hint),
            *text_blocks(
                blocks.field(f"q{number}_words", words, text, optional=True, hint=hint), stands, pen
            ),
        ]
    else:
        field = blocks.field(f"q{number}", label, text, optional=True, hint=question.hint)
        drawn = text_blocks(field, stands, pen)
    if question.closing:
        drawn.append(stance_field(review, pen))
    elif not question.moment:
        drawn.append(_evidence(number, answer, pen))
    return drawn


def words_in(question: Question, answer: Answer | None) -> str:
    """What was written; a tapped option's own label is in the choice above already."""
    if answer is None or answer.state is not AnswerState.GIVEN:
        return ""
    label = next((o.label for o in question.options if o.value == answer.option), None)
    return "" if answer.text == label else answer.text


def _evidence(number: int, answer: Answer | None, pen: Pen) -> Block:
    choices = [(e.value, pen.plain(f"answer_form.evidence_{e}")) for e in Evidence]
    # "Assumed" is what it is without an answer, so it is shown only where somebody answered.
    initial = answer.evidence if answer and answer.state is not AnswerState.RETRACTED else None
    return blocks.field(
        f"q{number}_evidence",
        pen.plain("answer_form.evidence", number=number),
        select_input(choices, initial),
        optional=True,
    )


def stance_field(review: Review, pen: Pen, *, optional: bool = True) -> Block:
    """What she would do: the field `stance`."""
    choices = [(s.value, _capital(pen.stance(s))) for s in Stance]
    return blocks.field(
        "stance",
        pen.plain("answer_form.stance"),
        radio_input(choices, review.stance),
        optional=optional,
    )


def _still_true(review: Review, pen: Pen) -> list[Block]:
    stale = [q for q in review.questions if (a := review.answers.get(q.number)) and a.stale]
    if not stale:
        return []
    choices = [
        (
            str(q.number),
            pen.plain("answer_form.still_true_option", number=q.number, short=q.short or q.text),
        )
        for q in stale[:MOST_CHECKED]
    ]
    revised = any(review.was_revised_since(review.answers[q.number]) for q in stale)
    label = pen.plain("answer_form.still_true", revised=revised)
    drawn: list[Block] = [blocks.field("still_true", label, check_input(choices), optional=True)]
    if more := len(stale) - len(choices):
        drawn.append(blocks.context(pen.say("answer_form.more_still_true", more=more)))
    return drawn


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
