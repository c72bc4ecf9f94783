"""Private messages to the decider: heard, and one nudge. Redrawn when it is open again or over."""

from bot.views import names
from bot.views.keeping import left_words
from bot.views.letter import UNDECIDED, about, letter, what_came_of_it
from bot.views.pen import Pen
from bot.views.proposal import is_folded, proposal_in_short
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Confirmation, Review, State


def draw_heard_for_decider(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    values = {"name": pen.name(review.decider), "due": review.decision_due_at}
    if review.state is not State.HEARD or _is_anothers(review, scene):
        return letter([_no_more(review, pen), about(review, pen)])
    told = pen.say("forms.told", told=review.told_to_her)
    first = pen.say("messages.heard", **values)
    if left := scene.args.get("instead_of"):
        words = left_words(str(left), str(scene.args["why"]), pen)
        first = pen.say("leaving.decides_instead", left=words, **values)
    lines = [first, about(review, pen), told]
    lines += proposal_in_short(review, pen)
    body = statement_lines(review, pen)
    if review.confirmation is Confirmation.NO_REPLY:
        body.append(pen.say("messages.heard_not_confirmed", name=pen.name(review.advocate)))
    row = [pen.button(names.DECIDE, review, style="primary")]
    if is_folded(review):
        row.append(pen.button(names.WHOLE_PROPOSAL, review))
    return letter(lines, row, body=body)


def draw_nudge_decider(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    if review.state is not State.HEARD or _is_anothers(review, scene):
        return letter([_no_more(review, pen), about(review, pen)])
    values = {"name": pen.name(review.decider), "due": review.decision_due_at}
    lines = [pen.say("messages.nudge_decider", **values), about(review, pen)]
    return letter(lines, [pen.button(names.DECIDE, review, style="primary")])


def _is_anothers(review: Review, scene: Scene) -> bool:
    """Someone else was named to decide since this was sent."""
    return bool(scene.reader) and scene.reader != review.decider


def _no_more(review: Review, pen: Pen) -> Said:
    if review.state in UNDECIDED and _is_anothers(review, pen.scene):
        return pen.say("messages.decider_now", name=pen.name(review.decider))
    return what_came_of_it(review, pen, again="heard_open")
