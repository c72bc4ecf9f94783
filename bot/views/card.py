"""The card in the channel: the proposal, who sits, and whom the review waits for."""

from datetime import date, datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.views import blocks, names
from bot.views.pen import Pen
from bot.views.progress import count_progress
from bot.views.scene import Drawn, Scene
from bot.views.wire import choice
from bot.wording import Said, Wording, spoken
from seat.facts import Confirmation, Decision, Mark, Review, State, Verdict
from seat.review import all_marks, is_said_back
from seat.zones import read_zone

LIVE_LABELS = "live"
UNDECIDED = (State.OPEN, State.HEARD)


def draw_card(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    lines = [
        pen.say("card.title", kind=pen.kind(review), number=review.number, title=review.title),
        pen.say("card.told", told=review.told_to_her),
        _people(review, pen),
    ]
    if review.live_since:
        lines.append(pen.say("card.live", since=review.live_since))
    lines += _state(review, pen)
    drawn: list[Block] = [*blocks.sections(lines), *blocks.actions(_buttons(review, pen))]
    return blocks.message(_text(review, pen), drawn)


def _people(review: Review, pen: Pen) -> Said:
    return pen.say(
        "card.people",
        proposer=pen.name(review.proposer),
        advocate=pen.name(review.advocate) if review.advocate else "",
        persona=review.persona,
        decider=pen.name(review.decider),
        decider_is_gone=review.decider_is_gone,
        # Once she has been heard, the line below says until when.
        decide_by=review.decide_by if review.state is State.OPEN else None,
        was=review.decide_by is not None and review.decide_by < _today(pen),
        over=review.state not in UNDECIDED,
        heard=review.statement is not None,
    )


def _state(review: Review, pen: Pen) -> list[Said]:
    if review.state in UNDECIDED:
        lines = [waiting_line(review, pen)]
    elif review.state is State.WITHDRAWN:
        lines = [withdrawn_line(review, pen)]
    else:
        lines = _decided(review, pen)
    lines += earlier_lines(review, pen)
    # That it was live before is in a line of its own above.
    told = {Mark.LIVE_BEFORE_HEARD} if review.live_since else set()
    marks = [
        pen.say(f"labels.mark_{mark}") for mark in all_marks(review.decisions) if mark not in told
    ]
    if marks:
        lines.append(pen.say("card.marks", marks=marks))
    return lines


def earlier_lines(review: Review, pen: Pen) -> list[Said]:
    """What was decided before it was open again: the last such decision, and how many more."""
    is_over = review.state not in (*UNDECIDED, State.WITHDRAWN)
    earlier = review.decisions[:-1] if is_over else review.decisions
    if not earlier:
        return []
    last = earlier[-1]
    return [
        pen.say(
            "card.earlier",
            verdict=verdict_words(review, last, pen),
            name=pen.name(last.by),
            at=last.at.date(),
            because=last.because,
            more=len(earlier) - 1,
        )
    ]


def withdrawn_line(review: Review, pen: Pen) -> Said:
    name = pen.name(review.withdrawn_by or review.proposer)
    return pen.say("card.withdrawn", name=name, because=review.withdrawn_because)


def waiting_line(review: Review, pen: Pen, *, in_short: bool = False) -> Said:
    """`Waiting for Ana, due Thu 4 Mar · 4 of 7 answered · 1 assumed, 1 not known · 1 objection`.

    `in_short`: without what the answers stand on.
    """
    progress = count_progress(review)
    parts = [_waits_for(review, pen)]
    if review.state is State.HEARD and review.confirmation is Confirmation.NO_REPLY:
        parts.append(pen.say("card.not_confirmed"))
    if review.state is State.OPEN and review.questions:
        parts.append(
            pen.say("card.progress", answered=progress.answered, questions=progress.questions)
        )
    assumed, not_known = len(progress.assumed), len(progress.not_known)
    if (assumed or not_known) and not in_short:
        parts.append(pen.say("card.grounds", assumed=assumed, not_known=not_known))
    if review.open_objections:
        parts.append(pen.say("card.objections", open=len(review.open_objections)))
    return _status(pen, parts)


def _status(pen: Pen, parts: list[Said]) -> Said:
    return pen.say("card.status", parts=parts)


def _waits_for(review: Review, pen: Pen) -> Said:
    if review.state is State.HEARD and review.decider_is_gone:
        return pen.say("card.waiting_another_decider", name=pen.name(review.decider))
    if review.state is State.HEARD:
        return _waits("decider", review.decider, review.decision_due_at, pen)
    if review.advocate is None:
        return pen.say("card.waiting_nobody")
    if is_said_back(review):
        return _waits("confirm", review.advocate, review.confirm_by, pen)
    return _waits("advocate", review.advocate, review.answers_due_at, pen)


def _waits(part: str, person: str, due: datetime | None, pen: Pen) -> Said:
    # Redrawn when something happens, and when it falls due; what it says of days holds in between.
    return pen.say(
        f"card.waiting_{part}",
        name=pen.name(person),
        was=pen.is_past(due),
        due=due.astimezone(read_zone(pen.scene.tz)).date() if due else None,
    )


def _today(pen: Pen) -> date:
    return pen.scene.now.astimezone(read_zone(pen.scene.tz)).date()


def _decided(review: Review, pen: Pen) -> list[Said]:
    decision = review.decision
    if decision is None:
        return [pen.say("card.closed")]
    key = {Verdict.STOP: "card.stopped", Verdict.DEFER: "card.deferred"}
    lines = [
        pen.say(
            key.get(decision.verdict, "card.decided"),
            verdict=verdict_words(review, decision, pen),
            name=pen.name(decision.by),
            at=decision.at.date(),
        )
    ]
    if review.statement:
        words, stance = review.statement.text, pen.stance(review.stance)
        question = review.closing.text if review.closing else ""
        lines.append(pen.say("say_back.question", question=question))
        lines.append(pen.say("card.statement", words=words, stance=stance))
    if decision.changes:
        lines.append(pen.say("card.changes", changes=decision.changes))
    lines.append(pen.say("card.because", because=decision.because))
    return lines


def verdict_words(review: Review, decision: Decision, pen: Pen) -> str:
    """What was decided; of a change already live in its own words (keep, undo)."""
    family = LIVE_LABELS if review.live_since else "verdict"
    if decision.verdict is Verdict.DEFER and decision.until:
        return pen.plain(f"labels.{family}_defer_until", until=decision.until)
    return pen.plain(f"labels.{family}_{decision.verdict}")


def _buttons(review: Review, pen: Pen) -> list[InteractiveElement]:
    buttons: list[InteractiveElement] = []
    if pen.scene.link:
        label = pen.plain("buttons.open_thread")
        buttons.append(blocks.button(label, names.OPEN_THREAD, url=pen.scene.link))
    if review.state is State.OPEN and review.advocate is None:
        buttons.append(pen.button(names.VOLUNTEER, review, style="primary"))
    if review.state is State.HEARD:
        buttons.append(pen.button(names.DECIDE, review, style="primary"))
    choices = [(choice(review, action), label) for action, label in _more(review, pen)]
    if choices:
        buttons.append(blocks.overflow(names.MORE, choices))
    return buttons


def _more(review: Review, pen: Pen) -> list[tuple[str, str]]:
    """The menu behind ⋯: what can be done now; who may is checked when pressed. Where it is full
    without it, words are taken off from `/customer-seat show`."""
    actions: list[str] = []
    if review.state in UNDECIDED:
        actions += [names.REVISE, names.WITHDRAW, names.DECIDE, names.REASSIGN]
    else:
        actions.append(names.REOPEN)
    if review.state is State.HEARD:
        actions.remove(names.DECIDE)
    choices = [(action, pen.plain(f"buttons.{action}")) for action in actions]
    if review.advocate:
        why = pen.plain("buttons.why_advocate", name=pen.name(review.advocate))
        choices.insert(0, (names.WHY_ME, why))
    if len(choices) < blocks.MOST_IN_MENU:
        choices.append((names.REDACT, pen.plain("buttons.redact")))
    return choices


def _text(review: Review, pen: Pen) -> str:
    decision = review.decision
    over = review.state not in UNDECIDED and review.state is not State.WITHDRAWN
    status = Said("")
    if review.state in UNDECIDED:
        status = spoken(waiting_line(review, pen))
    elif review.state is State.WITHDRAWN:
        status = spoken(withdrawn_line(review, pen))
    elif decision:
        status = pen.say(
            "card.text_decided",
            verdict=verdict_words(review, decision, pen),
            name=pen.name(decision.by),
            at=decision.at.date(),
        )
    parts = [
        pen.say(
            "card.text",
            kind=pen.kind(review),
            number=review.number,
            title=review.title,
            proposer="" if over else pen.name(review.proposer),
            status=status,
        )
    ]
    if over and decision:
        parts.append(pen.say("card.text_because", because=decision.because))
        if decision.changes:
            parts.append(pen.say("card.text_changes", changes=decision.changes))
    parts += earlier_lines(review, pen)
    if review.live_since:
        parts.append(pen.say("card.text_live", since=review.live_since))
    if over and review.statement:
        words, stance = review.statement.text, pen.stance(review.stance)
        question = review.closing.text if review.closing else ""
        parts.append(pen.say("card.text_statement", question=question, words=words, stance=stance))
    elif not over:
        parts.append(pen.say("card.text_told", told=review.told_to_her))
    return "\n".join(parts)
