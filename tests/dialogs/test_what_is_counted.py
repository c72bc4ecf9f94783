"""`/metrics`: what is counted, that it follows what happens, and that nobody is named in it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from bot.metrics import PREFIX
from bot.web.app import build_web
from bot.web.http import HttpRunner
from db.store import StoreUnreachable
from tests.dialogs.office import Office, option

MONITORING = Path(__file__).parents[2] / "deploy" / "monitoring"
NAME = re.compile(rf"\b{PREFIX}_\w+")


@pytest.fixture
def door(office: Office) -> Iterator[HttpRunner]:
    """A second door of the same bot, with its metrics, as `serve` opens it."""
    running = office.running
    http = HttpRunner(
        build_web(
            running.app,
            signing_secret="0" * 32,
            clock=office.clock,
            checks=dict,
            metrics=running.toolbox.metrics,
        ),
        host="127.0.0.1",
        port=0,
    )
    http.start()
    yield http
    http.stop()


def read(door: HttpRunner) -> dict[str, float]:
    """Each line's name with its labels -> its value."""
    answer = httpx.get(f"http://127.0.0.1:{door.port}/metrics", timeout=30)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_it_follows_what_happens(seated: Office, door: HttpRunner) -> None:
    office, before = seated, read(door)
    assert f'{PREFIX}_reviews{{state="open"}}' not in before
    card = office.propose()
    office.press(office.ana, card, "more", option=option(card, "decide"))  # only Lee may
    office.wait(days=4)
    httpx.post(f"http://127.0.0.1:{door.port}/slack/events", content="x=1")
    told = read(door)

    def more(name: str, **labels: str) -> float:
        shown = ",".join(f'{label}="{value}"' for label, value in labels.items())
        key = f"{PREFIX}_{name}" + (f"{{{shown}}}" if shown else "")
        return told[key] - before.get(key, 0)

    assert more("deliveries_total", kind="command", result="done") == 1
    assert more("deliveries_total", kind="view_submission", result="done") == 1
    assert more("deliveries_total", kind="block_actions", result="done") == 1
    assert more("acknowledgement_seconds_count") >= 3
    assert more("slack_calls_total", method="chat.postMessage", result="ok") >= 3
    assert more("slack_calls_total", method="views.open", result="ok") == 1
    assert more("turned_away_total", status="401") == 1
    assert more("refusals_total", reason="not_yours") == 1
    assert more("due_total", kind="nudge_advocate", outcome="sent") == 1
    assert more("reviews", state="open") == 1
    assert (told[f'{PREFIX}_outbox_rows{{state="pending"}}'], told[f"{PREFIX}_database_up"]) == (
        0,
        1,
    )


def test_seconds_that_slack_told_us_to_wait(seated: Office, door: HttpRunner) -> None:
    seated.slack.faults.add("ratelimited", method="chat.postMessage", count=1, retry_after=7)
    seated.propose()
    assert read(door)[f'{PREFIX}_rate_limited_seconds_total{{method="chat.postMessage"}}'] == 7


def test_nobody_and_nothing_said_is_in_it(seated: Office, door: HttpRunner) -> None:
    office = seated
    card = office.propose()
    office.says(office.ana, card, "1. Paying, on the June invoice")
    told = " ".join(read(door))
    people = [word for p in office.people.values() for word in (p.id, p.real_name)]
    for words in (*people, office.pricing.id, "pricing", "Team plan", "June invoice"):
        assert words not in told


def test_a_database_that_is_gone_is_told(
    seated: Office, door: HttpRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_look: object) -> None:
        raise StoreUnreachable("gone")

    monkeypatch.setattr(seated.store, "read", gone)
    told = read(door)
    assert told[f"{PREFIX}_database_up"] == 0
    assert not [name for name in told if "outbox" in name]


@pytest.mark.parametrize("file", ["dashboard.json", "alerts.yaml"])
def test_dashboard_and_alerts_ask_for_what_there_is(seated: Office, file: str) -> None:
    seated.propose()
    metrics = seated.running.toolbox.metrics.registry
    there = {sample.name for family in metrics.collect() for sample in family.samples}
    there |= {f"{family.name}_total" for family in metrics.collect() if family.type == "counter"}
    there -= {family.name for family in metrics.collect() if family.type == "counter"}
    expressions = [*_expressions(_read_file(file))]
    assert len(expressions) >= 8
    asked = {name for expression in expressions for name in NAME.findall(expression)}
    assert asked - there == set()
    if file == "dashboard.json":
        ends = re.compile(r"_(bucket|count|sum)$")
        assert {ends.sub("", name) for name in there} == {ends.sub("", name) for name in asked}


def _read_file(file: str) -> Any:
    text = (MONITORING / file).read_text()
    return json.loads(text) if file.endswith(".json") else YAML(typ="safe").load(text)


def _expressions(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _expressions(item)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "expr":
                yield value
            else:
                yield from _expressions(value)
