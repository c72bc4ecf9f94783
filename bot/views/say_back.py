"""Saying back what was heard, for one version of the statement; buttons only while it stands."""

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.pen import Pen
from bot.views.progress import count_progress
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Confirmation, ObjectionState, Review, State
from seat.review import is_settled

MOST_OBJECTIONS = 5
SETTLED = (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)


def draw_say_back(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args["version"]`: the statement_version this message says back."""
    pen = Pen(wording, scene)
    version = scene.args.get("version", review.said_back_version)
    current = version == review.statement_version
    waits = (
        current
        and review.confirmation is Confirmation.WAITING
        and review.advocate is not None
        and review.state in (State.OPEN, State.HEARD)
    )
    if not current:
        # Its words are gone from the facts; showing newer ones under it would be untrue.
        line = pen.say("say_back.superseded")
        return blocks.message(line, [blocks.context(line)])
    key = "say_back.title" if waits else "say_back.title_past"
    name = pen.name(review.advocate) if review.advocate else ""
    lines = [pen.say(key, name=name), *statement_lines(review, pen)]
    ending = _ending(review, pen, waits=waits)
    drawn: list[Block] = [*blocks.sections(lines)]
    if waits:
        drawn += blocks.actions(
            [
                pen.button(names.CONFIRM_HEARD, review, version, style="primary"),
                pen.button(names.ANSWER_FORM, review, label=pen.plain("buttons.fix")),
            ]
        )
    drawn.append(blocks.context(ending))
    return blocks.message(spoken("\n".join([*lines, ending])), drawn)


def statement_lines(review: Review, pen: Pen) -> list[Said]:
    """Her words, what she would not accept, and what all of it stands on."""
    if review.statement:
        words, stance = review.statement.text, pen.stance(review.stance)
        lines = [pen.say("say_back.statement", words=words, stance=stance)]
    else:
        asked = review.closing is not None and is_settled(review.answers.get(review.closing.number))
        lines = [pen.say("say_back.no_statement" if asked else "say_back.not_yet")]
    shown = review.open_objections[:MOST_OBJECTIONS]
    lines += [
        pen.say("say_back.objection", number=o.number, title=o.title, mind=o.changes_her_mind)
        for o in shown
    ]
    settled = [o for o in review.objections if o.state in SETTLED][:MOST_OBJECTIONS]
    lines += [
        pen.say(
            "say_back.settled",
            number=o.number,
            title=o.title,
            outcome=pen.say(f"labels.objection_{o.state}"),
        )
        for o in settled
    ]
    if not (shown or settled):
        lines.append(pen.say("say_back.no_objection"))
    if more := len(review.open_objections) - len(shown):
        lines.append(pen.say("say_back.more_objections", more=more))
    return [*lines, _stands_on(review, pen)]


def headed_statement(review: Review, pen: Pen) -> list[Said]:
    """`statement_lines` under a heading, where they don't stand alone."""
    return [pen.say("say_back.heading"), *statement_lines(review, pen)]


def _stands_on(review: Review, pen: Pen) -> Said:
    """`Stands on 3 known · 2 assumed (questions 3, 5)`."""
    progress = count_progress(review)
    grounds = ("known", "assumed", "not_known", "skipped")
    parts = [
        pen.say(f"say_back.{ground}", questions=questions)
        for ground in grounds
        if (questions := getattr(progress, ground))
    ]
    if not parts:
        return pen.say("say_back.stands_on_nothing")
    return pen.say("say_back.stands_on", parts=parts)


def _ending(review: Review, pen: Pen, *, waits: bool) -> Said:
    people = {"name": pen.name(review.advocate), "decider": pen.name(review.decider)}
    if waits and review.confirm_by:
        return pen.say("say_back.by_when", by=review.confirm_by, decider=people["decider"])
    if waits:
        return pen.say("say_back.by_when_open", decider=people["decider"])
    if review.confirmation is Confirmation.CONFIRMED:
        return pen.say("say_back.confirmed", next=review.state is State.HEARD, **people)
    if review.confirmation is Confirmation.NO_REPLY:
        return pen.say("say_back.no_reply", **people)
    return pen.say("say_back.over")
