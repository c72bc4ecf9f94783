"""What stands in the bot's way, as values: each finding says what is so and what to do about it.

Looks and changes nothing, in Slack or in the database. No words of anybody's are in a finding.
"""

from bot.checklists import Checklists, format_mistake
from bot.clock import Clock
from bot.doctor.database import look_at_database
from bot.doctor.files import look_at_files
from bot.doctor.finding import EXIT_CODES, Finding, State, many, named, worst
from bot.doctor.slack import look_at_slack
from bot.settings import Settings

__all__ = ["EXIT_CODES", "Finding", "State", "examine", "worst"]


def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Everything, in the order in which it matters: what is below a failure may not be looked at.

    Raises nothing for what is found broken.
    """
    return [
        *look_at_database(settings, clock),
        look_at_files(settings),
        *look_at_slack(settings),
        _look_at_checklists(settings),
    ]


def _look_at_checklists(settings: Settings) -> Finding:
    check = "checklists"
    found = Checklists(settings.checklists_dir)
    mistakes = [format_mistake(mistake) for mistake in found.mistakes]
    if not found.kinds():
        return Finding(check, State.FAIL, "There is not one to ask.", "Correct CHECKLISTS_DIR.")
    if mistakes:
        says = f"{many(len(mistakes), 'mistake')}: {named(mistakes, '; ')}"
        do = "Correct the files; they are read again within ten seconds."
        return Finding(check, State.WARN, says, do, {"mistakes": mistakes})
    return Finding(check, State.OK, ", ".join(found.kinds()))
