"""Two halves of one thought stay together; a quick advocate's next answer is not swallowed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from seat.facts import Answer, AnswerState, LastTaken, Objection, Review, Stance
from seat.thread import (
    AskedMind,
    AskedNothing,
    AskedQuestion,
    AskedStance,
    AskedWhy,
    AskReplace,
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveStance,
    GiveWhy,
    NewObjection,
    Nothing,
    NotKnown,
    NotUnderstood,
    SkipIt,
    Statement,
    Unclear,
    whats_asked,
    whats_last_taken,
    whats_meant,
)
from tests.seat.thread_context import AT_4, MIND, NOON, NUMBERS, STANCE, TS, WHY, answered, given

JUST_GAVE_3 = replace(AT_4, last_taken=LastTaken(3, NOON - timedelta(seconds=1)))
NOT_DRAWN = replace(JUST_GAVE_3, asked_at=None)
OLD_DRAWING = replace(JUST_GAVE_3, asked_number=3)
ALL_GIVEN = replace(STANCE, stance=Stance.LEAVE, last_taken=LastTaken(6, NOON))
STATED = replace(STANCE, last_taken=LastTaken(7, NOON))


def take(review: Review, text: str, at: datetime) -> Binding:
    (only,) = whats_meant(None, text, review, at, TS)
    return only


@pytest.mark.parametrize("text", ["She never sees it", "and she never sees it", "no"])
@pytest.mark.parametrize(
    ("review", "seconds"),
    [(JUST_GAVE_3, -0.5), (JUST_GAVE_3, 0), (JUST_GAVE_3, 5), (NOT_DRAWN, 300), (OLD_DRAWING, 90)],
)
def test_words_sent_before_the_next_question_could_be_read_continue(
    review: Review, seconds: float, text: str
) -> None:
    assert take(review, text, NOON + timedelta(seconds=seconds)) == Continue(3, text)


@pytest.mark.parametrize(
    ("text", "continues"),
    [
        ("and she has no card", True),
        ("And she has no card", True),
        ("because she pays yearly", True),
        ("… but only at renewal", True),
        ("...but only at renewal", True),
        ("+ the training", True),
        ("- the training", True),
        ("(two of them)", True),
        ("especially the small ones", True),
        ("if she pays monthly", True),
        ("If she pays monthly", False),
        ("Andrea would stay", False),
        ("I'd stay, and pay", False),
        ("-20 % and I would stay", False),
        ("Soon", False),
    ],
)
@pytest.mark.parametrize("seconds", [6, 60])
def test_within_a_minute_only_what_opens_like_more_continues(
    text: str, continues: bool, seconds: int
) -> None:
    taken = take(JUST_GAVE_3, text, NOON + timedelta(seconds=seconds))
    assert taken == (Continue(3, text) if continues else Give(4, text))


def test_after_a_minute_everything_answers_what_is_asked() -> None:
    text = "and she has no card"
    assert take(JUST_GAVE_3, text, NOON + timedelta(seconds=61)) == Give(4, text)


def test_a_number_is_never_continued() -> None:
    assert take(NOT_DRAWN, "4. no", NOON) == Give(4, "no", None, "no")


def test_a_quick_advocate_answers_five_questions_in_a_minute() -> None:
    review, at, texts = answered(asked=1), NOON, ["At the till", "Forty", "Shops", "Hm", "A month"]
    for number, text in enumerate(texts, 1):
        at += timedelta(seconds=10)
        taken = take(review, text, at)
        assert taken == Give(number, text)
        answers = {**review.answers, number: given(number, text)}
        last = whats_last_taken([taken], review, at)
        drawn = at + timedelta(seconds=1)
        review = replace(
            review, answers=answers, last_taken=last, asked_number=number + 1, asked_at=drawn
        )


@pytest.mark.parametrize("state", [AnswerState.SKIPPED, AnswerState.NOT_KNOWN])
def test_a_skip_or_not_known_is_not_continued(state: AnswerState) -> None:
    answers = {**AT_4.answers, 3: Answer(3, state)}
    assert take(replace(NOT_DRAWN, answers=answers), "no", NOON) == Give(4, "no", None, "no")


def test_with_nothing_left_to_ask_more_words_continue_for_a_moment() -> None:
    assert take(ALL_GIVEN, "Ben has a list", NOON + timedelta(seconds=4)) == Continue(
        6, "Ben has a list"
    )
    assert take(ALL_GIVEN, "and Kim too", NOON + timedelta(seconds=40)) == Continue(
        6, "and Kim too"
    )
    assert take(ALL_GIVEN, "Kim has one", NOON + timedelta(seconds=40)) == Nothing()


def test_a_statement_goes_on_until_a_stance_is_named() -> None:
    soon = NOON + timedelta(seconds=3)
    assert take(STATED, "I trusted you", soon) == Continue(7, "I trusted you")
    assert take(STATED, "would complain", soon) == GiveStance(Stance.COMPLAIN)
    late = take(STATED, "I trusted you", NOON + timedelta(seconds=30))
    assert late == NotUnderstood(Unclear.STANCE)


def test_a_why_takes_words_at_once_and_lapses_with_anything_else() -> None:
    assert take(WHY, "nobody reads it", NOON) == GiveWhy(3, "nobody reads it")
    for binding in (
        Give(5, "A month"),
        SkipIt(5, "no data"),
        NotKnown(5),
        NewObjection("promised"),
        GiveWhy(3, ""),
    ):
        last = whats_last_taken([binding], WHY, NOON)
        assert whats_asked(replace(WHY, last_taken=last)) == AskedQuestion(4)
    for binding in (Nothing(), NotUnderstood(Unclear.SKIP_NEEDS_REASON, 5)):
        assert whats_last_taken([binding], WHY, NOON) == WHY.last_taken


def test_asking_whether_to_replace_ends_the_continuing() -> None:
    assert whats_last_taken([AskReplace(3, NotKnown(3))], WHY, NOON) is None
    assert whats_last_taken([Statement(7, "I'd leave")], WHY, NOON) == LastTaken(7, NOON)


def test_what_is_asked_comes_in_the_order_why_mind_stance_question_nothing() -> None:
    objections = (Objection(11, 1, "a"), Objection(12, 2, "b"))
    every = replace(
        STANCE,
        objections=objections,
        answers={**STANCE.answers, 3: replace(given(3, "fine"), why_asked=True)},
        last_taken=LastTaken(3, NOON),
    )
    assert whats_asked(every) == AskedWhy(3)
    no_why = replace(every, last_taken=None)
    assert whats_asked(no_why) == AskedMind(2)
    one = replace(no_why, objections=(objections[0], replace(objections[1], mind_asked=True)))
    assert whats_asked(one) == AskedMind(1)
    assert whats_asked(replace(one, objections=())) == AskedStance()
    stanced = replace(one, objections=(), stance=Stance.LEAVE)
    assert whats_asked(stanced) == AskedNothing()
    closing = {n: given(n) for n in NUMBERS if n != 7}
    assert whats_asked(replace(stanced, answers=closing)) == AskedQuestion(7)
    retracted = replace(given(2), state=AnswerState.RETRACTED)
    again = replace(stanced, answers={**closing, 2: retracted})
    assert whats_asked(again) == AskedQuestion(2)


def test_an_edited_message_stays_with_what_it_was_taken_for() -> None:
    answers = {**AT_4.answers, 3: replace(given(3), message_ts=("1.0", TS))}
    assert take(replace(AT_4, answers=answers), "A fortnight", NOON) == Continue(3, "A fortnight")
    minded = replace(MIND, objections=(replace(MIND.objections[0], message_ts=("1.0", TS)),))
    assert take(minded, "The old price", NOON) == GiveMind(1, "The old price")
