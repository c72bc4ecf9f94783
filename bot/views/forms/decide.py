"""The decider's form: her words and objections in view, and what deciding now would leave."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import blocks, names
from bot.views.forms.again import MOST_FORM_BLOCKS
from bot.views.forms.inputs import (
    MOST_CHECKED,
    check_input,
    day_input,
    radio_input,
    text_input,
)
from bot.views.pen import Pen
from bot.views.progress import count_progress, ground_of, option_label
from bot.views.proposal import is_folded, proposal_in_short
from bot.views.say_back import statement_lines
from bot.views.scene import Scene
from bot.views.wire import context_of
from bot.wording import Said, Wording
from seat.facts import AnswerState, Mark, Objection, Question, Review, Verdict
from seat.review import marks_left

MOST_OBJECTIONS = 20
MOST_PAGES = 2
MOST_BECAUSE = 1000
MOST_ANSWERED = 15
"""Sections of answers, of three thousand characters: beyond that nobody scrolls to the decision."""


def draw_decide(
    review: Review,
    scene: Scene,
    wording: Wording,
    *,
    proposer_may_overrule: bool = False,
) -> dict[str, Any]:
    """Fields: `verdict`, `because`, `changes`, `until`, `overrule_<number>` for each open
    objection, where whoever decides may overrule it, and `accepts`, the numbers of those in which
    she is right, for a stop.
    """
    pen = Pen(wording, scene)
    about = pen.say("decide.about", kind=pen.kind(review), number=review.number, title=review.title)
    proposal = [about, pen.say("forms.told", told=review.told_to_her)]
    proposal += proposal_in_short(review, pen)
    all_of_it = [pen.button(names.WHOLE_PROPOSAL, review)] if is_folded(review) else []
    before: list[Block] = [
        *blocks.sections(proposal),
        *blocks.actions(all_of_it),
        *blocks.sections(statement_lines(review, pen)),
    ]
    drawn: list[Block] = [
        *(blocks.context(line) for line in _warnings(review, pen, proposer_may_overrule)),
        blocks.divider(),
        blocks.field(
            "verdict",
            pen.plain("decide.verdict"),
            radio_input([(v.value, verdict_label(review, v, pen)) for v in Verdict]),
        ),
        blocks.field(
            "because",
            pen.plain("decide.because"),
            text_input(most=MOST_BECAUSE, multiline=True, required=True),
            hint=pen.plain("decide.because_hint"),
        ),
        blocks.field(
            "changes",
            pen.plain("decide.changes"),
            text_input(most=MOST_BECAUSE, multiline=True),
            optional=True,
            hint=_hint(review, pen, "changes", Verdict.GO_WITH_CHANGES),
        ),
        blocks.field(
            "until",
            pen.plain("decide.until"),
            day_input(),
            optional=True,
            hint=_hint(review, pen, "until", Verdict.DEFER),
        ),
    ]
    may_overrule = proposer_may_overrule or review.decider != review.proposer
    objections = review.open_objections if may_overrule else ()
    for objection in objections[:MOST_OBJECTIONS]:
        drawn += _overrule(review, objection, pen)
    drawn += _right(review, pen)
    if len(objections) > MOST_OBJECTIONS:
        drawn.append(
            blocks.context(
                pen.say("decide.more_objections", more=len(objections) - MOST_OBJECTIONS)
            )
        )
    room = min(MOST_ANSWERED, MOST_FORM_BLOCKS - len(before) - len(drawn))
    return blocks.modal(
        names.DECIDE,
        title=pen.plain("decide.title"),
        submit=pen.plain("decide.submit"),
        close=pen.plain("forms.close"),
        blocks=[*before, *_answers(review, room, pen), *drawn],
        carries=context_of(review),
    )


def _answers(review: Review, room: int, pen: Pen) -> list[Block]:
    """What was answered, each under its question, in at most `room` blocks."""
    lines = [
        _answer(review, question, pen) for question in review.questions if not question.closing
    ]
    if not lines:
        return []
    heading = pen.say("decide.answers")
    shown = len(lines)
    drawn = blocks.sections([heading, *lines])
    while len(drawn) > room and shown:
        shown -= 1
        left = pen.say("decide.more_answers", more=len(lines) - shown)
        drawn = blocks.sections([heading, *lines[:shown], left])
    return drawn


def _answer(review: Review, question: Question, pen: Pen) -> Said:
    answer = review.answers.get(question.number)
    values = {"number": question.number, "question": question.text}
    if answer is None or answer.state is AnswerState.RETRACTED:
        return pen.say("decide.answer_none", **values)
    if answer.state is AnswerState.NOT_KNOWN:
        return pen.say("decide.answer_not_known", **values)
    if answer.state is AnswerState.SKIPPED:
        return pen.say("decide.answer_skipped", words=answer.text, **values)
    label, ground = option_label(question, answer), ground_of(question, answer)
    words = "\n".join(part for part in (answer.text, answer.why) if part and part != label)
    evidence = "" if question.moment else pen.say(f"labels.evidence_{answer.evidence}")
    return pen.say(
        "decide.answer",
        label=label,
        words=words,
        evidence=evidence,
        assumed=ground == "assumed",
        stale=answer.stale,
        **values,
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


def _right(review: Review, pen: Pen) -> list[Block]:
    """Where she is right, for a decider who stops because of it; nobody has to say so. A review of
    before there was a bound may have more than one field holds: `accepts`, `accepts_2` …"""
    stop, drawn = verdict_label(review, Verdict.STOP, pen), list[Block]()
    for at in range(0, len(review.open_objections), MOST_CHECKED):
        choices = [
            (str(o.number), pen.plain("decide.accepts_option", number=o.number, title=o.title))
            for o in review.open_objections[at : at + MOST_CHECKED]
        ]
        drawn.append(
            blocks.field(
                f"accepts_{at // MOST_CHECKED + 1}" if at else "accepts",
                pen.plain("decide.accepts", verdict=stop),
                check_input(choices),
                optional=True,
                hint=pen.plain("decide.accepts_hint"),
            )
        )
    return drawn[:MOST_PAGES]


def _overrule(review: Review, objection: Objection, pen: Pen) -> list[Block]:
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
            text_input(most=MOST_BECAUSE, multiline=True),
            optional=True,
            hint=pen.plain("decide.overrule_hint"),
        ),
    ]
