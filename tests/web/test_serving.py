"""`customer-seat serve` as people start it: a process, told by its environment, told to stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from playground import Playground
from tests.databases import fresh_sqlite_url
from tests.dialogs.office import open_office

SERVE = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground() as playground:
        yield playground


@contextmanager
def serving(
    slack: Playground, folder: Path, *, socket_mode: bool, database: str = ""
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database or fresh_sqlite_url(folder),
        "PORT": str(port),
        "PYTHONPATH": os.getcwd(),
    }
    if socket_mode:
        environment["SLACK_APP_TOKEN"] = slack.app_token
    process = subprocess.Popen(
        SERVE, env=environment, stderr=subprocess.PIPE, text=True, cwd=folder
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
            slack.wait_until(lambda: is_ready(client), timeout=20)
            yield process, client
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)


def is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").is_success
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket mode"])
def test_it_serves_until_it_is_told_to_stop(
    slack: Playground, tmp_path: Path, socket_mode: bool
) -> None:
    ana = slack.add_person("Ana Lima")
    pricing = slack.add_channel("pricing", members=[ana], bot_in=True)
    with serving(slack, tmp_path, socket_mode=socket_mode) as (process, client):
        slack.deliver_to(f"{client.base_url}/slack/events")
        shown = ana.command("/customer-seat", "help", pricing)
        assert shown.ok
        assert shown.text
        elsewhere = client.post("/slack/events", content="x=1").status_code
        assert elsewhere == (404 if socket_mode else 401)
        process.send_signal(signal.SIGTERM)
        _, written = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "event=serving" in written
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in written
    assert "Traceback" not in written


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket mode"])
def test_what_was_answered_before_it_started_counts(tmp_path: Path, socket_mode: bool) -> None:
    database = fresh_sqlite_url(tmp_path)
    with open_office(database) as office:
        office.set_up(office.ana, office.ben)
        card = office.propose()
        office.slack.deliver_to()  # stopped
        answer = office.ana.reply(card, "1. On the June invoice")
        with serving(office.slack, tmp_path, socket_mode=socket_mode, database=database):
            office.slack.wait_until(lambda: list(answer.reactions) == ["one"], timeout=15)
