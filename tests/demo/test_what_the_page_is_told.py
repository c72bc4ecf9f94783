"""The page's commands and steps, held to the manifest and the story; time moved by whole days."""

import ast
import inspect
from datetime import datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.demo import story
from bot.demo.clock import ZONE
from bot.demo.page import COMMANDS, SHORTCUTS, next_workday
from bot.demo.prompter import Prompter

MANIFEST = Path(__file__).parents[2] / "deploy" / "manifest.yaml"


def test_the_page_knows_the_commands_of_the_manifest() -> None:
    features = YAML(typ="safe").load(MANIFEST.read_text())["features"]
    told = [(c.name, c.description, c.usage) for c in COMMANDS]
    assert told == [
        (c["command"], c["description"], c["usage_hint"]) for c in features["slash_commands"]
    ]
    assert [(s.name, s.callback_id, s.kind) for s in SHORTCUTS] == [
        (s["name"], s["callback_id"], s["type"]) for s in features["shortcuts"]
    ]


def test_the_page_knows_the_steps_of_the_story() -> None:
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(story)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "_step"
    ]
    names = [ast.literal_eval(call.args[0]) for call in sorted(calls, key=lambda c: c.lineno)]
    assert names == list(story.STEPS)


def test_a_working_day_later_is_the_same_hour_and_never_a_weekend() -> None:
    friday = datetime(2026, 3, 13, 15, 30, tzinfo=ZONE)
    assert next_workday(friday) == datetime(2026, 3, 16, 15, 30, tzinfo=ZONE)
    assert next_workday(datetime(2026, 3, 10, 9, tzinfo=ZONE)).day == 11


def test_a_story_told_in_one_go_waits_at_each_step() -> None:
    done: list[str] = []

    def tell() -> None:
        for name in ("one", "two"):
            prompter.begin(name)
            done.append(name)

    prompter = Prompter(tell)
    first, second = prompter.steps(["one", "two"])
    assert done == []
    first.play()
    assert done == ["one"]
    second.play()
    assert done == ["one", "two"]


def test_what_ends_the_story_is_raised_by_its_step() -> None:
    def tell() -> None:
        prompter.begin("one")
        raise RuntimeError("Nobody came.")

    prompter = Prompter(tell)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="Nobody came"):
            prompter.steps(["one"])[0].play()
