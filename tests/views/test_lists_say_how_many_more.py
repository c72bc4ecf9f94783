"""A list that is cut says how many more there are, and cuts nobody's name in two."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.views.forms.answer import draw_answer_form
from bot.views.forms.decide import draw_decide
from bot.views.forms.seat import draw_hand_over
from bot.views.lists import draw_roster
from bot.views.why import draw_why_me
from seat.facts import Answer, AnswerState, ObjectionState
from seat.rotation import LeftOut, Reason
from seat.seating import Seating, Way
from tests.views.reading import texts_in
from tests.views.reviews import ANA, LEE, WORDING, scene, states

SHORT = [f"Person {i:03d}" for i in range(200)]
LONG = [f"Wolfeschlegelsteinhausenbergerdorff the {i:03d}rd of that long name" for i in range(200)]


@pytest.mark.parametrize("names", [SHORT, LONG])
@pytest.mark.parametrize("count", [1, 8, 45, 60, 61, 200])
def test_a_roster_however_long(names: list[str], count: int) -> None:
    people = {f"U{i:06d}": name for i, name in enumerate(names[:count])}
    the_scene = replace(scene(ANA), names=people)
    text = draw_roster([*people], [*people], the_scene, WORDING)["text"]
    for line in text.split("\n"):
        shown = [name for name in people.values() if name in line]
        if len(shown) < count:
            assert f"and {count - len(shown)} more" in line
        assert "…" not in line
        assert len(line) <= 3000


def test_everyone_of_a_roster_of_sixty_is_named() -> None:
    people = {f"U{i:06d}": name for i, name in enumerate(SHORT[:60])}
    text = draw_roster([*people], [], replace(scene(ANA), names=people), WORDING)["text"]
    assert all(name in text for name in people.values())
    assert " more" not in text


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Ana 0"),
        (3, "Ana 0, Ana 1 or Ana 2"),
        (6, "Ana 0, Ana 1, Ana 2, Ana 3, Ana 4 or Ana 5"),
        (7, "Ana 0, Ana 1, Ana 2, Ana 3, Ana 4 or 2 more"),
        (100, "Ana 0, Ana 1, Ana 2, Ana 3, Ana 4 or 95 more"),
    ],
)
def test_those_who_may(count: int, said: str) -> None:
    people = [f"Ana {i}" for i in range(count)]
    assert WORDING.say("who_may.who", people=people, roles=["keeper"]) == said


def test_a_name_is_escaped_where_it_stands() -> None:
    line = WORDING.say("who_may.who", people=["<!channel> *x*", "B & C"], roles=[])
    assert line == "&lt;!channel&gt; ∗x∗ or B &amp; C"


def test_why_it_is_somebodys_turn_names_twelve_who_were_passed_over() -> None:
    passed = tuple(LeftOut(f"U{i:06d}", Reason.AWAY) for i in range(40))
    seating = Seating(way=Way.CHOSEN, user=ANA, instead_of=passed)
    line = draw_why_me(replace(states()["asked"], seating=seating), scene(ANA), WORDING)
    assert line.count("is away") == 12
    assert "and 28 more who could not" in line


def sixty(state: str, **change: Any) -> Any:
    review = states()[state]
    questions = tuple(
        replace(review.questions[0], number=n, key=f"q{n}", short=f"Question {n}")
        for n in range(1, 61)
    )
    return replace(review, questions=questions, **change)


def test_the_form_of_all_questions_says_how_many_are_left_out() -> None:
    answers = {
        n: Answer(number=n, text="x", state=AnswerState.GIVEN, stale=True) for n in range(1, 15)
    }
    drawn = draw_answer_form(sixty("asked", answers=answers), scene(ANA), WORDING)["blocks"]
    shown = {re.match(r"q(\d+)(?!\d)", str(block.get("block_id"))) for block in drawn} - {None}
    left = 60 - len({found[1] for found in shown if found})
    texts = [*texts_in(drawn)]
    assert left > 0
    assert any(f"There are {left} more questions than fit here" in text for text in texts)
    assert any(text.startswith("_and 4 more.") for text in texts)


def test_the_decision_says_how_many_objections_are_left_out() -> None:
    review = states()["heard with many objections"]
    one = replace(review.objections[0], state=ObjectionState.OPEN)
    many = tuple(replace(one, number=n) for n in range(1, 24))
    texts = [
        *texts_in(draw_decide(replace(review, objections=many), scene(LEE), WORDING)["blocks"])
    ]
    assert any("3 more open objections than fit here" in text for text in texts)


def test_nobody_is_missing_where_a_roster_is_longer_than_a_list() -> None:
    review = states()["asked"]
    for count, kind in ((100, "static_select"), (101, "users_select")):
        people = {f"U{i:06d}": name for i, name in enumerate(SHORT[:count])}
        drawn = draw_hand_over(review, replace(scene(ANA), names=people), WORDING, roster=[*people])
        field = next(b for b in drawn["blocks"] if b.get("block_id") == "to")
        assert field["element"]["type"] == kind
