"""Private messages to the proposer: an objection, heard, decided, open again."""

from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import names
from bot.views.decision import decision_lines
from bot.views.letter import (
    UNDECIDED,
    about,
    find_objection,
    letter,
    objection_lines,
    still_true,
    what_came_of_it,
)
from bot.views.moved import what_happened
from bot.views.pen import Pen
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording
from seat.facts import Objection, ObjectionState, Review, State
from seat.review import is_said_back, stale_answers


def draw_objection_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["objection"]`: its number."""
    pen = Pen(wording, scene)
    objection = find_objection(review, scene.args.get("objection"))
    advocate = pen.name(review.advocate) if review.advocate else ""
    decider = "" if review.decider == review.proposer else pen.name(review.decider)
    is_open = objection.state is ObjectionState.OPEN and review.state in UNDECIDED
    if not is_open:
        first = pen.say("messages.objection_past")
    elif objection.stands:
        first = pen.say("messages.objection_stands", advocate=advocate, decider=decider)
    elif objection.reply or objection.offered:
        first = pen.say("messages.objection_answered", advocate=advocate, decider=decider)
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
    row: list[InteractiveElement] = []
    if not objection.stands:  # answered, and heard: nobody is asked that again
        row.append(pen.button(names.REPLY_OBJECTION, review, number))
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
    if review.state is not State.HEARD:
        return letter([what_came_of_it(review, pen, again="heard_again"), about(review, pen)])
    first = pen.say(
        "messages.heard_proposer",
        decider=pen.name(review.decider),
        objections=len(review.open_objections),
    )
    row = [pen.button(names.REVISE, review)]
    return letter([first, about(review, pen)], row, body=statement_lines(review, pen))


def draw_decided_for_proposer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["number"]`: which decision, when not the latest."""
    pen = Pen(wording, scene)
    first, *rest = decision_lines(review, scene, pen, title="messages.decided_proposer")
    return letter([first, about(review, pen)], body=rest)


def draw_open_again(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """To everyone with a part in it. `scene.args`: as for `moved` in the thread; `decisions`, how
    often it was decided when it was sent.
    """
    pen = Pen(wording, scene)
    first, *why = what_happened(scene.args, pen)[:-1]
    part = _part_now(review, pen)
    if part:
        first = Said(f"{first} {pen.say(f'messages.open_again_{part}')}")
    row: list[InteractiveElement] = []
    if part in ("advocate", "nothing_answered"):
        row = [*still_true(review, pen), pen.button(names.ANSWER_FORM, review)]
    return letter([first, about(review, pen), *why], row)


def _part_now(review: Review, pen: Pen) -> str:
    """What the reader has to do while it is open again, the advocate first; "" for nothing."""
    since = pen.scene.args.get("decisions", len(review.decisions))
    if review.state is not State.OPEN or is_said_back(review) or since != len(review.decisions):
        return ""
    parts = {
        review.proposer: "proposer",
        review.decider: "decider",
        review.advocate: "advocate",
    }
    part = parts.get(pen.scene.reader or None, "")
    nothing_stale = part == "advocate" and not stale_answers(review)
    return "nothing_answered" if nothing_stale else part
