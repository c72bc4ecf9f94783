"""Text as a database takes it: half an emoji, and the character no. 0, are no text."""

import pytest

from bot.slack.events import Posted, read_message
from bot.slack.fields import dicts_at, storable, text_at, texts_at

HALF, LATTER = "\ud83d", "\ude00"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Paying " + HALF, "Paying \ufffd"),
        (LATTER + " smiling", "\ufffd smiling"),
        (LATTER + HALF, "\ufffd\ufffd"),
        ("whole \U0001f600", "whole \U0001f600"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_what_is_no_text_is_marked_or_left_out(given: str, kept: str) -> None:
    assert storable(given) == kept
    kept.encode()
    assert text_at({"text": given}, "text") == kept
    assert texts_at({"texts": [given, 3]}, "texts") == (kept,)
    block = {"elements": [{"elements": [{"text": given, "n": 1}]}]}
    assert dicts_at({"blocks": [block]}, "blocks") == (
        {"elements": [{"elements": [{"text": kept, "n": 1}]}]},
    )


def test_a_message_with_half_an_emoji_is_read_from_its_blocks_too() -> None:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": f"Paying {HALF}"}]}
    event = {"type": "message", "channel": "C1", "user": "U1", "ts": "1.2", "thread_ts": "1.1",
             "text": f"Paying {HALF}",
             "blocks": [{"type": "rich_text", "elements": [words]}]}  # fmt: skip
    read = read_message(event, "T1")
    assert isinstance(read, Posted)
    str(read).encode()
