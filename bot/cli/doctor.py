"""`customer-seat doctor`: a line for each thing looked at, and what to do about it."""

import typer
from rich.text import Text

from bot.cli.printing import AsJson, out, read_settings, say, say_json
from bot.clock import SystemClock
from bot.doctor import EXIT_CODES, Finding, State, examine, worst

STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}


def doctor(as_json: AsJson = False) -> None:
    """Look at everything the bot needs. Exit code 0: all is well; 1: look at it; 2: cannot work."""
    findings = examine(read_settings(), SystemClock())
    state = worst(findings)
    if as_json:
        say_json({"state": state, "findings": [_facts(finding) for finding in findings]})
    else:
        for finding in findings:
            _say(finding)
    raise typer.Exit(EXIT_CODES[state])


def _say(finding: Finding) -> None:
    line = Text.assemble(
        (f"{finding.state:<4}", STYLES[finding.state]), f"  {finding.check:<13}  {finding.says}"
    )
    out.print(line, soft_wrap=True)
    if finding.do:
        say(f"{'':21}{finding.do}")


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "state": finding.state,
        "says": finding.says,
        "do": finding.do,
        "facts": finding.facts,
    }
