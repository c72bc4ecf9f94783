"""What makes a checklist, and what is said of one that is none."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from seat.checklist import (
    Checklist,
    FieldPath,
    Mistake,
    Shared,
    field_name,
    parse_checklist,
    parse_shared,
    questions_for,
)
from seat.facts import Option, Question, QuestionKind, Size

FOLDER = Path(__file__).parents[2] / "checklists"
SCHEMAS = [json.loads(p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.schema.json"))]
CHECKLIST, COMMON = (
    Draft202012Validator(
        schema,
        registry=Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in SCHEMAS),
    )
    for schema in SCHEMAS
)

FIRST = {
    "id": "first_moment",
    "text": "Where does she run into this first?",
    "short": "Meets it first",
    "kind": "choice",
    "moment": True,
    "options": ["buying", "paying"],
}
CLOSING = {"id": "statement", "text": "What would she say?", "short": "She says"}
GOOD: dict[str, Any] = {
    "kind": "refunds",
    "label": "Refunds",
    "version": 2,
    "questions": [
        {"id": "wait", "text": "How long does she wait?", "short": "Waits", "required": True},
        {
            "id": "fair",
            "text": "Is it fair?",
            "hint": "To her.",
            "short": "Fair",
            "quick": True,
            "kind": "choice",
            "options": ["yes", "only if", "no"],
        },
        {"id": "back", "text": "How does she get back?", "short": "Way back", "required": True},
    ],
}


def nowhere(path: FieldPath) -> tuple[str, int]:
    return "refunds.yaml", 1


def shared() -> Shared:
    parsed = parse_shared({"first": FIRST, "closing": CLOSING}, nowhere, schema=COMMON)
    assert isinstance(parsed, Shared)
    return parsed


def parse(data: Any) -> Checklist | list[Mistake]:
    return parse_checklist(data, nowhere, shared=shared(), schema=CHECKLIST)


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


Change = Callable[[dict[str, Any]], object]

WRONG: list[tuple[Change, str, str]] = [
    (lambda d: d.pop("kind"), "kind", 'is missing; add a line "kind: …"'),
    (lambda d: d.update(kind="Refunds"), "kind", "must begin with a small letter"),
    (lambda d: d.update(kind="open"), "kind", "is a word of the commands"),
    (lambda d: d.update(kind=7), "kind", "must be text, not 7; put it in quotes"),
    (lambda d: d.update(kind="k" * 25), "kind", "is 25 characters long; shorten it to at most 24"),
    (lambda d: d.update(label=""), "label", "is empty"),
    (lambda d: d.update(label=None), "label", "is empty; give it text"),
    (lambda d: d.update(label="L" * 25), "label", "shorten it to at most 24"),
    (lambda d: d.update(version="two"), "version", 'must be a whole number, not "two"'),
    (lambda d: d.update(version=0), "version", "must be 1 or more, not 0"),
    (lambda d: d.update(version=True), "version", "must be a whole number, not true"),
    (lambda d: d.update(title="x"), "title", 'there is no field "title"'),
    (lambda d: d.update(lable="x"), "lable", 'did you mean "label"?'),
    (lambda d: d.update(questions="x"), "questions", 'must be a list, not "x"'),
    (lambda d: d.update(questions={}), "questions", "must be a list, not a group of fields"),
    (lambda d: d.update(questions=[]), "questions", "has 0; it needs at least 1"),
    (
        lambda d: d["questions"].extend(
            {"id": f"q{n}", "text": "x", "short": "x"} for n in range(6)
        ),
        "questions",
        "has 9; it may have at most 8",
    ),
    (lambda d: d["questions"].append("x"), "questions[3]", "must be a group of fields"),
    (lambda d: d["questions"][0].pop("id"), "questions[0].id", 'add a line "id: …"'),
    (lambda d: d["questions"][0].update(id="a b"), "questions[0].id", "must begin with"),
    (lambda d: d["questions"][2].update(id="wait"), "questions[2].id", '"wait" is the id of'),
    (lambda d: d["questions"][0].update(id="statement"), "questions[0].id", "the closing question"),
    (lambda d: d["questions"][0].update(text="x" * 151), "questions[0].text", "at most 150"),
    (lambda d: d["questions"][0].update(text=" \n"), "questions[0].text", "is empty"),
    (lambda d: d["questions"][0].update(hint="x" * 151), "questions[0].hint", "at most 150"),
    (lambda d: d["questions"][0].update(short="x" * 25), "questions[0].short", "at most 24"),
    (lambda d: d["questions"][0].update(required="yes"), "questions[0].required", "true or false"),
    (
        lambda d: d["questions"][1].update(required=True),
        "questions[2].required",
        "only 2 questions may be required besides the first and the closing one; 3 are",
    ),
    (lambda d: d["questions"][1].pop("quick"), "questions", 'one question must have "quick: true"'),
    (lambda d: d["questions"][0].update(quick=True), "questions[1].quick", "only one question may"),
    (
        lambda d: d["questions"][0].update(kind="txt"),
        "questions[0].kind",
        'must be "text" or "choice", not "txt"',
    ),
    (lambda d: d["questions"][1].pop("options"), "questions[1].options", "needs two or more"),
    (lambda d: d["questions"][1].pop("kind"), "questions[1].kind", 'needs "kind: choice"'),
    (lambda d: d["questions"][1].update(kind="text"), "questions[1].kind", 'must be "choice" here'),
    (lambda d: d["questions"][1].update(options=["a"]), "questions[1].options", "at least 2"),
    (
        lambda d: d["questions"][1].update(options=[str(n) for n in range(11)]),
        "questions[1].options",
        "at most 10",
    ),
    (
        lambda d: d["questions"][1].update(options=["a", "b" * 76]),
        "questions[1].options[1]",
        "is 76 characters long; shorten it to at most 75",
    ),
    (
        lambda d: d["questions"][1].update(options=["only if", "Only if"]),
        "questions[1].options[1]",
        '"Only if" is there twice',
    ),
    (
        lambda d: d["questions"][1].update(options=["a", 3]),
        "questions[1].options[1]",
        "must be text, not 3; put it in quotes",
    ),
    (lambda d: d["questions"][1].update(moment=True), "questions[1].moment", "another question"),
    (lambda d: d["questions"][0].update(qick=1), "questions[0].qick", 'did you mean "quick"?'),
]


@pytest.mark.parametrize(
    ("change", "field", "says"), WRONG, ids=lambda v: v if isinstance(v, str) else ""
)
def test_one_thing_wrong_is_one_mistake_that_says_what_to_do(
    change: Change, field: str, says: str
) -> None:
    data = copy.deepcopy(GOOD)
    change(data)
    mistakes = parse(data)
    assert isinstance(mistakes, list)
    assert [m.field for m in mistakes] == [field]
    assert says in mistakes[0].message


def test_a_misspelt_field_is_not_also_a_missing_one() -> None:
    data = copy.deepcopy(GOOD)
    data["questions"][1]["txet"] = data["questions"][1].pop("text")
    data["questions"][1]["quik"] = data["questions"][1].pop("quick")
    mistakes = parse(data)
    assert isinstance(mistakes, list)
    assert sorted(m.field for m in mistakes) == ["questions[1].quik", "questions[1].txet"]


def test_every_mistake_is_named_at_once_in_the_order_of_lines() -> None:
    data = copy.deepcopy(GOOD)
    data["questions"][0].update(kind="txt", id="statement")
    data["questions"][1]["options"] = ["yes", "yes"]
    data["label"] = None
    lines = {"label": 2, "id": 5, "kind": 6, "options": 9}

    def locate(path: FieldPath) -> tuple[str, int]:
        named = [part for part in path if isinstance(part, str)]
        return "refunds.yaml", lines[named[-1]]

    mistakes = parse_checklist(data, locate, shared=shared(), schema=CHECKLIST)
    assert isinstance(mistakes, list)
    assert [m.line for m in mistakes] == [2, 5, 6, 9]


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"first": FIRST}, "closing", "is missing"),
        ({"first": FIRST, "closing": 3}, "closing", "must be a group of fields"),
        ({"first": FIRST, "closing": CLOSING, "last": {}}, "last", "there is no field"),
        ({"first": FIRST | {"quick": False}, "closing": CLOSING}, "first.quick", "always true"),
        ({"first": FIRST, "closing": CLOSING | {"required": False}}, "closing.required", "always"),
        ({"first": FIRST, "closing": CLOSING | {"id": "first_moment"}}, "closing.id", "change one"),
        (
            {"first": FIRST, "closing": CLOSING | {"kind": "choice", "options": ["a", "b"]}},
            "closing.kind",
            "in her words",
        ),
    ],
)
def test_the_shared_questions_are_checked_too(data: Any, field: str, says: str) -> None:
    mistakes = parse_shared(data, nowhere, schema=COMMON)
    assert isinstance(mistakes, list)
    assert [m.field for m in mistakes] == [field]
    assert says in mistakes[0].message


def test_a_field_is_named_as_people_write_it() -> None:
    assert field_name(("questions", 3, "kind")) == "questions[3].kind"
    assert field_name(("questions", 3, "options", 0)) == "questions[3].options[0]"
    assert field_name(()) == ""


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
