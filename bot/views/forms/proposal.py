"""The whole proposal, to be read: nothing to fill in, nothing to send."""

from typing import Any

from bot.views import blocks, names
from bot.views.pen import Pen
from bot.views.proposal import whole_proposal
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Wording
from seat.facts import Review


def draw_whole_proposal(review: Review, scene: Scene, wording: Wording) -> dict[str, Any]:
    pen = Pen(wording, scene)
    about = pen.say("forms.about", title=review.title, proposer=pen.name(review.proposer))
    told = pen.say("forms.told", told=review.told_to_her)
    return blocks.modal(
        names.WHOLE_PROPOSAL,
        title=pen.plain("proposal.title"),
        close=pen.plain("forms.done"),
        blocks=blocks.sections([about, told, *whole_proposal(review, pen)]),
        carries=context_of(review),
    )
