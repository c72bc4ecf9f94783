"""Slack takes everything that is drawn, in every state and whatever people typed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views.scene import Drawn
from playground.blocks.check import find_block_troubles, find_view_troubles
from seat.facts import Review
from tests.views.drawings import draw_forms, draw_messages
from tests.views.reading import texts_in
from tests.views.refused import draw_refusals
from tests.views.reviews import ANA, NAMES, WORDING, full_of, states

LONGEST_TEXT = 4000

nasty = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            "",
            " ",
            "\0",
            "\n\n\n",
            "<!channel> <@U00SAM> <#C1> <https://evil.example|click>",
            "&&&&&&&&" * 40,
            "<" * 2999,
            "x" * 40_000,
            "🙂" * 20_000,
            "👩‍👩‍👧‍👦" * 3000,
            ":tada: :warning: *Overruled* _x_ ~y~ `z` ```code",
            "שלום עולם " * 50,
            "\u202eabc\u2066def",
            "a\r\nb\u2028c\x0bd",
            "\ud800 lone",
            "> quoted\n> again",
            "x|y>z",
            "{{ title }} {% block x %}",
        ]
    ),
)


def troubles_of(drawn: Drawn) -> list[Any]:
    assert drawn.text.strip()
    assert len(drawn.text) <= LONGEST_TEXT
    return find_block_troubles(drawn.blocks, "message")


@pytest.mark.parametrize("state", states())
def test_slack_takes_every_message_in_every_state(state: str) -> None:
    for name, drawn in draw_messages(states()[state], WORDING).items():
        assert troubles_of(drawn) == [], name


@pytest.mark.parametrize("state", states())
def test_slack_takes_every_form_in_every_state(state: str) -> None:
    for name, view in draw_forms(states()[state], WORDING).items():
        assert find_view_troubles(view) == [], name


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=nasty)
def test_whatever_people_type_is_harmless_and_fits(text: str) -> None:
    for review in (full_of(text), with_words(states()["half"], text)):
        names = dict.fromkeys(NAMES, text)
        for name, drawn in draw_messages(review, WORDING, text, readers=[ANA], names=names).items():
            assert troubles_of(drawn) == [], name
            assert_harmless([drawn.text, *texts_in(drawn.blocks, ("mrkdwn",))])
        for name, view in draw_forms(review, WORDING, text).items():
            assert find_view_troubles(view) == [], name


HOSTILE = (
    "*EVIL* _EVIL_ ~EVIL~ `EVIL` ```EVIL``` \u202eEVIL\u2066 E\u200bV\u00adI\u2060L\ufeff"
    " \u3164\u2800 a\u200db \U000e0045\U000e0056 \u061c\u200e\u200f"
    "\nEVIL LINE\r\nEVIL LINE\u2028EVIL LINE"
)
"""What people type to make our messages read otherwise. The two kinds of quote may keep lines."""
FORBIDDEN = (
    *("*EVIL*", "_EVIL_", "~EVIL~", "`EVIL`", "```"),
    *"\u202e\u2066\u200b\u00ad\ufeff\u3164\u2800\u200d\U000e0045\u061c\u200e\u200f\u2028\r",
)


def texts_shown(value: Any) -> Iterator[str]:
    """Of whatever is shown: not what stands in a field to be typed on, which is kept as typed."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("initial_value", "value", "private_metadata"):
                yield from (
                    [inner] if key == "text" and isinstance(inner, str) else texts_shown(inner)
                )
    elif isinstance(value, list):
        for inner in value:
            yield from texts_shown(inner)


def test_what_people_typed_is_flat_wherever_it_is_shown() -> None:
    """In every message, answer, list and form: the tables of drawings name them all."""
    text = HOSTILE
    found: set[str] = set()
    for review in (full_of(text), with_words(states()["half"], text)):
        named = dict.fromkeys(NAMES, text)
        messages = draw_messages(review, WORDING, text, readers=[ANA, ""], names=named)
        shown: dict[str, list[str]] = {
            name: [drawn.text, *texts_shown(drawn.blocks)] for name, drawn in messages.items()
        }
        for name, view in draw_forms(review, WORDING, text).items():
            shown[name] = [*texts_shown(view)]
        for name, texts in shown.items():
            for each in texts:
                found |= {name} if "EVIL" in each else set()
                for danger in FORBIDDEN:
                    assert danger not in each, (name, danger, each)
                for line in each.split("\n"):
                    assert not line.startswith("EVIL LINE"), (name, each)
    assert {"show", "digest", "card 0 to ", "seat 0 to U00ANA", "list, open"} & found


def with_words(review: Review, text: str) -> Review:
    answers = {n: replace(a, text=text) for n, a in review.answers.items()}
    objections = tuple(replace(o, title=text, changes_her_mind=text) for o in review.objections)
    return replace(review, title=text, told_to_her=text, answers=answers, objections=objections)


def assert_harmless(texts: list[str]) -> None:
    """Of mrkdwn: Slack reads nothing into plain_text. Our own channel is C1 where it is linked, an
    address that was typed shows itself, and one line names whom it is for."""
    for text in texts:
        text = text.removeprefix(f"<@{ANA}>, for you: ")
        for danger in ("<!channel", "<!here", "<@", "<https://evil.example|", "\0", "\ud800"):
            assert danger not in text
        assert all(link.startswith("C1|") for link in text.split("<#")[1:])
        text.encode()


@pytest.mark.parametrize("state", ["asked", "half", "heard", "decided", "full of text"])
def test_slack_is_told_to_link_nothing_by_itself(state: str) -> None:
    """Somebody's `@here` would call everyone, and each `#name` would become a link."""
    review = states()[state]
    drawn: dict[str, Any] = {n: d.blocks for n, d in draw_messages(review, WORDING).items()}
    drawn |= {n: view["blocks"] for n, view in draw_forms(review, WORDING).items()}
    drawn |= {n: d.blocks for n, d in draw_refusals(WORDING).items()}
    seen = 0
    for name, blocks in drawn.items():
        for text in objects_in(blocks, "mrkdwn"):
            seen += 1
            assert text.get("verbatim") is True, (name, text)
    assert seen > 100


@pytest.mark.parametrize("state", ["asked", "heard", "full of text"])
def test_slack_folds_no_message_by_its_height(state: str) -> None:
    for name, message in draw_messages(states()[state], WORDING).items():
        for block in objects_in(message.blocks, "section"):
            assert block.get("expand") is True, name


def objects_in(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        value = [*value.values()]
    if isinstance(value, list):
        for inner in value:
            yield from objects_in(inner, kind)
