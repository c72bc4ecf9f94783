"""The decider's form: her words and objections in view, and what deciding now would leave."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.inputs import (
    MOST_CHECKED,
    check_input,
    day_input,
    radio_input,
    text_input,
)
from bot.views.pen import Pen
from bot.views.progress import count_progress
from bot.views.say_back import statement_lines
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Said, Wording
from seat.facts import Mark, Objection, Review, Verdict
from seat.review import marks_left

MOST_OBJECTIONS = 20
MOST_BECAUSE = 1000


def draw_decide(
    review: Review,
    scene: Scene,
    wording: Wording,
    *,
    filled: Mapping[str, Any] | None = None,
    proposer_may_overrule: bool = False,
) -> dict[str, Any]:
    """Fields: `verdict`, `because`, `changes`, `until`, `overrule_<number>` for each open
    objection, where whoever decides may overrule it, and `accepts`, the numbers of those in which
    she is right, for a stop. `filled`: what was typed already, when the
    form is drawn again.
    """
    pen, now = Pen(wording, scene), filled or {}
    about = pen.say("decide.about", kind=pen.kind(review), number=review.number, title=review.title)
    drawn: list[Block] = [
        *blocks.sections([about, pen.say("forms.told", told=review.told_to_her)]),
        *blocks.sections(statement_lines(review, pen)),
        *(blocks.context(line) for line in _warnings(review, pen, proposer_may_overrule)),
        blocks.divider(),
        blocks.field(
            "verdict",
            pen.plain("decide.verdict"),
            radio_input(
                [(v.value, verdict_label(review, v, pen)) for v in Verdict], now.get("verdict")
            ),
        ),
        blocks.field(
            "because",
            pen.plain("decide.because"),
            text_input(now.get("because"), most=MOST_BECAUSE, multiline=True, required=True),
            hint=pen.plain("decide.because_hint"),
        ),
        blocks.field(
            "changes",
            pen.plain("decide.changes"),
            text_input(now.get("changes"), most=MOST_BECAUSE, multiline=True),
            optional=True,
            hint=_hint(review, pen, "changes", Verdict.GO_WITH_CHANGES),
        ),
        blocks.field(
            "until",
            pen.plain("decide.until"),
            day_input(now.get("until")),
            optional=True,
            hint=_hint(review, pen, "until", Verdict.DEFER),
        ),
    ]
    may_overrule = proposer_may_overrule or review.decider != review.proposer
    objections = review.open_objections if may_overrule else ()
    for objection in objections[:MOST_OBJECTIONS]:
        drawn += _overrule(review, objection, pen, now)
    drawn += _right(review, pen, now)
    if len(objections) > MOST_OBJECTIONS:
        drawn.append(
            blocks.context(
                pen.say("decide.more_objections", more=len(objections) - MOST_OBJECTIONS)
            )
        )
    return blocks.modal(
        names.DECIDE,
        title=pen.plain("decide.title"),
        submit=pen.plain("decide.submit"),
        close=pen.plain("forms.close"),
        blocks=drawn,
        carries=context_of(review),
    )


def verdict_label(review: Review, verdict: Verdict, pen: Pen) -> str:
    """A change already live is kept or undone, not started."""
    return pen.plain(f"labels.{'live' if review.live_since else 'verdict'}_{verdict}")


def _hint(review: Review, pen: Pen, name: str, verdict: Verdict) -> str:
    return pen.plain(f"decide.{name}_hint", verdict=verdict_label(review, verdict, pen))


def _warnings(review: Review, pen: Pen, proposer_may_overrule: bool) -> list[Said]:
    progress = count_progress(review)
    values = {"answered": progress.answered, "questions": progress.questions}
    # Stop overrules nothing: what is left whichever way it is decided.
    warnings = [
        pen.say(f"decide.warn_{mark}", **(values if mark is Mark.UNANSWERED else {}))
        for mark in marks_left(review, Verdict.STOP)
    ]
    alone = review.decider == review.proposer and not proposer_may_overrule
    if alone and review.open_objections:
        warnings.append(pen.say("decide.proposer_overrules"))
    return [pen.say("decide.warning", words=words) for words in warnings]


def _right(review: Review, pen: Pen, now: Mapping[str, Any]) -> list[Block]:
    """Where she is right, for a decider who stops because of it; nobody has to say so."""
    shown = review.open_objections[:MOST_CHECKED]
    if not shown:
        return []
    choices = [
        (str(o.number), pen.plain("decide.accepts_option", number=o.number, title=o.title))
        for o in shown
    ]
    stop = verdict_label(review, Verdict.STOP, pen)
    return [
        blocks.field(
            "accepts",
            pen.plain("decide.accepts", verdict=stop),
            check_input(choices, now.get("accepts") or ()),
            optional=True,
            hint=pen.plain("decide.accepts_hint"),
        )
    ]


def _overrule(
    review: Review, objection: Objection, pen: Pen, now: Mapping[str, Any]
) -> list[Block]:
    number, name = objection.number, f"overrule_{objection.number}"
    lines = []
    if objection.changes_her_mind:
        mind = objection.changes_her_mind
        lines.append(pen.say("decide.changes_her_mind", number=number, mind=mind))
    if objection.reply:
        proposer = pen.name(review.proposer)
        lines.append(
            pen.say(
                "decide.reply",
                name=proposer,
                number=number,
                reply=objection.reply,
                stands=objection.stands,
            )
        )
    return [
        *(blocks.context(line) for line in lines),
        blocks.field(
            name,
            pen.plain("decide.overrule", number=number, title=objection.title),
            text_input(now.get(name), most=MOST_BECAUSE, multiline=True),
            optional=True,
            hint=pen.plain("decide.overrule_hint"),
        ),
    ]
