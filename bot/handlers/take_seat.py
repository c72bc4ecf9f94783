"""Accept, pass on, hand over, volunteer, reseat; and why it is this person's turn."""

from typing import Any

from slack_bolt import App

from bot.errors import Refusal
from bot.handlers.card_menu import form_about
from bot.handlers.fields import part_of, text_of, was_changed
from bot.handlers.pressed import on_press
from bot.handlers.submitted import on_submit
from bot.reviews import take_seat
from bot.reviews.deed import Case
from bot.reviews.have_back import have_seat_back
from bot.reviews.name_decider import name_decider
from bot.reviews.permit import permit, permit_to_sit
from bot.slack.reading import Press, Submission
from bot.toolbox import Toolbox
from bot.views import names
from seat.access import Act


def register(app: App, toolbox: Toolbox) -> None:
    def accept(case: Case, press: Press, parts: tuple[str, ...]) -> None:
        if case.row.advocate == press.user:
            take_seat.accept_seat(case)
        else:
            sit(case, press, parts)

    def accepting(case: Case) -> Act:
        """The same button stands in the advocate's message and in the stand-in's offer."""
        return Act.TAKE_OFFER if case.row.stand_in == case.deed.user else Act.HOLD_SEAT

    def sit(case: Case, _press: Press, _parts: tuple[str, ...]) -> None:
        take_seat.volunteer(case)

    def pass_on(case: Case, form: Submission) -> None:
        take_seat.decline_seat(case, text_of(form, "reason"))

    def have_back(case: Case, press: Press, _parts: tuple[str, ...]) -> None:
        permit_to_sit(case, press.user)
        have_seat_back(case)

    def hand_over(case: Case, form: Submission) -> None:
        if not (chosen := text_of(form, "to")):
            raise Refusal("nobody_chosen")
        permit_to_sit(case, chosen)
        take_seat.hand_over(case, chosen)

    def reassign(case: Case, form: Submission) -> None:
        """Someone else is named to decide; a keeper also gives the seat to someone."""
        decider, chosen = text_of(form, "decider"), text_of(form, "to")
        if chosen:
            permit(case, Act.RESEAT)
        if decider and was_changed(form, "decider"):
            name_decider(case, decider)
        if chosen:
            permit_to_sit(case, chosen)
            take_seat.hand_over(case, chosen)

    app.action(names.ACCEPT_SEAT)(on_press(toolbox, accepting, accept))
    app.action(names.VOLUNTEER)(on_press(toolbox, Act.VOLUNTEER, sit, chooses=True))
    app.view(names.DECLINE_SEAT)(on_submit(toolbox, Act.HOLD_SEAT, pass_on, chooses=True))
    app.action(names.TAKE_BACK)(on_press(toolbox, Act.TAKE_BACK, have_back))
    app.view(names.HAND_OVER)(on_submit(toolbox, Act.HOLD_SEAT, hand_over))

    def again(case: Case, form: Submission) -> dict[str, Any]:
        return form_about(case, toolbox, form.user, names.REASSIGN, part_of(form))

    app.view(names.REASSIGN)(on_submit(toolbox, Act.NAME_DECIDER, reassign, redraw=again))
