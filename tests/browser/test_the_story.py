"""`DEMO=step`: the story waits in the page and is played there, with the traffic of each step."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.demo.story import STEPS
from playground import Playground, Step
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor, until

PLAY = "import sys; from bot.demo.play import play; sys.exit(play(once=False, port=0, step=True))"


@pytest.fixture
def demo() -> Iterator[SimpleNamespace]:
    """The demo as people start it with DEMO=step, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", PLAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Stop with Ctrl-C"):
                break
        address = re.search(r"http://127\.0\.0\.1:\d+/(?=\n)", said)
        assert address is not None, said
        with urllib.request.urlopen(f"{address[0]}playground/state") as answer:
            people = json.loads(answer.read())["teams"][0]["people"]
        sam = next(p["id"] for p in people if p["real_name"] == "Sam Ortiz")
        yield SimpleNamespace(
            process=process,
            said=said,
            place=SimpleNamespace(page_url=address[0]),
            sam=SimpleNamespace(id=sam),
        )
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()


def states(visitor: Visitor) -> list[str]:
    steps = visitor.page.locator("#story .step").all()
    return [(step.get_attribute("class") or "").split()[-1] for step in steps]


def test_the_story_waits_in_the_page_and_is_played_step_by_step(
    demo: SimpleNamespace, visit: Visit
) -> None:
    assert "The story waits there" in demo.said
    visitor = visit(demo.place, demo.sam)
    assert visitor.page.locator("#middle .message").count() == 0
    visitor.page.locator("#open-story").click()
    assert states(visitor) == ["waiting"] * len(STEPS)
    for count in (1, 2):
        visitor.page.get_by_role("button", name="Play the next step").click()
        visitor.page.locator("#story .step.played").nth(count - 1).wait_for()
        visitor.page.get_by_role("button", name="Play the next step").wait_for()
        assert states(visitor) == ["played"] * count + ["waiting"] * (len(STEPS) - count)
    visitor.message("Team plan from $39 to $49").wait_for()

    traffic = visitor.page.locator("#traffic")
    visitor.page.locator("#story .step").nth(1).get_by_role("button").click()  # one click away
    traffic.get_by_role("heading", name=STEPS[1]).wait_for()
    rows = traffic.locator(".exchange summary")
    told = [" ".join(row.inner_text().split()) for row in rows.all()]
    first = ["/propose-change", "views.open", "view_submission", "chat.postMessage"]
    found = [next(at for at, row in enumerate(told) if name in row) for name in first]
    assert found == sorted(found), f"a command comes before the calls it caused: {told}"
    assert all(re.search(r"\d ms \+[\d.]+ s$", row) for row in told)
    starts = [float(row.rsplit("+", 1)[1].rstrip(" s")) for row in told]
    assert starts == sorted(starts)
    rows.nth(found[1]).click()
    traffic.locator(".exchange[open] pre", has_text="propose_change").first.wait_for()
    visitor.page.keyboard.press("Escape")

    demo.process.stdin.write("\n")  # Enter in the terminal plays on
    demo.process.stdin.flush()
    visitor.page.locator("#story .step.played").nth(3).wait_for()


def test_the_story_is_played_step_after_step_with_enter_alone(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    go_on = threading.Event()
    steps = [Step("One", lambda: None), Step("Two", go_on.wait), Step("Three", lambda: None)]
    slack.playbill.story.set_steps(steps)
    sam = visit(slack, place.sam)
    sam.page.locator("#open-story").focus()
    enter_at(sam, "Story and wire")
    enter_at(sam, "Play the next step")
    sam.page.locator("#story .step.played", has_text="One").wait_for()
    enter_at(sam, "Play the next step")
    enter_at(sam, "Playing…")  # does nothing, and the focus stays
    assert states(sam) == ["played", "playing", "waiting"]
    go_on.set()
    enter_at(sam, "Play the next step")
    sam.page.locator("#story .step.played", has_text="Three").wait_for()


def enter_at(visitor: Visitor, words: str) -> None:
    """Presses Enter once the focus is on the button that says so."""
    until(visitor.page, "w => document.activeElement.innerText === w", words)
    visitor.page.keyboard.press("Enter")


def test_at_the_end_the_page_says_what_to_try_and_a_failed_step_says_why(
    slack: Playground, place: SimpleNamespace, visit: Visit
) -> None:
    fails = [True]

    def second() -> Any:
        if fails:
            raise RuntimeError("Nobody <b>came</b>.")

    slack.playbill.after_story = "Now you."
    slack.playbill.story.set_steps([Step("One", lambda: None), Step("Two", second)])
    sam = visit(slack, place.sam)
    sam.page.locator("#open-story").click()
    sam.page.get_by_role("button", name="Play to the end").click()
    sam.page.locator(".step.failed", has_text="Nobody <b>came</b>.").wait_for()
    assert states(sam) == ["played", "failed"]
    fails.clear()
    sam.page.get_by_role("button", name="Play the next step").click()
    sam.page.locator("#story", has_text="Played to the end. Now you.").wait_for()
    assert sam.page.evaluate("document.activeElement.ariaLabel") == "Close the story"
