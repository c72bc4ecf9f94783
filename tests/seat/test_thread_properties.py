"""Whatever is typed: nothing fails, nothing refers to what the review does not have."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.facts import Review, Stance
from seat.thread import (
    AskReplace,
    GiveMind,
    NotUnderstood,
    Talk,
    Unclear,
    is_thin,
    parse,
    read_lines,
    read_option,
    read_stance,
    whats_meant,
)
from tests.seat.thread_context import (
    AT_2,
    AT_5,
    AT_7,
    FRESH,
    MIND,
    NOON,
    NUMBERS,
    QUESTIONS,
    STANCE,
    TS,
    WHY,
)

REVIEWS = (FRESH, AT_2, AT_5, AT_7, MIND, STANCE, WHY, replace(STANCE, stance=Stance.LEAVE))
SHORT = replace(FRESH, questions=QUESTIONS[:2])
BITS = st.sampled_from(
    [
        "3. ",
        "12. ",
        "Q2: ",
        "#9 ",
        "0) ",
        "skip ",
        "skip 3: ",
        "object: ",
        "she says: ",
        "note: ",
        "don't know",
        "? ",
        "(said)",
        "· measured",
        "\n",
        "> ",
        "```",
        "`",
        "a week ",
        "ok",
        "<@U9> ",
        "&amp;",
        "&lt;",
        "：",
        "— ",
        "“",
        ":tada:",
        "would leave",
        "only if ",
        "yes",
        "１. ",
    ]
)
TYPED = st.one_of(st.text(), st.lists(BITS, max_size=12).map("".join))
LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
TYPES = st.sampled_from(
    [
        "rich_text",
        "rich_text_section",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_preformatted",
        "text",
        "emoji",
        "user",
        "link",
        "date",
    ]
)
BLOCK = st.recursive(
    st.dictionaries(st.sampled_from(["type", "text", "url", "style", "offset", "indent"]), LEAF),
    lambda inner: st.fixed_dictionaries(
        {"type": TYPES, "elements": st.lists(inner, max_size=3) | LEAF},
        optional={"style": st.just("ordered") | LEAF, "offset": LEAF, "text": LEAF},
    ),
    max_leaves=8,
)


@given(TYPED, st.sampled_from([*REVIEWS, SHORT]), st.integers(-90, 90))
def test_no_text_fails_and_no_binding_refers_to_what_is_not_there(
    text: str, review: Review, seconds: int
) -> None:
    at = NOON + timedelta(seconds=seconds)
    bindings = whats_meant(None, text, review, at, TS)
    assert bindings
    for binding in bindings:
        if isinstance(binding, NotUnderstood) and binding.reason is Unclear.NO_SUCH_QUESTION:
            assert binding.number is not None
            assert review.question(binding.number) is None
            continue
        if isinstance(binding, GiveMind):
            assert binding.objection_number in {o.number for o in review.objections}
        number = getattr(binding, "number", None)
        assert number is None or review.question(number) is not None
        if isinstance(binding, AskReplace):
            assert binding.instead.number == binding.number
            assert binding.number in review.answers


@given(st.lists(BLOCK, max_size=3), TYPED)
def test_no_shape_of_blocks_fails(blocks: list[dict[str, object]], text: str) -> None:
    for paragraph in read_lines(blocks, text).paragraphs:
        assert "\n" not in paragraph.text


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_escaping_as_slack_does_and_reading_back_gives_the_same_words(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": escaped}]}
    blocks = [{"type": "rich_text", "elements": [section]}]
    assert [p.text for p in read_lines(blocks, "").paragraphs] == [words]


@given(TYPED)
def test_a_parse_is_the_same_for_blocks_and_text_of_one_plain_line(text: str) -> None:
    line = " ".join(text.replace("`", "").replace(">", "").split()).lstrip("&gt; ").strip()
    if "<" in line or "&" in line or not line:
        return
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": line}]}
    blocks = [{"type": "rich_text", "elements": [section]}]
    assert parse(read_lines(blocks, ""), NUMBERS) == parse(read_lines(None, line), NUMBERS)


@given(TYPED)
def test_talk_and_pieces_are_the_only_outcomes(text: str) -> None:
    outcome = parse(read_lines(None, text), NUMBERS)
    assert isinstance(outcome, Talk) or len(outcome) > 0


@given(TYPED)
def test_reading_a_stance_an_option_or_thinness_never_fails(text: str) -> None:
    read_stance(text)
    is_thin(text)
    for question in QUESTIONS:
        assert read_option(question, text) in (None, *question.options)


@pytest.mark.parametrize(
    "bit", [" ", "\n", "-", "(", ":a", "<", "3. a\n", "> ", "`", "a ", "don't "]
)
def test_the_longest_message_slack_lets_through_is_read_quickly(bit: str) -> None:
    started = process_time()
    whats_meant(None, bit * (40_000 // len(bit)) + "x", AT_2, NOON, TS)
    assert process_time() - started < 2
