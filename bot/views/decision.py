"""The decision, in the thread: what, why, her words, and what became of each objection."""

from bot.views import blocks
from bot.views.card import verdict_words
from bot.views.pen import Pen
from bot.views.say_back import question_line
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import Decision, ObjectionState, Review, Verdict
from seat.her_words import HerWords, Objected, from_data, her_words

MOST_OBJECTIONS = 10


def draw_decision(review: Review, scene: Scene, wording: Wording) -> Drawn:
    """`scene.args`: as for `decision_lines`."""
    pen = Pen(wording, scene)
    lines = decision_lines(review, scene, pen)
    about = pen.say(
        "decision.about", kind=pen.kind(review), number=review.number, title=review.title
    )
    return blocks.message("\n".join([about, *map(spoken, lines)]), [*blocks.sections(lines)])


def decision_lines(
    review: Review, scene: Scene, pen: Pen, *, title: str = "decision.title"
) -> list[Said]:
    """`scene.args`: `number`, which decision, when not the latest; `said`, what she said then and
    what the decision made of it, which a reopening since does not change. `title`: the first
    line's key.
    """
    decision = _which(review, scene.args.get("number"))
    said = scene.args.get("said")
    words = from_data(said) if said else her_words(review)
    lines = [
        pen.say(
            title,
            verdict=verdict_words(review, decision, pen),
            name=pen.name(decision.by),
            at=decision.at.date(),
            heard=bool(words.statement),
        ),
        *_statement(words, pen),
    ]
    if decision.changes:
        lines.append(pen.say("decision.changes", changes=decision.changes))
    lines.append(pen.say("decision.because", because=decision.because))
    if decision.verdict is Verdict.DEFER and decision.until:
        lines.append(pen.say("decision.again", until=decision.until))
    lines += outcome_lines(review, words, decision, pen)
    if decision.marks:
        marks = [pen.say(f"labels.mark_{mark}") for mark in decision.marks]
        lines.append(pen.say("decision.marks", marks=marks))
    if decision.number > 1:
        lines.append(pen.say("decision.number", number=decision.number))
    return lines


def _which(review: Review, number: int | None) -> Decision:
    """The decision with that number, the latest for None. Raises LookupError."""
    for decision in reversed(review.decisions):
        if number is None or decision.number == number:
            return decision
    raise LookupError(f"review {review.id} has no decision {number or ''}")


def _statement(words: HerWords, pen: Pen) -> list[Said]:
    if not words.statement:
        return [pen.say("decision.no_statement")]
    said = pen.say(
        "decision.statement",
        words=words.statement,
        stance=pen.stance(words.stance),
        name=pen.name(words.by) if words.by else "",
    )
    return [question_line(words, pen), said]


def outcome_lines(review: Review, words: HerWords, decision: Decision, pen: Pen) -> list[Said]:
    """What became of each objection."""
    shown = words.objections[:MOST_OBJECTIONS]
    lines = [_objection(review, o, decision, pen) for o in shown]
    if more := len(words.objections) - len(shown):
        lines.append(pen.say("decision.more_objections", more=more))
    return lines


def _objection(review: Review, objection: Objected, decision: Decision, pen: Pen) -> Said:
    if objection.state is ObjectionState.OVERRULED:
        return pen.say(
            "decision.overruled",
            name=pen.name(decision.by),
            title=objection.title,
            reason=objection.because,
        )
    outcome = pen.outcome(review, objection.state)
    return pen.say("decision.objection", title=objection.title, outcome=outcome)
