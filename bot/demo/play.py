"""`customer-seat demo`: plays the story, prints it, and keeps running to be looked at."""

import errno
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from rich.console import Console

from bot.demo.stage import PATIENCE, ZONE, Stage, open_stage
from bot.demo.story import StepFailed, Story
from bot.demo.transcript import Transcript
from bot.serving import configure_logging, wait_for_signal
from playground import Playground

WIDTH = 100
PLAYED, FAILED, PORT_IN_USE, INTERRUPTED = 0, 1, 2, 130


def play(
    *,
    once: bool,
    port: int,
    verbose: bool = False,
    patience: float = PATIENCE,
    before: Callable[[Playground], None] = lambda slack: None,
) -> int:
    """The exit code. `before` is called with the playground when the curtain rises."""
    _write_anything()
    terminal = Console()
    width = min(WIDTH, terminal.width) if terminal.is_terminal else WIDTH
    out = Console(width=width, highlight=False, emoji=False, markup=False)
    configure_logging("INFO" if verbose else "CRITICAL")
    # So that being told to stop unwinds, and the temporary database is removed, at any moment.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    told = False
    try:
        with open_stage(port, patience) as stage:
            before(stage.slack)
            _tell(stage, out)
            told = True
            if not once:
                with suppress(KeyboardInterrupt):  # told to stop before we began to wait for it
                    _keep_running(stage, out)
                out.print("Stopped.")
        return PLAYED
    except StepFailed as failed:
        _complain(f"{failed} Run it with --verbose to see what the bot logs.")
        return FAILED
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        _complain(f"Port {port} is in use. Choose another with --port, or leave it out for any.")
        return PORT_IN_USE
    except KeyboardInterrupt:
        if told:
            return PLAYED
        _complain("Stopped before the story was told.")
        return INTERRUPTED


def _tell(stage: Stage, out: Console) -> None:
    started = time.monotonic()
    out.print("A made-up company, the bot, and a stand-in for Slack that it talks to over HTTP.\n")
    story = Story(
        stage,
        begin=lambda step: out.print(f"  {step} …", end=""),
        done=lambda: out.print(" ✓", style="green"),
    )
    try:
        story.tell()
    except BaseException:
        out.print()
        raise
    out.print(f"\nPlayed in {time.monotonic() - started:.0f} s. This is what they saw:")
    names = {person.id: person.real_name for person in stage.slack.team.people}
    names[stage.slack.team.bot_user] = stage.slack.world.app_name
    Transcript(out, names=names, zone=ZONE).print(story.beats)
    out.print()


def _keep_running(stage: Stage, out: Console) -> None:
    out.print("Bot and stand-in keep running. There is no page to look at yet; as JSON, all of it:")
    out.print(f"  {stage.slack.url}/playground/state", style="bold", soft_wrap=True)
    out.print("Stop with Ctrl-C.")
    wait_for_signal()


def _write_anything() -> None:
    """Where the terminal cannot write a sign, a question mark is better than a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _complain(sentence: str) -> None:
    Console(stderr=True, highlight=False, markup=False).print(sentence, soft_wrap=True)
