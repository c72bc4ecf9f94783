"""`customer-seat doctor`: a line for each thing looked at, and what to do about it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.progress import track
from rich.text import Text

from bot.cli.printing import AsJson, err, out, read_settings, say, say_json, stop
from bot.clock import SystemClock
from bot.doctor import EXIT_CODES, Finding, State, examine, worst
from bot.doctor.drawings import NotAsked, Verdict, all_samples, look_at_drawings

STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}


Drawings = Annotated[
    bool,
    typer.Option(
        "--drawings", help="Only ask Slack whether it would take a sample of each message and form."
    ),
]


def doctor(as_json: AsJson = False, drawings: Drawings = False) -> None:
    """Look at everything the bot needs. Exit code 0: all is well; 1: look at it; 2: cannot work."""
    if drawings:
        raise typer.Exit(_look_at_drawings(as_json=as_json))
    findings = examine(read_settings(), SystemClock())
    state = worst(findings)
    if as_json:
        say_json({"state": state, "findings": [_facts(finding) for finding in findings]})
    else:
        for finding in findings:
            _say(finding)
    raise typer.Exit(EXIT_CODES[state])


def _look_at_drawings(*, as_json: bool) -> int:
    """The exit code."""
    samples = all_samples()
    try:
        verdicts = _tracked(look_at_drawings(read_settings(), samples), len(samples))
        if as_json:
            judged = [*verdicts]
            say_json({"drawings": [{"name": v.name, "troubles": v.troubles} for v in judged]})
        else:
            judged = [_say_verdict(verdict) for verdict in verdicts]
    except NotAsked as trouble:
        stop(str(trouble))
    bad = sum(bool(verdict.troubles) for verdict in judged)
    if not as_json:
        say(f"Slack takes {len(judged) - bad} of {len(judged)}.")
    return EXIT_CODES[State.FAIL if bad else State.OK]


def _tracked(verdicts: Iterable[Verdict], total: int) -> Iterator[Verdict]:
    """On a terminal with a bar below, which says how far it is."""
    if not err.is_terminal:
        yield from verdicts
        return
    yield from track(verdicts, "Asking Slack", total=total, console=err, transient=True)


def _say_verdict(verdict: Verdict) -> Verdict:
    state = State.FAIL if verdict.troubles else State.OK
    out.print(Text.assemble((f"{state:<4}", STYLES[state]), f"  {verdict.name}"), soft_wrap=True)
    for trouble in verdict.troubles:
        say(f"      {trouble}")
    return verdict


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
