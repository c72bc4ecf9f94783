"""Secrets come from files, and leave the process by no line that it writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.redacting import Redactor
from bot.secret_files import SECRETS
from bot.settings import Settings
from tests.cli.conftest import Run

BOT = "xoxb-12345678-abcdefgh"
APP = "xapp-1-A012345-99-fedcba"
SIGNING = "0123456789abcdef0123456789abcdef"
PASSWORD = 'p@ss"w/örd'
WRITTEN = "p%40ss%22w%2F%C3%B6rd"
"""As the address has it."""
URL = f"postgresql://seat:{WRITTEN}@127.0.0.1:1/seat"

EVERY_PLACE = """
import asyncio, json, logging, sys, threading, warnings
import structlog
from bot.cli.printing import err, out, read_settings, say, say_json, say_table, stop
from bot.redacting import guard_output
from bot.serving import configure_logging

def fail(value):
    raise RuntimeError(f"it was {value}")

def attempt(place, do, *values):
    print("PLACE", place)
    try:
        do(*values)
    except RuntimeError:
        pass

class Falls:
    def __init__(self, value): self.value = value
    def __del__(self): fail(self.value)

def in_thread(value):
    thread = threading.Thread(target=fail, args=(value,)); thread.start(); thread.join()

def in_a_task(value):
    async def main():
        asyncio.get_running_loop().call_soon(fail, value)
        await asyncio.sleep(0)
    asyncio.run(main())

def logged(log, value):
    try:
        fail(value)
    except RuntimeError:
        log.exception("failed")

guard_output()
settings = read_settings()
configure_logging("INFO")
log, plain = structlog.get_logger(), logging.getLogger("some.library")
for value in json.loads(sys.argv[1]):
    attempt("structlog", lambda: log.info("event", value=value, many={"a": [value]}))
    attempt("its exception", logged, log, value)
    attempt("a logger", plain.error, "it was %s of %r", value, {"a": value})
    attempt("its exception", logged, plain, value)
    attempt("a warning", warnings.warn, value)
    attempt("a thread", in_thread, value)
    attempt("a task", in_a_task, value)
    attempt("what cannot be raised", Falls, value)
    attempt("a sentence", say, value)
    attempt("json", say_json, {"a": value, value: 1})
    attempt("a table", say_table, ["a"], [[value]])
    attempt("rich", err.print, value)
    attempt("settings", print, settings)
    attempt("lines", sys.stderr.writelines, [value, "\\n"])
fail(json.loads(sys.argv[1]))
"""


@pytest.fixture
def environment(tmp_path: Path, run: Run) -> dict[str, str]:
    """Of a process of its own, in a folder of its own."""
    return {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONIOENCODING": "utf-8",
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP,
        "SLACK_SIGNING_SECRET": SIGNING,
        "DATABASE_URL": URL,
    }


def test_no_secret_leaves_by_any_line(environment: dict[str, str], tmp_path: Path) -> None:
    secrets = [BOT, APP, SIGNING, PASSWORD, WRITTEN, URL]
    told = subprocess.run(
        [sys.executable, "-c", EVERY_PLACE, json.dumps(secrets)],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    written = told.stdout + told.stderr
    assert told.returncode == 1
    assert written.count("PLACE") == 14 * len(secrets), written
    assert written.count("[token]") + written.count("[secret]") > 14 * len(secrets)
    forms = (BOT, APP, SIGNING, PASSWORD, WRITTEN, json.dumps(PASSWORD)[1:-1], "w/örd")
    assert [form for form in forms if form in written] == []


@pytest.mark.parametrize("command", [["doctor"], ["doctor", "--json"], ["migrate"], ["serve"]])
def test_no_command_prints_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    for name, value in (("BOT_TOKEN", BOT), ("APP_TOKEN", APP), ("SIGNING_SECRET", SIGNING)):
        monkeypatch.setenv(f"SLACK_{name}", value)
    monkeypatch.setenv("DATABASE_URL", URL)
    result = run(*command)
    assert result.exit_code == 2
    assert result.output
    for form in (BOT, APP, SIGNING, PASSWORD, WRITTEN):
        assert form not in result.output


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("xoxe.xoxp-1-Mi0yLTEyMw and xoxe-1-My0xLTEy", "xoxe.[token] and [token]"),
        ("POST https://hooks.slack.com/commands/T1/22/a-B_c failed",
         "POST https://hooks.slack.com/commands/[secret] failed"),
        ("http://me:geheim@proxy:3128", "http://me:[secret]@proxy:3128"),
        ("host=db password=geheim user=seat", "host=db password=[secret] user=seat"),
        ("password='ge heim' dbname=x", "password=[secret] dbname=x"),
        ("postgresql://seat:p@ss@db/seat", "postgresql://seat:[secret]@db/seat"),
        ("postgresql://db/seat and http://127.0.0.1:3000/a@b",
         "postgresql://db/seat and http://127.0.0.1:3000/a@b"),
        ("a fox-trot, $39", "a fox-trot, $39"),
    ],
)  # fmt: skip
def test_what_looks_like_a_secret_is_one(text: str, left: str) -> None:
    assert Redactor().redact(text) == left


def test_a_short_password_spoils_no_other_word() -> None:
    redactor = Redactor()
    redactor.know(["seat"])
    assert redactor.redact("seated as seat:seat") == "seated as [secret]:[secret]"


# From files


@pytest.mark.parametrize("name", SECRETS)
def test_a_file_is_named_by_its_variable(
    name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("sqlite:///of-a-file.db\n")
    monkeypatch.setenv(f"{name.upper()}_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv(name.upper(), "")
    found = getattr(Settings(), name)
    assert getattr(found, "get_secret_value", lambda: found)() == "sqlite:///of-a-file.db"


def test_the_file_env_may_name_one_too(tmp_path: Path, run: Run) -> None:
    (tmp_path / "token").write_text(BOT)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=\nSLACK_BOT_TOKEN_FILE=token\n")
    assert Settings().slack_bot_token.get_secret_value() == BOT


def test_a_credential_of_systemd_is_read(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slack_app_token").write_text(APP + "\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Settings().slack_app_token.get_secret_value() == APP


@pytest.mark.parametrize(
    ("holds", "also", "said"),
    [
        (None, "", "SLACK_BOT_TOKEN_FILE: secret cannot be read (no such file or directory)."),
        (b"", "", "SLACK_BOT_TOKEN_FILE: secret is empty."),
        (b"\xff\xfe\xff", "", "SLACK_BOT_TOKEN_FILE: secret is no text."),
        (b"x" * 70_000, "", "SLACK_BOT_TOKEN_FILE: secret holds more than a secret."),
        (BOT.encode(), BOT,
         "SLACK_BOT_TOKEN is set, and so is SLACK_BOT_TOKEN_FILE: keep one of them."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_said_in_one_sentence(
    holds: bytes | None, also: str, said: str, tmp_path: Path, run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if holds is not None:
        (tmp_path / "secret").write_bytes(holds)
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "secret")
    monkeypatch.setenv("SLACK_BOT_TOKEN", also)
    result = run("serve")
    assert (result.exit_code, result.output) == (2, said + "\n")
