"""Deciding, revising, withdrawing, reopening: the forms that card_menu.py opens, submitted."""

from typing import Any

from slack_bolt import App

from bot.errors import FieldErrors
from bot.handlers.card_menu import form_about
from bot.handlers.fields import (
    date_of,
    part_of,
    people_of,
    read_number,
    text_of,
    was_changed,
    whole_text,
)
from bot.handlers.meant import ask_again
from bot.handlers.submitted import on_submit
from bot.reviews import decide as deciding
from bot.reviews.deed import Case
from bot.reviews.name_decider import name_decider
from bot.reviews.permit import permit
from bot.reviews.revise import revise
from bot.slack.reading import Submission
from bot.toolbox import Toolbox
from bot.views import names
from seat.access import Act
from seat.facts import Verdict
from seat.review import overruled_by

REVISABLE = ("title", "told_to_her", "why", "change", "affected", "links")


def register(app: App, toolbox: Toolbox) -> None:
    def again(case: Case, form: Submission) -> dict[str, Any]:
        return form_about(case, toolbox, form.user, form.callback_id)

    def save_decision(case: Case, form: Submission) -> None:
        ruling = deciding.Ruling(
            verdict=text_of(form, "verdict"),
            because=text_of(form, "because"),
            changes=text_of(form, "changes"),
            until=date_of(form, "until"),
            accepts=frozenset(
                int(n)
                for name in form.values
                if name.startswith("accepts")
                for n in people_of(form, name)
                if n.isdigit()
            ),
            overrules={
                o.number: text_of(form, f"overrule_{o.number}") for o in case.facts.objections
            },
        )
        if ruling.verdict in set(Verdict) and overruled_by(case.facts, Verdict(ruling.verdict)):
            permit(case, Act.OVERRULE)
        try:
            deciding.decide(case, ruling)
        except FieldErrors as missing:
            if set(missing.errors) <= set(form.values):
                raise
            # The seat lets the proposer overrule since it was drawn: a field is missing for it.
            raise ask_again(toolbox, case, form, again) from None

    def save_revision(case: Case, form: Submission) -> None:
        stands = {name: getattr(case.facts, name) for name in REVISABLE}
        changes: dict[str, Any] = {
            n: whole_text(form, n, stands[n]) for n in REVISABLE if n in form.values
        }
        if "takes_effect" in form.values:
            changes["takes_effect"] = date_of(form, "takes_effect")
        # One that somebody else has named meanwhile stays.
        if (decider := text_of(form, "decider")) and was_changed(form, "decider"):
            name_decider(case, decider)
        revise(case, changes, read_number([part_of(form)]), note=text_of(form, "what_changed"))

    def save_withdrawal(case: Case, form: Submission) -> None:
        deciding.withdraw(case, text_of(form, "reason"))

    def save_reopening(case: Case, form: Submission) -> None:
        deciding.reopen(case, text_of(form, "reason"))

    for name, act, save in (
        (names.DECIDE, Act.DECIDE, save_decision),
        (names.REVISE, Act.REVISE, save_revision),
        (names.WITHDRAW, Act.WITHDRAW, save_withdrawal),
        (names.REOPEN, Act.REOPEN, save_reopening),
    ):
        app.view(name)(on_submit(toolbox, act, save, redraw=again))
