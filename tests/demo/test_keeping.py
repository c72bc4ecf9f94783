"""`--keep`: the workspace and the bot go on from where they were, also after a crash; and a file
that is not theirs stays as it is."""

import fcntl
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
from sqlmodel import Session, select

from bot.demo.clock import MONDAY, ZONE, next_weekday
from bot.demo.keeping import CannotKeep, open_file
from bot.demo.stage import Stage, check, check_form
from db.tables import OutboxRow, Surface
from playground.control.snapshot import snapshot
from tests.practice import TITLE, open_practice, propose

PLAY = "import sys; from pathlib import Path; from bot.demo.play import play; sys.exit(play({}))"


def quiet(stage: Stage) -> None:
    """Until the bot has nothing more to say."""
    read = stage.running.toolbox.store.read
    stage.until("Everything said", lambda: not read(lambda s: s.exec(select(OutboxRow)).first()))
    stage.slack.settle()


def disagreements(stage: Stage) -> list[str]:
    """Where the database and what stands in Slack differ: lost, doubled, or elsewhere."""
    world = stage.slack.world
    with world.lock:
        stands = [
            (str((m.metadata or {}).get("event_payload", {}).get("key")), m.channel_id, m.ts)
            for channel in stage.slack.team.record.channels.values()
            for m in channel.messages.values()
            if m.bot_id and not m.deleted
        ]

    def wanted(session: Session) -> list[tuple[str, str, str]]:
        rows = session.exec(select(Surface)).all()
        return [(row.key, row.channel_id, row.ts or "") for row in rows]

    rows = stage.running.toolbox.store.read(wanted)
    differ = Counter(stands)
    differ.subtract(Counter(rows))
    return [f"{key}: {count:+}" for key, count in differ.items() if count]


def test_people_words_clock_and_review_go_on_from_where_they_were(tmp_path: Path) -> None:
    file = tmp_path / "practice.db"
    with open_practice(file) as stage:
        card = propose(stage)
        stage["Ana"].reply(card, "1. Paying, on the June invoice")
        stage.message("The first answer", card, "In the customer's chair", "1 of 7")
        stage.pass_time(hours=3)
        quiet(stage)
        before = snapshot(stage.slack.world)
        left_at = stage.clock.now()
    assert [path.name for path in tmp_path.iterdir()] == ["practice.db"]

    with open_practice(file) as stage:
        assert stage.goes_on
        after = snapshot(stage.slack.world)
        assert after["teams"] == before["teams"]
        assert 0 <= (stage.clock.now() - left_at).total_seconds() < 60
        card = next(m for m in stage.pricing.messages if TITLE in m.all_text())
        reply = stage["Ana"].reply(card, "2. $39, the site still says so")
        stage.until("The reaction", lambda: "two" in reply.reactions)
        stage.message("The second answer", card, "In the customer's chair", "2 of 7")
        stage.move_to(next_weekday(stage.clock.now(), MONDAY, 9, ZONE))
        stage.message("The digest", stage.pricing, "Customer seat, #pricing", TITLE)
        quiet(stage)
        assert disagreements(stage) == []


@pytest.mark.parametrize("step", ["Sam proposes", "Ana answers in the"])
def test_killed_in_the_middle_of_the_story_slack_and_bot_still_agree(
    tmp_path: Path, step: str
) -> None:
    file = tmp_path / "practice.db"
    demo = subprocess.Popen(
        [sys.executable, "-c", PLAY.format(f"once=False, port=0, keep=Path({str(file)!r})")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    )
    assert demo.stdout is not None
    told = ""
    while step not in told:
        told += demo.stdout.read(1) or pytest.fail(told)
    os.kill(demo.pid, signal.SIGKILL)
    demo.communicate()
    with open_practice(file) as stage:
        stage.running.dispatcher.wake()
        quiet(stage)
        assert disagreements(stage) == []
        check(stage["Sam"].command("/propose-change", "product Export is gone", stage.pricing))
        form = {"told_to_her": "No export.", "why": "Nobody used it.", "decider": stage["Lee"]}
        check_form(stage["Sam"].submit(**form))
        stage.message("Another card", stage.pricing, "Export is gone")
        quiet(stage)
        assert disagreements(stage) == []


def test_one_demo_at_a_time_has_the_file(tmp_path: Path) -> None:
    file = tmp_path / "practice.db"
    with open_file(file) as ours:
        ours.write("anything")
        with pytest.raises(CannotKeep, match="in use"), open_file(file):
            pass
    assert not file.with_name("practice.db.lock").exists()


def test_a_demo_that_begins_while_another_ends_does_not_lock_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opened the lock before the other removed it: whoever comes next would find it free."""
    file, ending, flock = tmp_path / "practice.db", ExitStack(), fcntl.flock
    ending.enter_context(open_file(file))

    def end_first(handle: IO[str], how: int) -> None:
        ending.close()
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", end_first)
    with pytest.raises(CannotKeep, match="in use"), open_file(file):
        pass
    with open_file(file) as ours:
        ours.write("anything")


def test_what_is_forbidden_elsewhere_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(PermissionError, match="port 80"), open_file(tmp_path / "practice.db"):
        raise PermissionError("port 80")


def not_a_database(file: Path) -> None:
    file.write_text("Dear diary,")


def of_something_else(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE review (id INTEGER)")
    connection.close()


def older(file: Path) -> None:
    with open_file(file) as ours:
        ours.write('{"version": 0}')


def no_words(file: Path) -> None:
    with open_file(file) as ours:
        ours.write("{")


def cut_short(file: Path) -> None:
    with open_file(file) as ours:
        ours.write("x" * 50_000)
    os.truncate(file, 20_000)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (not_a_database, "is not a kept workspace"),
        (of_something_else, "is a database of something else"),
        (older, "was kept by another version (format 0; this one reads 3)"),
        (no_words, "is damaged"),
        (cut_short, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], what: str
) -> None:
    file = tmp_path / "practice.db"
    make(file)
    before = contents(file)
    with pytest.raises(CannotKeep, match=re.escape(f"{file} {what}")) as refused:  # noqa: SIM117
        with open_practice(file):
            pass
    assert "Nothing in it was changed. Give --keep another name" in str(refused.value)
    assert contents(file) == before


def contents(file: Path) -> object:
    """What is in it, row by row; a file that SQLite cannot read, as its bytes."""
    try:
        with sqlite3.connect(file) as connection:
            found = list(connection.iterdump())
        connection.close()
        return found
    except sqlite3.DatabaseError:
        return file.read_bytes()


@pytest.mark.parametrize("name", [".", "no/such/folder.db"])
def test_a_name_that_cannot_be_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotKeep, match="cannot be a file"), open_file(tmp_path / name):
        pass


def test_what_cannot_be_used_is_said_in_a_sentence_and_the_story_needs_a_fresh_one(
    tmp_path: Path,
) -> None:
    file = tmp_path / "practice.db"
    not_a_database(file)
    demo = subprocess.run(
        [sys.executable, "-c", PLAY.format(f"once=True, port=0, keep=Path({str(file)!r})")],
        capture_output=True,
        text=True,
    )
    assert demo.returncode == 2
    assert demo.stderr.startswith(f"{file} is not a kept workspace.")
    file.unlink()
    with open_practice(file):
        pass
    demo = subprocess.run(
        [sys.executable, "-c", PLAY.format(f"once=True, port=0, keep=Path({str(file)!r})")],
        capture_output=True,
        text=True,
    )
    assert demo.returncode == 2
    assert "--once tells the story" in demo.stderr
