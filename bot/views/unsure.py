"""In the advocate's letter: what her last words left open, above the question asked now.

A message that began with a number (`3 customers told me`): for question 3, or part of what was
asked? And the other half of an *only if*.
"""

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.pen import Pen
from bot.views.progress import option_label
from bot.wording import Said
from seat.facts import Doubt, Review
from seat.thread import is_open, open_doubts
from seat.thread.asked import AskedWhy, whats_asked

MOST_SHOWN = 3


def draw_unsure(review: Review, pen: Pen) -> list[Block]:
    """The newest doubts with their two buttons each; then "if what?"."""
    drawn: list[Block] = []
    for doubt in open_doubts(review)[-MOST_SHOWN:]:
        drawn += [
            *blocks.sections([_line(doubt, pen)]),
            *blocks.actions(_choices(review, doubt, pen)),
        ]
    return [*drawn, *blocks.sections(_if_what(review, pen))]


def _line(doubt: Doubt, pen: Pen) -> Said:
    return pen.say("unsure.which", words=doubt.words, numbers=doubt.numbers, part_of=doubt.part_of)


def _choices(review: Review, doubt: Doubt, pen: Pen) -> list[InteractiveElement]:
    answer = pen.plain("buttons.answer_number", numbers=doubt.numbers)
    part = pen.plain("buttons.part_of_asked", part_of=doubt.part_of)
    return [
        pen.button(names.ANSWER_NUMBER, review, doubt.ts, label=answer),
        pen.button(names.PART_OF_ASKED, review, doubt.ts, label=part),
    ]


def _if_what(review: Review, pen: Pen) -> list[Said]:
    asked = whats_asked(review)
    if not isinstance(asked, AskedWhy):
        return []
    question, answer = review.question(asked.number), review.answers.get(asked.number)
    if question is None or answer is None or not is_open(question, answer):
        return []
    option = option_label(question, answer)
    return [pen.say("unsure.if_what", number=question.number, option=option)]
