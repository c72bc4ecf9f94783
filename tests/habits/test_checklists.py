"""The checklists that come with the bot keep the rules the messages and forms are built on."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.checklists import check_folder, load_checklists
from bot.data import data_folder
from seat.checklist import Checklist, questions_for
from seat.facts import Question, QuestionKind, Size

FOLDER = data_folder("checklists")
ROOT = Path(__file__).parents[2]
KINDS = ["pricing", "process", "product"]


def shipped() -> dict[str, Checklist]:
    return load_checklists(FOLDER)[0]


def every_question() -> list[Question]:
    return [q for checklist in shipped().values() for q in checklist.questions]


def test_the_shipped_checklists_have_no_mistakes() -> None:
    assert check_folder(FOLDER) == []
    assert list(shipped()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_at_most_four_questions_are_required_and_three_are_quick(kind: str) -> None:
    questions = shipped()[kind].questions
    assert len(questions) == 7
    assert sum(q.required for q in questions) == 4
    quick = questions_for(shipped()[kind], Size.QUICK)
    assert len(quick) == 3
    assert quick[0].moment
    assert quick[-1].closing


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_question_is_what_she_would_say(kind: str) -> None:
    closing = shipped()[kind].questions[-1]
    assert closing.text == "If the customer were here, what would she say?"
    assert closing.kind is QuestionKind.TEXT
    assert [q for q in shipped()[kind].questions if q.closing] == [closing]


def test_the_first_question_asks_for_the_moment_of_truth() -> None:
    for checklist in shipped().values():
        first = checklist.questions[0]
        assert first.moment
        assert [o.label for o in first.options] == [
            "finding out",
            "buying",
            "first use",
            "paying",
            "getting help",
            "renewing",
            "leaving",
        ]


@pytest.mark.parametrize("question", every_question(), ids=lambda q: q.key)
def test_every_question_fits_slack_and_a_phone(question: Question) -> None:
    assert 0 < len(question.text) <= 150
    assert len(question.hint) <= 150
    assert 1 <= len(question.short.split()) <= 3
    assert len(question.short) <= 24
    assert len(question.options) <= 10
    assert all(len(o.label) <= 75 and len(o.value) <= 75 for o in question.options)


@pytest.mark.parametrize("kind", KINDS)
def test_no_is_a_word_and_not_a_falsehood(kind: str) -> None:
    choices = [q for q in shipped()[kind].questions[1:] if q.kind is QuestionKind.CHOICE]
    assert len(choices) == 1
    assert choices[0].options[0].value == "yes"
    assert choices[0].options[-1].value == "no"


def test_a_question_keeps_its_id_when_its_wording_changes() -> None:
    """Answers are kept under these ids: renaming one would lose them from what was learnt."""
    assert {kind: [q.key for q in c.questions[1:-1]] for kind, c in shipped().items()} == {
        "pricing": ["expected_price", "hurt_most", "would_stay", "give_first", "who_left"],
        "process": ["new_steps", "easier_inside", "do_it_for_her", "worst_day", "exception"],
        "product": ["she_gains", "she_loses", "asked_for", "way_back", "small_thing"],
    }
    assert {c.questions[0].key for c in shipped().values()} == {"first_moment"}
    assert {c.questions[-1].key for c in shipped().values()} == {"statement"}


def test_every_file_tells_an_editor_which_schema_it_follows() -> None:
    files = sorted(FOLDER.glob("*.yaml"))
    assert [f.stem for f in files] == ["_common", *KINDS]
    for file in files:
        first_line = file.read_text("utf-8").splitlines()[0]
        schema = first_line.removeprefix("# yaml-language-server: $schema=")
        assert (FOLDER / schema).is_file(), first_line


@pytest.mark.parametrize("name", ["checklist", "common"])
def test_the_published_schemas_are_schemas(name: str) -> None:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_wheel_carries_the_folders_where_they_are_looked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {
        "checklists": "bot/_data/checklists",
        "templates": "bot/_data/templates",
    }


def test_the_guide_shows_a_checklist_that_works(tmp_path: Path) -> None:
    """docs/checklists.md promises five minutes; its example must pass the check it names."""
    guide = (ROOT / "docs" / "checklists.md").read_text("utf-8")
    example = guide.split("```yaml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "refunds.yaml").write_text(example, "utf-8")
    assert check_folder(tmp_path) == []
    assert list(load_checklists(tmp_path)[0]) == ["refunds"]
