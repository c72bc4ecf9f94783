"""`customer-seat doctor --drawings`: whether Slack would take each message and form."""

import ast
import inspect
import sys
from pathlib import Path

import pytest

from bot.doctor import drawings, samples
from bot.doctor.drawings import NotAsked, all_samples, look_at_drawings
from bot.doctor.samples import Sample
from bot.settings import Settings
from bot.views.messages import MESSAGES
from playground import Playground
from playground.blocks.check import find_block_troubles, find_view_troubles
from tests.cli.conftest import Run, told

pytestmark = pytest.mark.usefixtures("store")

BAD = Sample("a bad one", "message", {"text": "x", "blocks": [{"type": "sectoin"}]})
WORSE = Sample("a worse one", "view", {"type": "modal", "blocks": []})


def test_each_message_and_form_is_asked_for_and_taken(run: Run, slack: Playground) -> None:
    result = run("doctor", "--drawings")
    assert result.exit_code == 0, result.output
    *lines, last = result.stdout.splitlines()
    assert last == f"Slack takes {len(lines)} of {len(lines)}."
    assert {line.split()[0] for line in lines} == {"ok"}
    asked = slack.wire.calls("blocks.validate")
    assert len(asked) == len(lines) == len(all_samples())
    assert not slack.wire.calls("chat.postMessage")


def test_every_kind_of_message_has_a_sample() -> None:
    named = {sample.name.split(",")[0] for sample in all_samples()}
    assert MESSAGES.keys() - named == set()


def test_every_drawing_of_a_form_or_an_answer_has_a_sample() -> None:
    used = inspect.getsource(samples)
    folder = Path(inspect.getfile(samples)).parents[1] / "views"
    drawn = {
        node.name
        for path in [*(folder / "forms").glob("*.py"), folder / "lists.py"]
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("draw_")
    }
    assert {name for name in drawn if f"{name}(" not in used} == set()


def test_the_samples_are_what_our_own_check_takes() -> None:
    for sample in all_samples():
        if sample.what == "view":
            assert find_view_troubles(sample.content) == [], sample.name
        else:
            assert find_block_troubles(sample.content["blocks"], "message") == [], sample.name


def test_what_slack_would_refuse_is_named_with_its_place(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["bot.cli.doctor"], "all_samples", lambda: [BAD, WORSE])
    result = run("doctor", "--drawings")
    assert result.exit_code == 2
    assert "fail  a bad one\n      /blocks/0" in result.stdout
    assert result.stdout.endswith("Slack takes 0 of 2.\n")
    report = told(run("doctor", "--drawings", "--json"))
    assert report["drawings"][0]["name"] == "a bad one"
    assert all(drawing["troubles"] for drawing in report["drawings"])


def test_it_waits_where_slack_says_so_and_gives_up_in_the_end(slack: Playground) -> None:
    slept: list[float] = []
    sample = all_samples()[:1]
    slack.faults.add("ratelimited", method="blocks.validate", count=2, retry_after=7)
    assert [v.troubles for v in look_at_drawings(Settings(), sample, sleep=slept.append)] == [()]
    assert slept == [7.0, 7.0]
    slack.faults.add("ratelimited", method="blocks.validate", retry_after=7)
    with pytest.raises(NotAsked, match="try again later"):
        [*look_at_drawings(Settings(), sample, sleep=slept.append)]
    assert len(slept) == 2 + drawings.TRIES


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("error:invalid_auth", "Slack answers invalid_auth"),
        ("error:unknown_method", "Slack answers unknown_method"),
        ("drop_before", "No answer"),
        ("http_500", "Slack gives no answer that can be read"),
    ],
)
def test_what_slack_did_not_judge_is_not_called_good(
    run: Run, slack: Playground, fault: str, says: str
) -> None:
    slack.faults.add(fault, method="blocks.validate")
    result = run("doctor", "--drawings")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_without_a_token_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    result = run("doctor", "--drawings")
    assert (result.exit_code, result.stderr) == (2, "There is no SLACK_BOT_TOKEN.\n")
