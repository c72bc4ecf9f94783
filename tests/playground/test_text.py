"""What the composer makes of typed words, and what readers see of blocks."""

from typing import Any

import pytest

from playground.text.compose import compose
from playground.text.escape import escape, escape_around_markup, unescape
from playground.text.plain import plain_blocks, plain_mrkdwn
from playground.text.typed import Known, link_addresses, link_all, link_names


def composed(typed: str, *, phone: bool = True) -> tuple[str, list[dict[str, Any]]]:
    made = compose(typed, as_list=phone, block_id="b1")
    return made.text, made.blocks[0]["elements"] if made.blocks else []


def test_a_phone_makes_a_list_with_an_offset_of_a_number() -> None:
    text, elements = composed("3. About a week\n4. Two logins")
    assert text == "3. About a week\n4. Two logins"
    assert [(e["type"], e["style"], e["offset"]) for e in elements] == [
        ("rich_text_list", "ordered", 2)
    ]
    assert len(elements[0]["elements"]) == 2


def test_a_list_from_one_has_no_offset_and_a_gap_starts_another() -> None:
    _, elements = composed("1. one\n2. two\n5. five")
    assert [e.get("offset") for e in elements] == [None, 4]


def test_without_conversion_a_number_stays_a_number() -> None:
    text, elements = composed("3. About a week", phone=False)
    assert text == "3. About a week"
    assert elements == [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "3. About a week"}]}
    ]


@pytest.mark.parametrize(
    "typed", ["3 customers told me", "9:30 she calls", "10 % is too much", "3.5 days"]
)
def test_not_every_number_is_a_list(typed: str) -> None:
    _, elements = composed(typed)
    assert elements[0]["type"] == "rich_text_section"


def test_bullets_quotes_and_code_are_elements_of_their_own() -> None:
    text, elements = composed("Look:\n- one\n- two\n> she said\n```\nx < y\n```")
    assert [e["type"] for e in elements] == [
        "rich_text_section",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_preformatted",
    ]
    assert text == "Look:\n• one\n• two\n&gt; she said\n```x &lt; y```"
    assert elements[0]["elements"][-1]["text"] == "Look:\n"


def test_mentions_emoji_links_and_styles_are_elements_of_a_section() -> None:
    typed = "Ask <@U123> in <#C123> :tada: at https://x.invalid/a?b=1&c=2. *bold* _it_ ~no~ `code`"
    text, elements = composed(typed)
    kinds = [item["type"] for item in elements[0]["elements"]]
    assert kinds.count("user") == kinds.count("channel") == kinds.count("emoji") == 1
    link = next(i for i in elements[0]["elements"] if i["type"] == "link")
    assert link["url"] == "https://x.invalid/a?b=1&c=2"
    styles = [next(iter(i["style"])) for i in elements[0]["elements"] if "style" in i]
    assert styles == ["bold", "italic", "strike", "code"]
    assert "<https://x.invalid/a?b=1&amp;c=2>." in text


def test_paragraphs_stay_in_one_section() -> None:
    text, elements = composed("one\n\ntwo")
    assert text == "one\n\ntwo"
    assert elements[0]["elements"] == [{"type": "text", "text": "one\n\ntwo"}]


def test_words_are_escaped_in_text_and_by_switch_in_rich_text() -> None:
    for escaped, inner in ((True, "a &amp; &lt;b&gt;"), (False, "a & <b>")):
        made = compose("a & <b>", as_list=False, block_id="b", escaped=escaped)
        assert made.text == "a &amp; &lt;b&gt;"
        assert made.blocks[0]["elements"][0]["elements"][0]["text"] == inner


def test_nothing_typed_has_no_blocks() -> None:
    assert composed("") == ("", [])


def test_escapes_go_both_ways_and_markup_is_left_alone() -> None:
    assert unescape(escape("&amp; <b>")) == "&amp; <b>"
    assert escape_around_markup("<@U1> & <!channel> <x> <https://a.invalid|b>") == (
        "<@U1> &amp; <!channel> &lt;x&gt; <https://a.invalid|b>"
    )


def test_readers_see_labels_in_place_of_links_and_dates() -> None:
    assert plain_mrkdwn(
        "<https://x.invalid|Open> by <!date^1^{date}|12 Mar> &amp; <#C1|pricing>"
    ) == ("Open by 12 Mar & #pricing")


def test_readers_see_every_block() -> None:
    def words(text: str) -> dict[str, Any]:
        return {"type": "plain_text", "text": text}

    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": words("Head")},
        {"type": "section", "text": words("Body"), "fields": [words("F1"), words("F2")]},
        {"type": "context", "elements": [words("C1"), words("C2")]},
        {"type": "actions", "elements": [{"type": "button", "text": words("Press")}]},
        {"type": "input", "label": words("Label"), "hint": words("Hint"), "element": {"type": "x"}},
        compose("2. item", as_list=True, block_id="b").blocks[0],
    ]
    seen = plain_blocks(blocks).split("\n")
    assert seen == ["Head", "Body", "F1", "F2", "C1 C2", "Press", "Label", "Hint", "2. item"]


KNOWN = Known(channels={"general": "C1"}, people={"ana": "U1"})


@pytest.mark.parametrize(
    ("sent", "linked"),
    [
        ("@here look", "<!here> look"),
        ("(@channel)", "(<!channel>)"),
        ("@hereby me@here @heres", "@hereby me@here @heres"),
        ("in #general, #nowhere", "in <#C1|general>, #nowhere"),
        ("issue &#38; a#general", "issue &#38; a#general"),
        ("at https://x.invalid/a.", "at <https://x.invalid/a>."),
        ("<https://x.invalid/#general|see #general>", "<https://x.invalid/#general|see #general>"),
        ("https://x.invalid/@here", "<https://x.invalid/@here>"),
        ("`@here` and ```#general```", "`@here` and ```#general```"),
        ("@ana", "@ana"),
    ],
)
def test_what_slack_links_in_letters(sent: str, linked: str) -> None:
    assert link_all(sent, KNOWN) == linked


def test_names_are_linked_when_asked_for() -> None:
    assert link_names("@ana in #general at https://x.invalid", KNOWN) == (
        "<@U1> in <#C1|general> at https://x.invalid"
    )
    assert link_addresses("@here in #general at https://x.invalid") == (
        "@here in #general at <https://x.invalid>"
    )
