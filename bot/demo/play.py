"""`customer-seat demo`: a page to look at, and a story to be played there or to be read here."""

import errno
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from bot.demo.clock import ZONE
from bot.demo.keeping import CannotKeep
from bot.demo.page import NOW_YOU, furnish_page
from bot.demo.prompter import Prompter
from bot.demo.stage import PATIENCE, Stage, open_stage
from bot.demo.story import STEPS, StepFailed, Story
from bot.demo.transcript import Transcript
from bot.serving import configure_logging, wait_for_signal
from playground import Playground

WIDTH = 100
PLAYED, FAILED, CANNOT_START, INTERRUPTED = 0, 1, 2, 130
NOT_TOLD = (
    "The story is told in a fresh workspace; this one was kept from before. "
    "What goes over the wire is still shown."
)


def play(
    *,
    once: bool,
    port: int,
    step: bool = False,
    keep: Path | None = None,
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
        with open_stage(port, patience, keep) as stage:
            if once and stage.goes_on:
                raise CannotKeep(f"--once tells the story, and {keep} was kept after it began.")
            before(stage.slack)
            furnish_page(stage)
            if once:
                _tell(stage, out)
                return PLAYED
            _say_where(stage, out, keep)
            if not stage.goes_on:
                _offer(stage, out, step=step)
            told = True
            with suppress(KeyboardInterrupt):  # told to stop before we began to wait for it
                # Once more: the transcript has pushed it out of sight.
                out.print(f"Bot and stand-in keep running: {stage.slack.page_url}", soft_wrap=True)
                out.print("Stop with Ctrl-C.")
                wait_for_signal()
            out.print("Stopped.")
        return PLAYED
    except StepFailed as failed:
        _complain(f"{failed} Run it with --verbose to see what the bot logs.")
        return FAILED
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        _complain(f"Port {port} is in use. Choose another with --port, or leave it out for any.")
        return CANNOT_START
    except CannotKeep as error:
        _complain(str(error))
        return CANNOT_START
    except KeyboardInterrupt:
        if told:
            return PLAYED
        _complain("Stopped before the story was told.")
        return INTERRUPTED


def _say_where(stage: Stage, out: Console, keep: Path | None) -> None:
    out.print("Look at it in a browser:")
    out.print(f"  {stage.slack.page_url}", style="bold", soft_wrap=True)
    out.print(f"As JSON: {stage.slack.url}/playground/state", soft_wrap=True)
    if keep is None:
        return
    out.print(f"Kept in {keep}.", soft_wrap=True)
    if stage.goes_on:
        stage.slack.playbill.no_story = NOT_TOLD
        local = stage.clock.now().astimezone(ZONE)
        out.print(f"It is as you left it, and the clock goes on from {local:%A %H:%M}.")


def _offer(stage: Stage, out: Console, *, step: bool) -> None:
    """Tells the story; with `step` it waits here or in the page. Raises what ended it."""
    prompter = Prompter(lambda: _tell(stage, out, prompter.begin))
    story = stage.slack.playbill.story
    story.set_steps(prompter.steps(STEPS))
    if not step:
        story.play_all()
        if prompter.failure is not None:
            raise prompter.failure
        out.print(f"{NOW_YOU}\n")
        return
    out.print("The story waits there, step by step. Enter plays it to its end.")

    def play_at_enter() -> None:
        if sys.stdin.readline():
            story.play_all()
            if prompter.failure is not None:
                _complain(str(prompter.failure))

    threading.Thread(target=play_at_enter, name="demo-enter", daemon=True).start()


def _tell(stage: Stage, out: Console, begin: Callable[[str], None] = lambda step: None) -> None:
    """`begin` returns when a step may begin."""
    started = time.monotonic()

    def announce(step: str) -> None:
        begin(step)
        out.print(f"  {step} …", end="")

    out.print("A made-up company, the bot, and a stand-in for Slack that it talks to over HTTP.\n")
    story = Story(stage, begin=announce, done=lambda: out.print(" ✓", style="green"))
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


def _write_anything() -> None:
    """Where the terminal cannot write a sign, a question mark is better than a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _complain(sentence: str) -> None:
    Console(stderr=True, highlight=False, markup=False).print(sentence, soft_wrap=True)
