"""What the page needs to know of this bot: its commands, who plays which part, how time moves."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.demo.clock import MONDAY, ZONE, next_weekday
from bot.demo.stage import ROSTER, Stage
from playground import Command, Shortcut

# As in deploy/manifest.yaml, which is not part of a wheel; a test holds them together.
COMMANDS = [
    Command(
        "/propose-change",
        "Propose a change and hear the customer first",
        "[pricing|product|process] [title] or help",
    ),
    Command(
        "/customer-seat",
        "The customer's seat in this channel: setup, lists, digest",
        "setup, list [open|decided] [kind], mine, show N or title, roster, digest, help",
    ),
]
SHORTCUTS = [
    Shortcut("Propose a change", "propose_change", "global"),
    Shortcut("Propose this change", "propose_from_message"),
]

GUEST, OUTSIDER = "Gus Hart", "Olga Nowak"
LAST_WORKDAY = 4
NOW_YOU = (
    "Now you: be Sam Ortiz, at the top right, and write /propose-change in #pricing. "
    "The card says who speaks for the customer: be that one next, and look at the app's message. "
    "Then be Lee Park, who decides, and move the clock to Monday for the digest."
)


def furnish_page(stage: Stage) -> None:
    """Also brings in those who may only look: a guest, and someone from another company."""
    playbill = stage.slack.playbill
    guest = stage.person(GUEST, guest=True)
    outsider = stage.person(OUTSIDER, tz="America/New_York", stranger=True)
    if not stage.goes_on:
        guest.join(stage.pricing)
    stage.channel("with-partners", [stage["Sam"], outsider], shared=True)
    playbill.after_story = NOW_YOU
    playbill.commands, playbill.shortcuts = list(COMMANDS), list(SHORTCUTS)
    parts = {"Sam": "proposes", "Lee": "decides", "Kim": "keeps the seat"}
    parts |= {name.partition(" ")[0]: "may speak for the customer" for name in ROSTER}
    playbill.parts = {stage[name].id: part for name, part in parts.items()}
    playbill.clock_moves = {
        "one hour": _to(stage, lambda now: now + timedelta(hours=1)),
        "one working day": _to(stage, next_workday),
        "to Monday 09:00": _to(stage, lambda now: next_weekday(now, MONDAY, 9, ZONE)),
    }


def _to(stage: Stage, where: Callable[[datetime], datetime]) -> Callable[[], object]:
    return lambda: stage.move_to(where(stage.clock.now()))


def next_workday(now: datetime) -> datetime:
    """The same time of day on the next day from Monday to Friday."""
    day = now.astimezone(ZONE) + timedelta(days=1)
    while day.weekday() > LAST_WORKDAY:
        day += timedelta(days=1)
    return day
