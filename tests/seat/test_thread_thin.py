"""Which answers say too little, and what a choice or a stance is read from."""

import pytest

from seat.facts import Answer, AnswerState, Stance
from seat.thread import is_thin, needs_why, read_option, read_stance
from tests.seat.thread_context import QUESTIONS

CHOICE, TEXT = QUESTIONS[3], QUESTIONS[2]


@pytest.mark.parametrize(
    "text",
    [
        "fine",
        "Fine.",
        "ok",
        "none",
        "nothing",
        "no",
        "No impact",
        "no impact at all",
        "no real change",
        "none that I know of",
        "it's fine",
        "It’s fine for her",
        "should be fine",
        "she won't mind",
        "not much really",
        "nothing special",
        "n/a",
        "small shops",
        "一周",
    ],
)
def test_an_answer_that_says_little_is_thin(text: str) -> None:
    assert is_thin(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$39",
        "10 days",
        "3-person shops",
        "“too dear”",
        "Kim Wu",
        "<@U9> knows",
        "https://x.test/4",
        "fine until she sees the invoice",
        "nothing changes until renewal, then everything",
        "It would surprise her",
        "小型商店每年多付一百二十美元",
    ],
)
def test_an_answer_with_something_to_stand_on_is_not_thin(text: str) -> None:
    assert not is_thin(text)


def test_only_a_written_answer_to_a_text_question_is_asked_why_and_only_once() -> None:
    assert needs_why(TEXT, Answer(3, AnswerState.GIVEN, "fine"))
    assert not needs_why(CHOICE, Answer(4, AnswerState.GIVEN, "no"))
    assert not needs_why(TEXT, Answer(3, AnswerState.GIVEN, "fine", tapped=True))
    assert not needs_why(TEXT, Answer(3, AnswerState.GIVEN, "fine", why_asked=True))
    assert not needs_why(TEXT, Answer(3, AnswerState.GIVEN, "fine", why="used to it"))
    assert not needs_why(TEXT, Answer(3, AnswerState.NOT_KNOWN, "no idea"))
    assert not needs_why(TEXT, Answer(3, AnswerState.SKIPPED, "fine"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("YES!", "yes"),
        ("y", "yes"),
        ("only", "only_if"),
        ("only_if", "only_if"),
        ("Only if they tell us first", "only_if"),
        ("only if: told first", "only_if"),
        ("yes, always", "yes"),
        ("yes but not gladly", "yes"),
        ("no, never", "no"),
        ("no she would not", "no"),
        ("no one told her", None),
        ("nobody", None),
        ("not at this price", None),
        ("maybe", None),
        ("", None),
        ("o'clock", None),
    ],
)
def test_words_choose_an_option_or_stay_free_text(text: str, value: str | None) -> None:
    option = read_option(CHOICE, text)
    assert (option.value if option else None) == value


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("would_leave", Stance.LEAVE),
        ("She'd leave", Stance.LEAVE),
        ("cancel", Stance.LEAVE),
        ("would not even notice", Stance.NOT_NOTICE),
        ("wouldnt notice", Stance.NOT_NOTICE),
        ("she'd notice", None),
        ("live with it", Stance.LIVE_WITH),
        ("can't live with it", None),
        ("she'd complain to me", Stance.COMPLAIN),
        ("wouldn't complain", None),
        ("want to leave", Stance.LEAVE),
        ("live with it, not leave", Stance.LIVE_WITH),
        ("love it", Stance.WELCOME),
        ("she would complain and complain and complain until it was gone", None),
        ("", None),
    ],
)
def test_a_stance_is_read_from_a_phrase(text: str, stance: Stance | None) -> None:
    assert read_stance(text) is stance
