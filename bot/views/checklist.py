"""The checklist in the thread: a tick a question, the one asked now, the answers in short."""

from bot.views import blocks
from bot.views.card import verdict_words
from bot.views.pen import Pen
from bot.views.progress import count_progress, ground_of, option_label
from bot.views.scene import Drawn, Scene
from bot.wording import Said, Wording, spoken
from seat.facts import STANCES, Answer, AnswerState, Question, Review, State
from seat.review import could_be_said_back, is_complete
from seat.thread.asked import (
    Asked,
    AskedMind,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    is_waiting,
    next_question,
    whats_asked,
)
from seat.thread.words import fold


def draw_checklist(review: Review, scene: Scene, wording: Wording) -> Drawn:
    pen = Pen(wording, scene)
    asked = whats_asked(review)
    number = _shown_number(review, asked)
    lines = [_title(review, pen)]
    lines += [question_line(review, q, pen, asked=number) for q in review.questions]
    lines += _also_asked(review, asked, pen)
    closing = _closing(review, pen)
    text = [lines[0], *_asked_in_words(review, number, pen), closing]
    # Fifty blocks hold some hundred thousand letters: no checklist fills them.
    return blocks.message(
        spoken("\n".join(text)),
        [*blocks.sections(lines), blocks.context(closing)],
        shown_number=number,
    )


def question_line(review: Review, question: Question, pen: Pen, *, asked: int | None) -> Said:
    """One question as it stands, its answer in short."""
    answer = review.answers.get(question.number)
    if question.number == asked:
        return pen.say(
            "checklist.asked",
            number=question.number,
            question=question.text,
            hint=question.hint,
            again=answer is not None and answer.stale,
            revised=answer is not None and review.was_revised_since(answer),
        )
    if answer is None or answer.state is AnswerState.RETRACTED:
        return pen.say(
            "checklist.to_come",
            number=question.number,
            question=question.text,
            closing=question.closing,
        )
    if is_waiting(answer):
        revised = review.was_revised_since(answer)
        return pen.say(
            "checklist.again", number=question.number, question=question.text, revised=revised
        )
    return answer_line(review, question, answer, pen)


def answer_line(review: Review, question: Question, answer: Answer, pen: Pen) -> Said:
    """A settled answer in one line."""
    number, short = question.number, question.short or question.text
    if answer.state is AnswerState.NOT_KNOWN:
        return pen.say("checklist.not_known", number=number, question=question.text)
    if answer.state is AnswerState.SKIPPED:
        return pen.say("checklist.skipped", number=number, short=short, words=answer.text)
    label = option_label(question, answer)
    ground = ground_of(question, answer)
    evidence = Said("")
    if not question.moment and not question.closing:
        evidence = Said(pen.say(f"labels.evidence_{answer.evidence}"))
    if label:
        said = "" if fold(answer.text) == fold(label) else answer.text
        words = " – ".join(part for part in (said, answer.why) if part)
        shown = evidence if ground != "known" and words else ""
        return pen.say(
            "checklist.chosen", number=number, short=short, label=label, words=words, evidence=shown
        )
    words = " – ".join(part for part in (answer.text, answer.why) if part)
    if question.closing:
        return pen.say(
            "checklist.statement",
            number=number,
            question=question.text,
            words=words,
            stance=pen.stance(review.stance),
        )
    return pen.say("checklist.given", number=number, short=short, words=words, evidence=evidence)


def _title(review: Review, pen: Pen) -> Said:
    progress = count_progress(review)
    key = "checklist.title" if review.advocate else "checklist.title_nobody"
    over = review.state not in (State.OPEN, State.HEARD)
    values = {"advocate": pen.name(review.advocate)} if review.advocate else {"over": over}
    return pen.say(key, answered=progress.answered, questions=progress.questions, **values)


def _shown_number(review: Review, asked: Asked) -> int | None:
    """The question shown as asked now. A pending "why?" is private: the next one shows here."""
    if isinstance(asked, AskedQuestion):
        return asked.number
    if isinstance(asked, AskedWhy):
        question = next_question(review)
        return question.number if question else None
    return None


def _also_asked(review: Review, asked: Asked, pen: Pen) -> list[Said]:
    if isinstance(asked, AskedMind):
        titles = [o.title for o in review.objections if o.number == asked.objection_number]
        return [pen.say("checklist.mind", title=title) for title in titles]
    if isinstance(asked, AskedStance):
        return [pen.say("checklist.stance", stances=[pen.stance(s) for s in STANCES])]
    return []


def _asked_in_words(review: Review, number: int | None, pen: Pen) -> list[Said]:
    question = review.question(number) if number else None
    if question is None:
        return []
    return [pen.say("checklist.text_now", number=number, question=question.text)]


def _closing(review: Review, pen: Pen) -> Said:
    if review.state not in (State.OPEN, State.HEARD):
        if review.decision is None or review.state is State.WITHDRAWN:
            return pen.say("checklist.over")
        verdict = verdict_words(review, review.decision, pen)
        return pen.say("checklist.decided", verdict=verdict)
    left = next_question(review) is not None
    if review.state is State.HEARD:
        return pen.say("checklist.heard", decider=pen.name(review.decider), left=left)
    if review.advocate is None:
        return pen.say("checklist.how_nobody")
    if could_be_said_back(review):
        return pen.say("checklist.rest", advocate=pen.name(review.advocate))
    if is_complete(review):
        return pen.say("checklist.complete", advocate=pen.name(review.advocate), left=left)
    return pen.say("checklist.how", advocate=pen.name(review.advocate))
