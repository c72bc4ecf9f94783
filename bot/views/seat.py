"""The advocate's private message: one question at a time, redrawn in place as answers come."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.card import verdict_words
from bot.views.letter import UNDECIDED, still_true
from bot.views.pen import Pen
from bot.views.progress import count_progress, minutes_for
from bot.views.proposal import is_folded, proposal_in_short
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.views.unsure import draw_unsure
from bot.views.why import why_words
from bot.views.wire import MIND, choice, press
from bot.wording import Said, Wording, spoken
from seat.facts import STANCES, Question, Review, Size, State
from seat.review import could_be_said_back, is_said_back
from seat.seating import Way
from seat.thread.asked import AskedMind, AskedStance, next_question, whats_asked

MOST_TAPS = 5
"""Of buttons in a row; more choices are a list."""


def draw_seat(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    if review.state is State.WITHDRAWN:
        return _said(
            review,
            pen,
            pen.say("seat.withdrawn", proposer=pen.name(review.withdrawn_by or review.proposer)),
        )
    if scene.reader and scene.reader != review.advocate:
        return _passed_on(review, pen)
    if review.decision and review.state in (State.DECIDED, State.CLOSED):
        verdict = verdict_words(review, review.decision, pen)
        heard = review.statement is not None
        return _said(review, pen, pen.say("seat.decided", verdict=verdict, heard=heard))
    names_ = {"name": pen.name(review.advocate), "decider": pen.name(review.decider)}
    if review.state is State.HEARD:
        sat_down = review.seated_at and review.heard_at and review.seated_at > review.heard_at
        line = pen.say("seat.heard_before" if sat_down else "seat.heard", **names_)
        return _said(review, pen, line, body=_why_now(review, pen))
    if is_said_back(review):
        waits = pen.say("seat.complete", by=review.confirm_by, **names_)
        body = [*statement_lines(review, pen), *_why_now(review, pen)]
        return _said(review, pen, waits, _confirming(review, pen), body=body)
    return _asking(review, pen)


def _why_now(review: Review, pen: Pen) -> list[Said]:
    """To who sits there for somebody who has left: why, where nothing is asked that says so."""
    if review.seating is None or review.seating.way is not Way.AFTER_LEAVING:
        return []
    return [pen.say("seat.why", why=why_words(review, pen))]


def _passed_on(review: Review, pen: Pen) -> Drawn:
    """`scene.args["take_back_until"]`: for who can still have it back."""
    advocate = pen.name(review.advocate) if review.advocate else ""
    line = pen.say("seat.passed_on", advocate=advocate)
    until = pen.scene.args.get("take_back_until")
    if until is None or review.state not in UNDECIDED:
        return _said(review, pen, line)
    body = [pen.say("seat.take_back", until=until)]
    return _said(review, pen, line, [pen.button(names.TAKE_BACK, review)], body=body)


def _confirming(review: Review, pen: Pen) -> list[InteractiveElement]:
    return [
        pen.button(names.CONFIRM_HEARD, review, review.said_back_version, style="primary"),
        pen.button(names.ANSWER_FORM, review, label=pen.plain("buttons.fix")),
        pen.button(names.OBJECT, review),
    ]


def _said(
    review: Review,
    pen: Pen,
    line: Said,
    row: Sequence[InteractiveElement] = (),
    *,
    body: Sequence[Said] = (),
) -> Drawn:
    lines = [line, _proposal(review, pen)]
    drawn = [*blocks.sections(lines), *blocks.sections(body), *blocks.actions(row)]
    return blocks.message(spoken("\n".join([*lines, *body])), drawn)


def _proposal(review: Review, pen: Pen) -> Said:
    return pen.say(
        "seat.proposal",
        title=review.title,
        proposer=pen.name(review.proposer),
        channel=pen.scene.channel_name,
    )


def _asking(review: Review, pen: Pen) -> Drawn:
    question = next_question(review)
    lines = [
        pen.say(
            "seat.title",
            name=pen.name(review.advocate),
            minutes=minutes_for(review),
            due=review.answers_due_at,
        ),
        _proposal(review, pen),
        pen.say("seat.told", told=review.told_to_her),
        *proposal_in_short(review, pen),
    ]
    if review.persona:
        lines.append(pen.say("seat.persona", persona=review.persona))
    asked, taps = _asked(review, question, pen)
    text = [
        pen.say(
            "seat.text",
            name=pen.name(review.advocate),
            title=review.title,
            proposer=pen.name(review.proposer),
            due=review.answers_due_at,
        ),
        pen.say("seat.text_told", told=review.told_to_her),
        *asked[:1],
    ]
    why = why_words(review, pen) if review.seating else ""
    drawn: list[Block] = [
        *blocks.sections(lines),
        *draw_unsure(review, pen),
        *blocks.sections(asked),
        *blocks.actions(taps),
        *blocks.actions(_row(review, question, pen)),
        blocks.context(pen.say("seat.help", why=why, channel=pen.scene.channel_name)),
    ]
    number = question.number if question else None
    return blocks.message("\n".join(text), drawn, shown_number=number)


def _asked(
    review: Review, question: Question | None, pen: Pen
) -> tuple[list[Said], list[InteractiveElement]]:
    """What is asked now, and the taps that answer it."""
    asked = whats_asked(review)
    if isinstance(asked, AskedMind):
        titles = [o.title for o in review.objections if o.number == asked.objection_number]
        return [pen.say("seat.mind", title=title) for title in titles], []
    if isinstance(asked, AskedStance):
        return [pen.say("seat.stance")], stance_taps(review, pen)
    if question is None:
        progress = count_progress(review)
        values = {"answered": progress.answered, "questions": progress.questions}
        return [pen.say("seat.so_far", **values)], []
    lines = [
        pen.say(
            "seat.question",
            number=question.number,
            questions=len(review.questions),
            question=question.text,
        )
    ]
    if question.hint:
        lines.append(pen.say("seat.hint", hint=question.hint))
    before = review.answers.get(question.number)
    if before and before.stale and before.text:
        lines.append(pen.say("seat.before", words=before.text))
    return lines, _taps(review, question, pen)


def _taps(review: Review, question: Question, pen: Pen) -> list[InteractiveElement]:
    """Every option: a button each, or a list where they would be too many in a row."""
    choices = [(o.value, o.label) for o in question.options]
    if len(choices) <= MOST_TAPS:
        return _tap_row(review, question.number, choices, pen)
    listed = [(press(review, question.number, value), label) for value, label in choices]
    placeholder = pen.plain("buttons.choose")
    return [blocks.select(names.ANSWER_TAP, _capitals(listed), placeholder=placeholder)]


def stance_taps(review: Review, pen: Pen) -> list[InteractiveElement]:
    """Tapped like an option of the closing question, whose words the stance goes with."""
    number = review.closing.number if review.closing else 0
    return _tap_row(review, number, [(s.value, pen.stance(s)) for s in STANCES], pen)


def _tap_row(
    review: Review, number: int, choices: Iterable[tuple[str, str]], pen: Pen
) -> list[InteractiveElement]:
    return [
        pen.button(names.tap_id(place), review, number, value, label=label)
        for place, (value, label) in enumerate(_capitals(choices), start=1)
    ]


def _capitals(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, label[:1].upper() + label[1:]) for value, label in choices]


def _row(review: Review, question: Question | None, pen: Pen) -> list[InteractiveElement]:
    """Besides the choices: a way to write what is asked in words, *don't know*, the form, ⋯."""
    asked = whats_asked(review)
    row: list[InteractiveElement] = []
    if isinstance(asked, AskedMind):
        part = (MIND, asked.objection_number)
        row.append(pen.button(names.ANSWER_ONE, review, *part, style="primary"))
        row.append(pen.button(names.DONT_KNOW, review, *part))
    elif isinstance(asked, AskedStance) and review.closing is not None:
        row.append(pen.button(names.DONT_KNOW, review, review.closing.number))
    elif question is not None:
        if question.closing:
            row.append(pen.button(names.SHE_SAYS, review, style="primary"))
        elif not question.options:
            row.append(pen.button(names.ANSWER_ONE, review, question.number, style="primary"))
        row.append(pen.button(names.DONT_KNOW, review, question.number))
    row += still_true(review, pen)
    if could_be_said_back(review):
        row.append(pen.button(names.THAT_IS_ALL, review))
    return [*row, pen.button(names.ANSWER_FORM, review), _menu(review, pen)]


def _menu(review: Review, pen: Pen) -> InteractiveElement:
    """The rest. Slack takes five: of six, *Why me?* goes, which stands in the message too."""
    actions: list[str] = [names.OBJECT]
    if review.size is Size.QUICK and not review.needs_full_used:
        actions.append(names.NEEDS_FULL)
    if is_folded(review):
        actions.append(names.WHOLE_PROPOSAL)
    actions += [names.DECLINE_SEAT, names.HAND_OVER, names.WHY_ME]
    labels = [(choice(review, action), pen.plain(f"buttons.{action}")) for action in actions]
    return blocks.overflow(names.MORE, labels)
