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
    decider = "" if review.decider == review.proposer else pen.name(review.decider)
    is_open = objection.state is ObjectionState.OPEN and review.state in UNDECIDED
    if not is_open:
        first = pen.say("messages.objection_past")
    elif advocate:
        first = pen.say("messages.objection", advocate=advocate, decider=decider)
    else:
        first = pen.say("messages.objection_nobody", decider=decider)
    body = objection_lines(objection, pen)
    if objection.reply:
        body.append(pen.say("messages.your_reply", reply=objection.reply))
    if objection.state is not ObjectionState.OPEN:
        outcome = pen.outcome(review, objection.state)
        body.append(pen.say("messages.settled", outcome=outcome))
    elif is_open and objection.offered:
        outcome = pen.outcome(review, objection.offered)
        waits = pen.say("messages.waits_for_agreement", outcome=outcome, advocate=advocate)
        body.append(waits)
    row = _answers(review, objection, pen) if is_open else []
    return letter([first, about(review, pen)], row, body=body)


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
    first = pen.say(
        "messages.heard_proposer",
        decider=pen.name(review.decider),
        objections=len(review.open_objections),
    )
    row = [pen.button(names.REVISE, review)] if review.state in UNDECIDED else []
    return letter([first, about(review, pen)], row, body=statement_lines(review, pen))


def draw_decided_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["number"]`: which decision, when not the latest."""
    pen = Pen(wording, scene)
    first, *rest = decision_lines(review, scene, pen, title="messages.decided_proposer")
    return letter([first, about(review, pen)], body=rest)


def draw_open_again(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """To everyone with a part in it. `scene.args`: `move` (reopen, return), `reason`."""
    pen = Pen(wording, scene)
    came_back = scene.args.get("move") == "return"
    first = pen.say("messages.returned" if came_back else "messages.reopened")
    lines = [Said(f"{first} {part}") if (part := _what_now(review, pen)) else first]
    lines.append(about(review, pen))
    if reason := scene.args.get("reason"):
        lines.append(pen.say("messages.reopened_why", reason=reason))
    return letter(lines)


def _what_now(review: Review, pen: Pen) -> Said:
    """What the reader has to do once it is open again: the advocate's part first."""
    if review.state not in UNDECIDED:
        return Said("")
    parts = {
        review.proposer: "proposer",
        review.decider: "decider",
        review.advocate: "advocate",
    }
    part = parts.get(pen.scene.reader or None)
    if part == "advocate" and not review.answers:
        part = "nothing_answered"
    return pen.say(f"messages.open_again_{part}") if part else Said("")
