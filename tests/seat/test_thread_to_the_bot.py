"""A greeting and a mention are words to the bot; an answer that begins like one is none."""

import pytest

from seat.thread import is_greeting, is_mentioned


@pytest.mark.parametrize(
    "text",
    ["hello", "Hello!", "hi", "Hey there", "hi, bot", "good morning", "Hallo", "¡Hola!", "你好",
     "hello :wave:", "  hey  "],
)  # fmt: skip
def test_greetings(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text",
    ["hello page of the site", "Hi-res export", "hey, she cannot find it", "higher prices", "high",
     "no", "", "She says hello", "good", "good morning mails stop"],
)  # fmt: skip
def test_no_greetings(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("<@U0BOT>", True),
        ("<@U0BOT> what is this", True),
        ("ask <@U0BOT|seat> about it", True),
        ("<@U0BOT2> hello", False),
        ("&lt;@U0BOT&gt;", False),
        ("U0BOT", False),
    ],
)
def test_mentions(text: str, mentioned: bool) -> None:
    assert is_mentioned(text, "U0BOT") is mentioned


def test_an_unknown_bot_is_mentioned_by_nobody() -> None:
    assert not is_mentioned("<@>", "")
