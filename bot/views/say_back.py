"""Saying back what was heard, for one version of the statement; buttons only while it stands."""

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Confirmation, ObjectionState, Review, State
from seat.her_words import HerWords, Objected, from_data, her_words, with_what_became
from seat.progress import GROUNDS

MOST_OBJECTIONS = 5
UNDECIDED = (State.OPEN, State.HEARD)


def draw_say_back(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: `version`, the statement_version this message says back; `said`, its words;
    `confirmed`, who confirmed them. A version before this one kept only the first.
    """
    pen = Pen(wording, scene)
    version = scene.args.get("version", review.said_back_version)
    current = version == review.statement_version
    said, confirmed = scene.args.get("said"), scene.args.get("confirmed", "")
    if current and review.confirmation is Confirmation.CONFIRMED:
        confirmed = confirmed or review.advocate or ""
    if not current and not (said and confirmed):
        # What nobody confirmed is not shown as hers once it has changed.
        over = review.state not in UNDECIDED
        line = pen.say("say_back.superseded_over" if over else "say_back.superseded")
        return blocks.message(line, [blocks.context(line)])
    words = with_what_became(from_data(said), review) if said else her_words(review)
    waits = (
        current
        and review.confirmation is Confirmation.WAITING
        and review.advocate is not None
        and review.state in UNDECIDED
    )
    key = "say_back.title" if waits else "say_back.title_past"
    name = pen.name(review.advocate if waits else words.by) if words.by or waits else ""
    lines = [pen.say(key, name=name), *statement_lines(review, pen, words)]
    ending = _ending(review, pen, waits=waits, confirmed=confirmed, current=current)
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


def statement_lines(review: Review, pen: Pen, words: HerWords | None = None) -> list[Said]:
    """The closing question in full, her words under it, what became of each thing she would not
    accept, and what all of it stands on. `words`: kept ones, instead of what stands now.
    """
    words = words or her_words(review)
    lines = [question_line(words, pen)]
    if words.statement:
        stance = pen.stance(words.stance)
        lines.append(pen.say("say_back.statement", words=words.statement, stance=stance))
        if not words.is_answered:
            lines.append(pen.say("say_back.asked_again"))
    else:
        key = "say_back.no_statement" if words.is_answered else "say_back.not_yet"
        lines.append(pen.say(key))
    still = [o for o in words.objections if o.state is ObjectionState.OPEN]
    ended = [o for o in words.objections if o.state is not ObjectionState.OPEN]
    shown = [*still[:MOST_OBJECTIONS], *ended[:MOST_OBJECTIONS]]
    lines += [_objection(o, review, pen) for o in shown]
    if not shown:
        lines.append(pen.say("say_back.no_objection"))
    if more := len(words.objections) - len(shown):
        lines.append(pen.say("say_back.more_objections", more=more))
    return [*lines, _stands_on(words, pen)]


def question_line(words: HerWords, pen: Pen) -> Said:
    """The closing question, whole, as it stands above her words everywhere."""
    if not words.question:
        return pen.say("say_back.heading")
    return pen.say("say_back.question", question=words.question)


def _objection(objection: Objected, review: Review, pen: Pen) -> Said:
    if objection.state is ObjectionState.OPEN:
        return pen.say(
            "say_back.objection",
            number=objection.number,
            title=objection.title,
            mind=objection.mind,
        )
    return pen.say(
        "say_back.settled",
        number=objection.number,
        title=objection.title,
        outcome=pen.outcome(review, objection.state),
        because=objection.because,
    )


def _stands_on(words: HerWords, pen: Pen) -> Said:
    """`Stands on 3 known · 2 assumed (questions 3, 5)`."""
    parts = [
        pen.say(f"say_back.{ground}", questions=questions)
        for ground in GROUNDS
        if (questions := words.grounds.get(ground))
    ]
    if not parts:
        return pen.say("say_back.stands_on_nothing")
    return pen.say("say_back.stands_on", parts=parts)


def _ending(review: Review, pen: Pen, *, waits: bool, confirmed: str, current: bool) -> Said:
    people = {"name": pen.name(review.advocate), "decider": pen.name(review.decider)}
    if waits and review.confirm_by:
        return pen.say("say_back.by_when", by=review.confirm_by, decider=people["decider"])
    if waits:
        return pen.say("say_back.by_when_open", decider=people["decider"])
    if confirmed:
        people["name"] = pen.name(confirmed)
        is_next, again = current and review.state is State.HEARD, not current
        again = again and review.state in UNDECIDED
        return pen.say("say_back.confirmed", next=is_next, again=again, **people)
    if review.confirmation is Confirmation.NO_REPLY:
        return pen.say("say_back.no_reply", **people)
    return pen.say("say_back.over")
