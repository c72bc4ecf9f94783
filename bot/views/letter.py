"""What private messages share: a first line, which proposal it is about, and a row of buttons."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, spoken
from seat.facts import Objection, Review, State

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


def letter(lines: Sequence[Said], buttons: Sequence[InteractiveElement] = ()) -> Drawn:
    """A private message: lines and one row of buttons."""
    drawn: list[Block] = [*blocks.sections(lines), *blocks.actions(buttons)]
    return blocks.message(spoken("\n".join(lines)), drawn)


def find_objection(review: Review, scene: Scene) -> Objection:
    """The one `scene.args["objection"]` names; the latest without it."""
    number = scene.args.get("objection", len(review.objections))
    return next(o for o in review.objections if o.number == number)
