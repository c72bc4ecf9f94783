"""What private messages share: a first line, which proposal it is about, and a row of buttons."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.card import verdict_words
from bot.views.pen import Pen
from bot.views.scene import Drawn
from bot.wording import Said, spoken
from seat.facts import Objection, Review, State
from seat.review import stale_answers

UNDECIDED = (State.OPEN, State.HEARD)


def about(review: Review, pen: Pen) -> Said:
    """The line under every private message's first: which proposal, and the way there."""
    return pen.say(
        "messages.about",
        title=review.title,
        kind=pen.kind(review),
        number=review.number,
        channel=pen.scene.channel_name,
    )


def letter(
    lines: Sequence[Said],
    buttons: Sequence[InteractiveElement] = (),
    *,
    body: Sequence[Said] = (),
) -> Drawn:
    """A private message: what it is about, after a gap its `body`, and one row of buttons."""
    drawn: list[Block] = [
        *blocks.sections(lines),
        *blocks.sections(body),
        *blocks.actions(buttons),
    ]
    return blocks.message(spoken("\n".join([*lines, *body])), drawn)


def what_came_of_it(review: Review, pen: Pen, *, again: str) -> Said:
    """Under a message that told of a state that is over. `again`: the sentence for open again."""
    if review.state is State.WITHDRAWN:
        proposer = pen.name(review.withdrawn_by or review.proposer)
        return pen.say("messages.withdrawn", proposer=proposer)
    if review.state in UNDECIDED or review.decision is None:
        return pen.say(f"messages.{again}")
    return pen.say("messages.heard_over", verdict=verdict_words(review, review.decision, pen))


def still_true(review: Review, pen: Pen) -> list[ButtonElement]:
    """One tap for all that was answered before."""
    if not stale_answers(review):
        return []
    return [pen.button(names.ALL_STILL_TRUE, review, style="primary")]


def find_objection(review: Review, number: int | None) -> Objection:
    """The objection with that number, the latest for None. Raises LookupError."""
    for objection in reversed(review.objections):
        if number is None or objection.number == number:
            return objection
    raise LookupError(f"review {review.id} has no objection {number}")


def objection_lines(objection: Objection, pen: Pen) -> list[Said]:
    """The objection in full: title, detail, and what would change her mind."""
    lines = [pen.say("endings.objection", number=objection.number, title=objection.title)]
    if objection.detail:
        lines.append(pen.say("endings.detail", detail=objection.detail))
    if objection.changes_her_mind:
        lines.append(pen.say("endings.mind", mind=objection.changes_her_mind))
    return lines
