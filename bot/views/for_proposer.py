"""Private messages to the proposer: an objection, heard, decided, open again."""

from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import names
from bot.views.decision import decision_lines
from bot.views.letter import UNDECIDED, about, find_objection, letter, objection_lines
from bot.views.pen import Pen
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Objection, ObjectionState, Review


def draw_objection_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["objection"]`: its number."""
    pen = Pen(wording, scene)
    objection = find_objection(review, scene.args.get("objection"))
    advocate = pen.name(review.advocate) if review.advocate else ""
    values = {"decider": pen.name(review.decider)}
    if advocate:
        first = pen.say("messages.objection", advocate=advocate, **values)
    else:
        first = pen.say("messages.objection_nobody", **values)
    lines = [first, about(review, pen), *objection_lines(objection, pen)]
    if objection.reply:
        lines.append(pen.say("messages.your_reply", reply=objection.reply))
    if objection.state is not ObjectionState.OPEN:
        outcome = pen.say(f"labels.objection_{objection.state}")
        return letter([*lines, pen.say("messages.settled", outcome=outcome)])
    if objection.offered:
        outcome = pen.say(f"labels.objection_{objection.offered}")
        waits = pen.say("messages.waits_for_agreement", outcome=outcome, advocate=advocate)
        lines.append(waits)
    row = _answers(review, objection, pen) if review.state in UNDECIDED else []
    return letter(lines, row)


def _answers(review: Review, objection: Objection, pen: Pen) -> list[InteractiveElement]:
    number = objection.number
    row: list[InteractiveElement] = [pen.button(names.REPLY_OBJECTION, review, number)]
    if objection.offered is not ObjectionState.MITIGATED:
        label = pen.plain("buttons.offer_mitigated")
        row.append(pen.button(names.MITIGATED, review, number, label=label))
    if objection.offered is not ObjectionState.ACCEPTED:
        label, ask = pen.plain("buttons.offer_accepted"), pen.confirm("accept_objection")
        accept = pen.button(names.ACCEPT_OBJECTION, review, number, label=label, confirm=ask)
        row.append(accept)
    row.append(pen.button(names.REVISE, review))
    return row


def draw_heard_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    first = pen.say("messages.heard_proposer", decider=pen.name(review.decider))
    lines: list[Said] = [first, about(review, pen), *statement_lines(review, pen)]
    row = [pen.button(names.REVISE, review)] if review.state in UNDECIDED else []
    return letter(lines, row)


def draw_decided_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["number"]`: which decision, when not the latest."""
    pen = Pen(wording, scene)
    lines = [pen.say("messages.decided_proposer"), about(review, pen)]
    return letter([*lines, *decision_lines(review, scene, pen)])


def draw_open_again(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """To everyone with a part in it. `scene.args`: `move` (reopen, return), `reason`."""
    pen = Pen(wording, scene)
    came_back = scene.args.get("move") == "return"
    lines = [
        pen.say("messages.returned" if came_back else "messages.reopened"),
        about(review, pen),
    ]
    if reason := scene.args.get("reason"):
        lines.append(pen.say("messages.reopened_why", reason=reason))
    return letter(lines)
