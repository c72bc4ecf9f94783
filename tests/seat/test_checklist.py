"""What makes a checklist, and which of its questions are asked; nothing else passes for one."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.checklist import Checklist, parse_shared, questions_for
from seat.facts import Option, Question, QuestionKind, Size
from tests.seat.a_checklist import COMMON, GOOD, nowhere, parse, shared


def good() -> Checklist:
    parsed = parse(GOOD)
    assert isinstance(parsed, Checklist)
    return parsed


def test_a_checklist_begins_and_ends_with_the_shared_questions() -> None:
    checklist = good()
    assert (checklist.kind, checklist.label, checklist.version) == ("refunds", "Refunds", 2)
    keys = [q.key for q in checklist.questions]
    assert keys == ["first_moment", "wait", "fair", "back", "statement"]
    assert [q.number for q in checklist.questions] == [1, 2, 3, 4, 5]
    assert [q.closing for q in checklist.questions] == [False, False, False, False, True]
    assert checklist.questions[0].moment


def test_a_question_carries_everything_the_file_says_of_it() -> None:
    assert good().questions[2] == Question(
        number=3,
        key="fair",
        text="Is it fair?",
        hint="To her.",
        kind=QuestionKind.CHOICE,
        options=(Option("yes", "yes"), Option("only_if", "only if"), Option("no", "no")),
        quick=True,
        short="Fair",
    )


def test_a_full_review_asks_everything_and_a_quick_one_three_questions_from_one() -> None:
    assert questions_for(good(), Size.FULL) == good().questions
    quick = questions_for(good(), Size.QUICK)
    assert [(q.number, q.key) for q in quick] == [
        (1, "first_moment"),
        (2, "fair"),
        (3, "statement"),
    ]


def test_the_shared_questions_are_always_required_and_quick() -> None:
    for question in (shared().first, shared().closing):
        assert question.required
        assert question.quick


def test_a_text_folded_over_lines_becomes_one_line() -> None:
    data = copy.deepcopy(GOOD)
    data["questions"][0]["text"] = "  How long\ndoes she wait?\n"
    parsed = parse(data)
    assert isinstance(parsed, Checklist)
    assert parsed.questions[1].text == "How long does she wait?"


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("yes", "yes"),
        ("only if", "only_if"),
        ("Nein, nie!", "nein_nie"),
        ("👍", "👍"),
        ("ä ö", "ä_ö"),
    ],
)
def test_an_option_gets_a_value_for_the_wire(label: str, value: str) -> None:
    data = copy.deepcopy(GOOD)
    data["questions"][1]["options"] = [label, "another"]
    parsed = parse(data)
    assert isinstance(parsed, Checklist)
    assert parsed.questions[2].options[0] == Option(value, label)


names = st.sampled_from([*GOOD, *GOOD["questions"][1], "moment", "first", "closing", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(names, values), st.sampled_from([None, *GOOD]))
def test_whatever_a_file_holds_is_a_checklist_or_a_list_of_mistakes(
    data: dict[str, Any], put_over: str | None
) -> None:
    if put_over is not None:
        data = GOOD | {put_over: data.get(put_over)}
    for parsed in (parse(data), parse_shared(data, nowhere, schema=COMMON)):
        if isinstance(parsed, list):
            assert parsed
            assert all(m.message for m in parsed)
