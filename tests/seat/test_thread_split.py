"""Slack's rich text, as phones and desktops send it, becomes the lines that were typed."""

from typing import Any

import pytest

from seat.thread import AnswerTo, Kind, Talk, parse, read_lines
from tests.seat.thread_context import NUMBERS

Block = dict[str, Any]


def rich(*parts: Block) -> list[Block]:
    return [{"type": "rich_text", "block_id": "b", "elements": list(parts)}]


def words(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def section(*elements: Block | str) -> Block:
    rows = [words(e) if isinstance(e, str) else e for e in elements]
    return {"type": "rich_text_section", "elements": rows}


def quote(text: str) -> Block:
    return {"type": "rich_text_quote", "elements": [words(text)]}


def code(text: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": [words(text)], "border": 0}


def listing(*items: str, style: str = "ordered", indent: int = 0, offset: int = 0) -> Block:
    rows = [section(item) for item in items]
    shape = {"style": style, "indent": indent, "offset": offset, "border": 0}
    return {"type": "rich_text_list", "elements": rows, **shape}


def lines(blocks: list[Block], text: str = "") -> list[str]:
    return [p.line for p in read_lines(blocks, text).paragraphs]


ROWS: list[tuple[list[Block], list[str]]] = [
    (rich(section("About a week")), ["About a week"]),
    (rich(section("one\n", "two\n")), ["one", "two"]),
    (rich(listing("about a week", offset=2)), ["3. about a week"]),
    (rich(listing("a week", "a month", offset=2)), ["3. a week", "4. a month"]),
    (rich(section("So:\n"), listing("a", "b", style="bullet")), ["So:", "- a", "- b"]),
    (
        rich(listing("a"), listing("sub", indent=1), listing("b", offset=1)),
        ["1. a", "  1. sub", "2. b"],
    ),
    (rich(listing("a week\nor two", offset=2)), ["3. a week", "or two"]),
    (rich(quote("What is it?\nReally?"), section("Yes")), ["> What is it?", "> Really?", "Yes"]),
    (rich(section("R&amp;D: &lt;1 &gt;")), ["R&D: <1 >"]),
    (rich(section("typed &amp;lt;")), ["typed &lt;"]),
    (rich(section("3.\u00a0About\u200b a week")), ["3. About a week"]),
    (rich(section("great ", {"type": "emoji", "name": "tada"})), ["great :tada:"]),
    (
        rich(section({"type": "link", "url": "https://x.test/1", "text": "ticket"})),
        ["ticket (https://x.test/1)"],
    ),
    (rich(section({"type": "link", "url": "http://x.test", "text": "x.test"})), ["x.test"]),
    (rich(section("ask ", {"type": "user", "user_id": "U9"})), ["ask <@U9>"]),
    (rich(section({"type": "date", "timestamp": 1, "fallback": "1 June"})), ["1 June"]),
]


@pytest.mark.parametrize(("blocks", "typed"), ROWS)
def test_rich_text_reads_as_it_was_typed(blocks: list[Block], typed: list[str]) -> None:
    assert lines(blocks) == typed


def test_blocks_win_over_text_and_text_serves_without_them() -> None:
    assert lines(rich(listing("a week", offset=2)), "a week") == ["3. a week"]
    assert lines([], "3. a week") == ["3. a week"]
    assert lines([{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}], "y") == ["y"]


def test_text_markup_reads_as_words() -> None:
    raw = "see <https://x.test/?a=1&amp;b=2|the ticket> in <#C1|pricing>, <!here>, <@U9|ben>"
    assert lines([], raw) == ["see the ticket (https://x.test/?a=1&b=2) in #pricing, @here, <@U9>"]


def test_a_typed_angle_bracket_is_not_a_mention() -> None:
    assert isinstance(parse(read_lines(None, "&lt;@U9&gt; is what she sees"), NUMBERS), tuple)


def test_a_phone_list_with_an_offset_names_its_question() -> None:
    typed = read_lines(rich(listing("about a week", offset=2)), "about a week")
    assert parse(typed, NUMBERS) == (AnswerTo(3, "about a week"),)


def test_a_phone_list_may_open_with_a_figure_since_its_number_is_certain() -> None:
    typed = read_lines(rich(listing("10 days", offset=2)), "10 days")
    assert parse(typed, NUMBERS) == (AnswerTo(3, "10 days"),)


def test_a_nested_list_belongs_to_its_answer() -> None:
    blocks = rich(listing("Steps", offset=2), listing("log in", "wait", indent=1))
    assert parse(read_lines(blocks, ""), NUMBERS) == (AnswerTo(3, "Steps\n  1. log in\n  2. wait"),)


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        (rich(quote("From 1 June you pay more")), "quote"),
        (rich(code("SELECT 1")), "quote"),
        (rich(section(words("SELECT 1", code=True))), "quote"),
        (rich(quote("a"), code("b")), "quote"),
        (rich(section({"type": "user", "user_id": "U9"}, " 3. about a week")), "mention"),
        (rich(section(" ", {"type": "usergroup", "usergroup_id": "S1"}, " look")), "mention"),
        (rich(section({"type": "broadcast", "range": "here"}, " look")), "mention"),
        (rich(quote("a"), section("\n", {"type": "user", "user_id": "U9"})), "mention"),
        (rich(section({"type": "emoji", "name": "tada"}, " ")), "emoji"),
        (rich(section("  ")), "empty"),
    ],
)
def test_what_is_said_to_people_is_talk(blocks: list[Block], reason: str) -> None:
    assert parse(read_lines(blocks, ""), NUMBERS) == Talk(reason)


def test_quotes_and_code_beside_words_are_kept_with_them_and_apart() -> None:
    typed = read_lines(rich(section("She wrote:"), quote("I was told $39"), code("t=4")), "")
    assert [p.kind for p in typed.paragraphs] == [Kind.PLAIN, Kind.QUOTE, Kind.CODE]
    assert parse(typed, NUMBERS) == (AnswerTo(None, "She wrote:\n> I was told $39\nt=4"),)


@pytest.mark.parametrize(
    "broken",
    [
        [{}],
        [{"type": "rich_text"}],
        [{"type": "rich_text", "elements": None}],
        [{"type": "rich_text", "elements": ["x", None, {"type": "rich_text_list"}]}],
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": 5}]}),
        rich({"type": "rich_text_list", "style": "ordered", "offset": "2", "elements": [{}]}),
    ],
)
def test_blocks_of_an_unknown_shape_fall_back_to_text(broken: list[Block]) -> None:
    assert lines(broken, "the words")[-1] in ("the words", "1. ")
