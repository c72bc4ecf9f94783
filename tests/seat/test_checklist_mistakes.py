"""What is wrong with a checklist: each mistake by its field and line, with what to do about it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from seat.checklist import FieldPath, field_name, parse_checklist, parse_shared
from tests.seat.a_checklist import CHECKLIST, CLOSING, COMMON, FIRST, GOOD, nowhere, parse, shared

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
