"""Commands as an operator gives them, in a folder and an environment of the test's own."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import Result
from typer.testing import CliRunner

from bot.app import install
from bot.cli import cli
from bot.settings import Settings
from db.store import Store
from playground import Playground
from tests.databases import fresh_sqlite_url
from tests.dialogs.office import Office, open_office

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.chdir(tmp_path)  # no .env of anybody's
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words))

    before = structlog.get_config()
    # As main() has it: standard output is for answers.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    yield run
    structlog.configure(**before)


def told(result: Result) -> Any:
    """What `--json` printed: that and nothing else."""
    return json.loads(result.stdout)


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground() as playground:
        yield playground


@pytest.fixture
def store(slack: Playground, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
          ) -> Iterator[Store]:  # fmt: skip
    """The database of a bot that was installed, and the environment that says where it is."""
    url = fresh_sqlite_url(tmp_path)
    point_to(monkeypatch, slack, url)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    store = Store(url)
    try:
        install(Settings(), store)
        yield store
    finally:
        store.close()


@pytest.fixture
def office(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A running bot, and the command line beside it."""
    url = fresh_sqlite_url(tmp_path)
    with open_office(url) as office:
        point_to(monkeypatch, office.slack, url)
        yield office


def point_to(monkeypatch: pytest.MonkeyPatch, slack: Playground, url: str) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("DATABASE_URL", url)
