"""*Answer 3* or *Part of 2*, in the letter, of a message that began with a number."""

from slack_bolt import App

from bot.handlers.pressed import on_press
from bot.reviews.deed import Case
from bot.reviews.say_which import answer_number, leave_it_there
from bot.slack.reading import Press
from bot.toolbox import Toolbox
from bot.views import names
from seat.access import Act


def register(app: App, toolbox: Toolbox) -> None:
    def answers(case: Case, _press: Press, parts: tuple[str, ...]) -> None:
        answer_number(case, "".join(parts[:1]))

    def stays(case: Case, _press: Press, parts: tuple[str, ...]) -> None:
        leave_it_there(case, "".join(parts[:1]))

    app.action(names.ANSWER_NUMBER)(on_press(toolbox, Act.ANSWER, answers))
    app.action(names.PART_OF_ASKED)(on_press(toolbox, Act.ANSWER, stays))
