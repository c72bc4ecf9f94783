"""The advocate's private message: one question at a time, redrawn in place as answers come."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.card import verdict_words
from bot.views.pen import Pen
from bot.views.progress import count_progress, minutes_for
from bot.views.say_back import statement_lines
from bot.views.scene import Drawn, Scene
from bot.views.why import why_words
from bot.views.wire import choice
from bot.wording import Said, Wording, spoken
from seat.facts import Question, Review, Size, Stance, State
from seat.review import is_complete
from seat.thread.asked import AskedMind, AskedStance, next_question, whats_asked

MOST_TAPS = 5
TAPS_BEFORE_MORE = 3


def draw_seat(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    if review.state is State.WITHDRAWN:
        return _said(
            review,
            pen,
            pen.say("seat.withdrawn", proposer=pen.name(review.withdrawn_by or review.proposer)),
        )
    if scene.reader and scene.reader != review.advocate:
        advocate = pen.name(review.advocate) if review.advocate else ""
        return _said(review, pen, pen.say("seat.passed_on", advocate=advocate))
    if review.decision and review.state in (State.DECIDED, State.CLOSED):
        verdict = verdict_words(review, review.decision, pen)
        heard = review.statement is not None
        return _said(review, pen, pen.say("seat.decided", verdict=verdict, heard=heard))
    names_ = {"name": pen.name(review.advocate), "decider": pen.name(review.decider)}
    if review.state is State.HEARD:
        return _said(review, pen, pen.say("seat.heard", **names_))
    if is_complete(review) and next_question(review) is None and not _asks_more(review):
        waits = pen.say("seat.complete", by=review.confirm_by, **names_)
        body = statement_lines(review, pen)
        return _said(review, pen, waits, _confirming(review, pen), body=body)
    return _asking(review, pen)


def _asks_more(review: Review) -> bool:
    return isinstance(whats_asked(review), AskedMind | AskedStance)


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
    return lines, _taps(review, question, pen)


def _taps(review: Review, question: Question, pen: Pen) -> list[InteractiveElement]:
    """A button an option; too many for a row: the first few, and the form for the rest."""
    shown = question.options
    if len(shown) > MOST_TAPS:
        shown = shown[:TAPS_BEFORE_MORE]
    taps = _tap_row(review, question.number, [(o.value, o.label) for o in shown], pen)
    if len(shown) < len(question.options):
        label = pen.plain("buttons.more_options")
        taps.append(pen.button(names.ANSWER_FORM, review, question.number, label=label))
    return taps


def stance_taps(review: Review, pen: Pen) -> list[InteractiveElement]:
    """Tapped like an option of the closing question, whose words the stance goes with."""
    number = review.closing.number if review.closing else 0
    return _tap_row(review, number, [(s.value, pen.stance(s)) for s in Stance], pen)


def _tap_row(
    review: Review, number: int, choices: Iterable[tuple[str, str]], pen: Pen
) -> list[InteractiveElement]:
    taps: list[InteractiveElement] = []
    for place, (value, label) in enumerate(choices, start=1):
        words = label[:1].upper() + label[1:]
        tap = pen.button(names.tap_id(place), review, number, value, label=words)
        taps.append(tap)
    return taps


def _ways_to_answer(
    review: Review, question: Question | None, pen: Pen
) -> list[InteractiveElement]:
    """What is asked in words has a way to where they are written, first."""
    form = pen.button(names.ANSWER_FORM, review)
    asked = whats_asked(review)
    label = pen.plain("buttons.answer_in_thread")
    thread = blocks.button(label, names.OPEN_THREAD, url=pen.scene.link, style="primary")
    links = [thread] if pen.scene.link else []
    if isinstance(asked, AskedMind):
        return [*links, form]
    if isinstance(asked, AskedStance) or question is None:
        return [form]
    dont_know = pen.button(names.DONT_KNOW, review, question.number)
    if question.closing:
        return [pen.button(names.SHE_SAYS, review, style="primary"), form, dont_know]
    return [*([] if question.options else links), form, dont_know]


def _row(review: Review, question: Question | None, pen: Pen) -> list[InteractiveElement]:
    row = [*_ways_to_answer(review, question, pen), pen.button(names.OBJECT, review)]
    if review.size is Size.QUICK and not review.needs_full_used:
        row.append(pen.button(names.NEEDS_FULL, review))
    if not review.accepted:
        row.append(pen.button(names.ACCEPT_SEAT, review))
    row.append(pen.button(names.DECLINE_SEAT, review))
    menu = [(a, pen.plain(f"buttons.{a}")) for a in (names.HAND_OVER, names.WHY_ME)]
    row.append(blocks.overflow(names.MORE, [(choice(review, a), label) for a, label in menu]))
    return row
