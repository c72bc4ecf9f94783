"""Private messages to the advocate and the stand-in, besides the seat itself."""

from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import names
from bot.views.decision import decision_lines
from bot.views.letter import UNDECIDED, about, find_objection, letter, still_true
from bot.views.pen import Pen
from bot.views.progress import count_progress, minutes_for
from bot.views.revision import difference_lines
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.views.seat import stance_taps
from bot.wording import Wording
from seat.facts import Objection, ObjectionState, Review, State
from seat.review import could_be_said_back, is_complete, is_said_back, stale_answers
from seat.thread.asked import AskedStance, whats_asked


def draw_nudge_advocate(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    reader = scene.reader or review.advocate
    if review.state is not State.OPEN or reader != review.advocate:
        return letter([pen.say("messages.nudge_over"), about(review, pen)])
    if is_said_back(review):
        return _nudge_to_confirm(review, pen)
    if could_be_said_back(review):
        line = pen.say("messages.nudge_rest", name=pen.name(reader))
        row = [
            pen.button(names.THAT_IS_ALL, review, style="primary"),
            pen.button(names.ANSWER_FORM, review),
        ]
        return letter([line, about(review, pen)], row)
    if isinstance(whats_asked(review), AskedStance):
        line = pen.say("messages.nudge_stance", name=pen.name(reader), due=review.answers_due_at)
        return letter([line, about(review, pen)], stance_taps(review, pen))
    progress = count_progress(review)
    line = pen.say(
        "messages.nudge_advocate",
        name=pen.name(reader),
        answered=progress.answered,
        questions=progress.questions,
        due=review.answers_due_at,
    )
    row = [
        pen.button(names.ANSWER_FORM, review, style="primary"),
        pen.button(names.DECLINE_SEAT, review),
    ]
    return letter([line, about(review, pen)], row)


def _nudge_to_confirm(review: Review, pen: Pen) -> Drawn:
    line = pen.say(
        "messages.nudge_confirm",
        name=pen.name(review.advocate),
        by=review.confirm_by,
        decider=pen.name(review.decider),
    )
    row = [
        pen.button(names.CONFIRM_HEARD, review, review.said_back_version, style="primary"),
        pen.button(names.ANSWER_FORM, review, label=pen.plain("buttons.fix")),
    ]
    return letter([line, about(review, pen)], row, body=statement_lines(review, pen))


def draw_offer(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """To the stand-in, when the advocate is silent or gone."""
    pen = Pen(wording, scene)
    reader = scene.reader or review.stand_in
    if reader == review.advocate and review.state in UNDECIDED:
        return letter([pen.say("messages.offer_yours"), about(review, pen)])
    if review.state is not State.OPEN or reader != review.stand_in or is_complete(review):
        return letter([pen.say("messages.offer_over"), about(review, pen)])
    values = {"name": pen.name(reader), "minutes": minutes_for(review)}
    if review.advocate:
        line = pen.say("messages.offer", advocate=pen.name(review.advocate), **values)
    else:
        line = pen.say("messages.offer_nobody", **values)
    told = pen.say("forms.told", told=review.told_to_her)
    row = [pen.button(names.ACCEPT_SEAT, review, style="primary")]
    return letter([line, about(review, pen), told], row)


def draw_taken_back(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """To whoever was seated meanwhile. `scene.args["by"]`: who took the seat back."""
    pen = Pen(wording, scene)
    line = pen.say("messages.taken_back", by=pen.name(scene.args.get("by")))
    return letter([line, about(review, pen)])


def draw_revision_for_advocate(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: as for the revision in the thread."""
    pen = Pen(wording, scene)
    latest = scene.args.get("number", review.revision) == review.revision
    hers = review.state in UNDECIDED and scene.reader in ("", review.advocate)
    yours = hers and latest and bool(stale_answers(review))
    values = {"proposer": pen.name(review.proposer), "name": pen.name(review.advocate)}
    line = pen.say("messages.revision" if yours else "messages.revision_over", **values)
    row: list[InteractiveElement] = []
    if yours:
        row = [*still_true(review, pen), pen.button(names.ANSWER_FORM, review)]
    return letter([line, about(review, pen)], row, body=difference_lines(scene.args, pen))


def draw_reply_for_advocate(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["objection"]`: the number of the objection that was answered."""
    pen = Pen(wording, scene)
    objection = find_objection(review, scene.args.get("objection"))
    lines = [
        pen.say("messages.reply", proposer=pen.name(review.proposer), title=objection.title),
        about(review, pen),
    ]
    body = []
    if objection.reply:
        body.append(pen.say("messages.reply_words", reply=objection.reply))
    if objection.state is not ObjectionState.OPEN:
        outcome = pen.outcome(review, objection.state)
        return letter(lines, body=[*body, pen.say("messages.settled", outcome=outcome)])
    yours = review.state in UNDECIDED and scene.reader in ("", review.advocate)
    if not yours:
        return letter(lines, body=body)
    if objection.offered:
        body.append(pen.say(f"messages.offered_{objection.offered}"))
    elif objection.stands:
        body.append(pen.say("messages.stands", decider=pen.name(review.decider)))
    else:
        body.append(pen.say("messages.offered_nothing", decider=pen.name(review.decider)))
    return letter(lines, _answers(review, objection, pen), body=body)


def _answers(review: Review, objection: Objection, pen: Pen) -> list[InteractiveElement]:
    row: list[InteractiveElement] = []
    agree = {
        ObjectionState.MITIGATED: (names.MITIGATED, "agree_mitigated"),
        ObjectionState.ACCEPTED: (names.ACCEPT_OBJECTION, "agree_accepted"),
    }
    if objection.offered in agree:
        action_id, label = agree[objection.offered]
        words = pen.plain(f"buttons.{label}")
        row.append(pen.button(action_id, review, objection.number, label=words, style="primary"))
    elif not objection.stands:
        row.append(pen.button(names.STILL_OBJECTS, review, objection.number))
    ask = pen.confirm("withdraw_objection", title=objection.title)
    row.append(pen.button(names.WITHDRAW_OBJECTION, review, objection.number, confirm=ask))
    return row


def draw_decision_for_advocate(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["number"]`: which decision, when not the latest."""
    pen = Pen(wording, scene)
    first, *rest = decision_lines(review, scene, pen, title="messages.decided")
    return letter([first, about(review, pen)], body=rest)
