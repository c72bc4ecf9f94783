"""The demo as people start it: in a process of its own, watched from outside."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

PLAY = "import sys; from bot.demo.play import play; sys.exit(play({}))"
LONGEST = 120
"""Seconds until a test gives up; a busy machine takes ten to import what is needed."""

BEATS = (
    "Sam Ortiz types /propose-change",
    "Pricing #1 · Team plan from $39 to $49",
    "Ana, you're the customer for this one.",
    "1 of 7 · Where does she run into this first?",
    "Ana Lima: 2. $39, the site still says so (measured)  ②",
    "$120 a year each (edited)  ③",
    "she taps “Only if”",
    "object: She was promised $39 until she renews",
    "Fair. Everyone keeps $39 until their renewal.",
    "Yes, that settles it",
    "she says: You said $39. I'd start looking around.",
    "In the customer's chair: Ana Lima · 7 of 7",
    "Ana, is this what she would say?",
    "Ana, the customer has been heard.",
    "Go, with changes · Lee Park",
    "we do what she asks",
    "Ben, the customer is still waiting",
    "Mon 09:00  Customer Seat: Customer seat, #pricing",
    "Trial from 14 to 7 days · Ben Osei",
    "Team plan from $39 to $49: Go, with changes.",
)


def start(arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PLAY.format(arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "SLACK_APP_TOKEN": "xapp-not-ours"},
    )


def test_the_demo_tells_the_whole_story_in_order_and_ends_well() -> None:
    demo = start("once=True, port=0")
    told, complaints = demo.communicate(timeout=LONGEST)
    assert demo.returncode == 0, told + complaints
    assert complaints == ""
    took = re.search(r"Played in (\d+) s", told)
    assert took is not None
    assert int(took[1]) < 60, "most of it is Slack's rate limits, which the demo keeps to"
    transcript = told.partition("This is what they saw:")[2]
    words, at = " ".join(transcript.split()), 0  # however the lines are broken
    for beat in BEATS:
        found = words.find(" ".join(beat.split()), at)
        assert found >= 0, f"{beat!r} is missing, or comes too early, in:\n{transcript}"
        at = found
    at, played = 0, _dateless(transcript)
    for part in _printed_in_the_readme():
        found = played.find(_dateless(part), at)
        assert found >= 0, f"the README shows this, and the demo does not:\n{part}"
        at = found
    assert max(map(len, told.splitlines())) <= 100
    assert "\x1b" not in told, "colours are for terminals"
    assert not re.search(r":[a-z_]+:|<[!@#]", transcript), "Slack's marks are not for readers"


def _printed_in_the_readme() -> list[str]:
    """What stands between two empty lines of the README's transcript, each."""
    readme = Path("README.md").read_text()
    block = readme.split("<!-- transcript -->")[1].split("<!-- /transcript -->")[0]
    return block.split("```text")[1].split("```")[0].strip().split("\n\n")


def _dateless(text: str) -> str:
    """However the lines are broken, and on whichever day it was played."""
    return re.sub(r"\b\d{1,2} [A-Z][a-z]{2}\b", "(day)", " ".join(text.split()))


def test_a_decision_that_never_comes_is_named_and_fails_the_demo() -> None:
    # The fourth post in the channel, after card, checklist and say-back, is the decision.
    sabotage = (
        "lambda slack: slack.faults.add('error:restricted_action', method='chat.postMessage', "
        "channel=slack.team.channel('pricing').id, skip=3)"
    )
    demo = start(f"once=True, port=0, patience=10, before={sabotage}")
    told, complaints = demo.communicate(timeout=LONGEST)
    assert demo.returncode == 1, told + complaints
    assert "stopped at the step “Lee decides”" in complaints
    assert "The decision in the thread did not come within 10 s." in complaints
    assert "Traceback" not in complaints


def test_a_running_demo_says_where_to_look_and_stops_when_told() -> None:
    demo = start("once=False, port=0")
    assert demo.stdout is not None
    try:
        lines = []
        for line in demo.stdout:
            lines.append(line)
            if line.startswith("Stop with Ctrl-C"):
                break
        page = re.search(r"http://127\.0\.0\.1:\d+/(?=\n)", "".join(lines))
        assert page is not None
        assert any(line.startswith("Now you:") for line in lines[-8:]), "what to try comes last"
        with urllib.request.urlopen(page[0]) as answer:
            assert b"Stand-in, not Slack." in answer.read()
        with urllib.request.urlopen(f"{page[0]}page/seen?as=") as answer:
            told = json.loads(answer.read())["story"]
        assert {step["state"] for step in told} == {"played"}
        assert all(step["until"] >= step["since"] for step in told)
        demo.send_signal(signal.SIGINT)
        rest, complaints = demo.communicate(timeout=20)
    finally:
        demo.kill()
    assert demo.returncode == 0, complaints
    assert "Stopped." in rest
    assert complaints == ""


def test_a_demo_told_to_stop_before_its_end_leaves_quietly() -> None:
    demo = start("once=False, port=0")
    assert demo.stdout is not None
    next(line for line in demo.stdout if "Sam proposes" in line)
    demo.send_signal(signal.SIGTERM)
    _, complaints = demo.communicate(timeout=20)
    assert demo.returncode == 130
    assert complaints == "Stopped before the story was told.\n"


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = start(f"once=True, port={port}")
        _, complaints = demo.communicate(timeout=LONGEST)
    assert demo.returncode == 2
    assert complaints.startswith(f"Port {port} is in use.")
