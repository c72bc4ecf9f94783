"""The house: arrows between rooms, one clock, no `print`, names that say something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "db", "playground", "seat")
MIGRATIONS = ROOT / "db" / "migrations" / "versions"

MOST_LINES = 300
READS_THE_CLOCK = {
    "bot/clock.py",
    "bot/slack/socket_mode.py",  # an age by the SDK's own stamps
    "playground/clock.py",
    "playground/delivery/carrier.py",  # signs as Slack does, by real time
}
SAYS_NOTHING = {"common", "helper", "helpers", "manager", "misc", "service", "util", "utils"}


def sources() -> list[Path]:
    """Every module we wrote by hand; migrations are written by a tool and never changed."""
    found = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [path for path in found if MIGRATIONS not in path.parents]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls_in(path: Path) -> Iterator[str]:
    """Each call in a file as it is written: `print`, `datetime.now`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.fixture(scope="module")
def modules() -> list[Path]:
    found = sources()
    assert len(found) > 100, "the rooms were not found"
    return found


def test_every_arrow_points_the_way_the_house_says(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_the_time_is_read_in_one_place(modules: list[Path]) -> None:
    reading = ("now", "utcnow", "today", "time")
    found = {
        name_of(path)
        for path in modules
        for call in calls_in(path)
        for owner, _, what in [call.rpartition(".")]
        if what in reading and owner.split(".")[-1] in ("date", "datetime", "time")
    }
    assert found <= READS_THE_CLOCK, "take `now` as a parameter, or a Clock"


def test_nothing_prints(modules: list[Path]) -> None:
    assert [name_of(path) for path in modules if "print" in calls_in(path)] == []


def test_every_module_opens_by_saying_what_it_is_for(modules: list[Path]) -> None:
    full = [(path, text) for path in modules if (text := path.read_text()).strip()]
    assert [name_of(path) for path, text in full if not ast.get_docstring(ast.parse(text))] == []


def test_a_long_file_says_why_it_is_not_split(modules: list[Path]) -> None:
    def is_too_long(path: Path) -> bool:
        text = path.read_text()
        head = ast.get_docstring(ast.parse(text)) or ""
        return text.count("\n") > MOST_LINES and "long because" not in head.lower()

    assert [name_of(path) for path in modules if is_too_long(path)] == []


def test_every_name_says_what_is_inside(modules: list[Path]) -> None:
    assert [
        name_of(p) for p in modules if SAYS_NOTHING & {*p.relative_to(ROOT).parts, p.stem}
    ] == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []
