"""To those who can name another decider: the one there is has left, or doesn't answer."""

from bot.views import names
from bot.views.card import verdict_words
from bot.views.keeping import left_words
from bot.views.letter import UNDECIDED, about, letter
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Review, State

SILENT = "silent"
BY_NAME = "decider"
"""The part of the button's value that opens the form in which only a decider is named."""


def draw_another_decider(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: the `decider` who is silent or gone, and `why`: `silent`, or how they left."""
    pen = Pen(wording, scene)
    decider, why = str(scene.args["decider"]), str(scene.args["why"])
    if over := _over(review, decider, pen, silent=why == SILENT):
        return letter([over, about(review, pen)])
    label = pen.plain("buttons.another_decider")
    row = [pen.button(names.REASSIGN, review, BY_NAME, label=label, style="primary")]
    return letter([_what_happened(review, decider, why, pen), about(review, pen)], row)


def _over(review: Review, decider: str, pen: Pen, *, silent: bool) -> Said | None:
    if review.state is State.WITHDRAWN:
        return pen.say(
            "messages.withdrawn", proposer=pen.name(review.withdrawn_by or review.proposer)
        )
    if review.state not in UNDECIDED:
        verdict = verdict_words(review, review.decision, pen) if review.decision else ""
        return pen.say("leaving.over", verdict=verdict)
    if review.decider != decider:
        return pen.say("messages.decider_now", name=pen.name(review.decider))
    if silent and review.state is State.OPEN:
        return pen.say("leaving.not_now")
    if not silent and not review.decider_is_gone:
        return pen.say("leaving.back", name=pen.name(decider))
    return None


def _what_happened(review: Review, decider: str, why: str, pen: Pen) -> Said:
    if why == SILENT:
        values = {"name": pen.name(decider), "due": review.decision_due_at}
        return pen.say("leaving.decider_silent", **values)
    heard = review.state is State.HEARD
    return pen.say("leaving.decider_left", left=left_words(decider, why, pen), heard=heard)
