"""The practice workspace for tests: the whole bot beside the page, and a Slack that can wait.

That the bot answers within Slack's three seconds is tried elsewhere; a machine that stands still
for so long is nobody's mistake here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from bot.demo.page import furnish_page
from bot.demo.stage import PATIENCE, Stage, check, check_form, open_stage
from playground import Durations
from playground.driver.message import Message

UNHURRIED = Durations(answer_within=PATIENCE, trigger_lives=PATIENCE)
TITLE = "Team plan from $39 to $49"


@contextmanager
def unhurried_bot() -> Iterator[None]:
    """It waits longer for what it asks Slack before a deed or a form."""
    with (
        patch("bot.slack.asking.ASK_SECONDS", int(PATIENCE)),
        patch("bot.handlers.windows.MOMENT", PATIENCE),
        patch("bot.handlers.set_up_seat.PATIENCE", PATIENCE),
    ):
        yield


@contextmanager
def open_practice(keep: Path | None = None) -> Iterator[Stage]:
    """As `make demo` furnishes it; the bot's own pace is left out."""
    with unhurried_bot(), open_stage(0, PATIENCE, keep, slack_durations=UNHURRIED) as stage:
        furnish_page(stage)
        stage.slack.limiter.enabled = False
        yield stage


def propose(stage: Stage) -> Message:
    """The seat of #pricing is set up and the first change proposed. Returns its card."""
    check(stage["Kim"].command("/customer-seat", "setup", stage.pricing))
    check_form(stage["Kim"].submit(roster=stage.roster))
    check(stage["Sam"].command("/propose-change", f"pricing {TITLE}", stage.pricing))
    form = {"told_to_her": "You pay $10 more.", "why": "Hosting is up.", "decider": stage["Lee"]}
    check_form(stage["Sam"].submit(**form))
    card = stage.message("The card", stage.pricing, TITLE)
    stage.message("The checklist", card, "In the customer's chair")
    stage.message("Ana's message", stage["Ana"].dm, TITLE)
    return card
