"""What the docs say is so: settings, dependencies, paths, links and commands."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import cli
from bot.settings import Settings
from tests.browser.pictures import NAMES, PICTURES

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").glob("*.md")]
)

ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \| (.*?) \|", re.MULTILINE)
_ROOMS = "bot|seat|db|playground|docs|tests|bench|deploy|templates|checklists"
PATH = re.compile(rf"`((?:{_ROOMS})/[\w./*{{}},-]*)`")
ELSEWHERE = {"tests/scenario_tests", "tests/slack_sdk/socket_mode"}
"""Paths in other people's repositories."""
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text()


def settings_named() -> dict[str, object]:
    return {name.upper(): field.default for name, field in Settings.model_fields.items()}


def test_every_setting_is_documented_with_its_default() -> None:
    documented = dict(ROW.findall(read("docs/configuration.md")))
    assert sorted(documented) == sorted(settings_named())
    for name, default in settings_named().items():
        shown = documented[name].strip("`")
        said = str(default) if isinstance(default, str | int) else ""
        assert shown == (said or "none"), name


def test_the_example_file_names_every_setting_and_sets_no_secret() -> None:
    lines = re.findall(r"^(# )?([A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE)
    assert sorted(name for _, name, _ in lines) == sorted(settings_named())
    for _, name, value in lines:
        if "TOKEN" in name or "SECRET" in name:
            assert value == "", f"{name} has a value"


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in direct}
    page = read("docs/decisions/0001-dependencies.md")
    explained = set(re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE))
    assert explained == names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(FENCE.sub("", page.read_text()))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    """In backticks, from the top of the checkout. `{}`, `*` and KIND stand for what you choose."""
    named = {
        path for path in PATH.findall(page.read_text()) if not re.search(r"[{}*]|[A-Z]{4}", path)
    }
    missing = sorted(path for path in named - ELSEWHERE if not (ROOT / path).exists())
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_command_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    named = re.findall(
        r"(?:`|^)(?:[A-Z]+=\w+ )?make ([a-z][a-z-]*)", page.read_text(), re.MULTILINE
    )
    assert [name for name in named if name not in targets] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_that_is_named_exists(page: Path) -> None:
    known = set(get_command(cli).commands)  # type: ignore[attr-defined]
    named = re.findall(r"(?<![/.\w-])customer-seat ([a-z]+)", page.read_text())
    assert [name for name in named if name not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_after_the_slash_command_exists(page: Path) -> None:
    from bot.handlers.customer_seat import WORDS

    named = re.findall(r"(?<!\w)/customer-seat ([a-z]+)", page.read_text())
    assert [name for name in named if name not in {*WORDS, "setup", "help"}] == []


def test_no_page_raises_its_voice() -> None:
    """The house writes without exclamation marks; code and comments aside."""
    loud = [
        page.name
        for page in PAGES
        if "!" in re.sub(r"`[^`]*`|<!--.*?-->|!\[", "", FENCE.sub("", page.read_text()), flags=re.S)
    ]
    assert loud == []


def test_every_picture_is_made_from_the_demo_and_shown() -> None:
    made = {f"{name}.png" for name in NAMES}
    pages = "".join(page.read_text() for page in PAGES)
    shown = {*re.findall(r"pictures/([\w-]+\.png)", pages)}
    assert {path.name for path in PICTURES.iterdir()} == made == shown


def test_the_transcript_has_its_place() -> None:
    readme = read("README.md")
    assert readme.count("<!-- transcript -->") == readme.count("<!-- /transcript -->") == 1


def test_the_service_starts_what_there_is() -> None:
    unit = read("deploy/customer-seat.service")
    assert "/bin/customer-seat serve" in unit
    assert "EnvironmentFile=" in unit


def test_each_threat_names_the_test_that_holds_it() -> None:
    table = read("docs/security.md").split("## What somebody could try")[1].split("\n\n")[1]
    rows = [row.strip("| ").split(" | ") for row in table.strip().splitlines()[2:]]
    assert len(rows) >= 15
    held = {threat: by for threat, _, by in rows}
    nobody = [threat for threat, by in held.items() if not by.startswith("`tests/")]
    assert nobody == ["take over the host"]
    assert [
        by for by in held.values() if by.startswith("`") and not (ROOT / by.strip("`")).exists()
    ] == []
