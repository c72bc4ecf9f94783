"""Objections, and her statement, by button and form: raising, answering, agreeing, withdrawing."""

from typing import Any

from slack_bolt import App

from bot.errors import FieldErrors
from bot.handlers.card_menu import form_about
from bot.handlers.fields import (
    drawn_version,
    part_of,
    read_number,
    read_stance,
    text_of,
    whole_text,
)
from bot.handlers.pressed import on_open, on_press
from bot.handlers.submitted import on_submit
from bot.reviews.deed import Case
from bot.reviews.objections import (
    agree_to_offer,
    object_by_form,
    reply_to_objection,
    still_objects,
    withdraw_objection,
)
from bot.reviews.statement import give_statement
from bot.scenes import scene_for
from bot.slack.reading import Press, Submission
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.forms.objection import draw_reply_objection
from bot.views.forms.she_says import draw_she_says
from seat.access import Act
from seat.facts import ObjectionState


def register(app: App, toolbox: Toolbox) -> None:
    wording = toolbox.wording

    def save_objection(case: Case, form: Submission) -> None:
        title, detail, mind = (text_of(form, f) for f in ("title", "detail", "changes_her_mind"))
        object_by_form(case, title=title, detail=detail, mind=mind)

    def says_form(case: Case, press: Press, _parts: tuple[str, ...]) -> dict[str, Any]:
        return draw_she_says(case.facts, scene_for(case, press.user), wording)

    def save_statement(case: Case, form: Submission) -> None:
        if not text_of(form, "statement"):
            raise FieldErrors(statement="empty")
        statement = case.facts.statement
        text = whole_text(form, "statement", statement.text if statement else "")
        give_statement(case, text=text, stance=read_stance(form), drawn_version=drawn_version(form))

    def reply_form(case: Case, press: Press, parts: tuple[str, ...]) -> dict[str, Any]:
        number = read_number(parts)
        return draw_reply_objection(case.facts, scene_for(case, press.user), wording, number)

    def save_reply(case: Case, form: Submission) -> None:
        if not (text := text_of(form, "reply")):
            raise FieldErrors(reply="empty")
        offer = {str(o): o for o in (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)}.get(
            text_of(form, "offer")
        )
        reply_to_objection(case, read_number([part_of(form)]), text=text, offer=offer)

    def settled_as(state: ObjectionState) -> Any:
        """The proposer's press offers it, the advocate's agrees: one button on either side."""

        def listener(case: Case, press: Press, parts: tuple[str, ...]) -> None:
            if press.user == case.row.proposer:
                reply_to_objection(case, read_number(parts), text="", offer=state)
            else:
                agree_to_offer(case, read_number(parts), state)

        return listener

    def offering_or_agreeing(case: Case) -> Act:
        mine = case.deed.user == case.row.proposer
        return Act.REPLY_OBJECTION if mine else Act.ANSWER

    def take_back(case: Case, _press: Press, parts: tuple[str, ...]) -> None:
        withdraw_objection(case, read_number(parts))

    def stands(case: Case, _press: Press, parts: tuple[str, ...]) -> None:
        still_objects(case, read_number(parts))

    def objecting(case: Case, form: Submission) -> dict[str, Any]:
        return form_about(case, toolbox, form.user, names.OBJECT)

    def saying(case: Case, form: Submission) -> dict[str, Any]:
        return draw_she_says(case.facts, scene_for(case, form.user), wording)

    def replying(case: Case, form: Submission) -> dict[str, Any]:
        number = read_number([part_of(form)])
        return draw_reply_objection(case.facts, scene_for(case, form.user), wording, number)

    app.action(names.STILL_OBJECTS)(on_press(toolbox, Act.ANSWER, stands))
    app.view(names.OBJECT)(on_submit(toolbox, Act.ANSWER, save_objection, redraw=objecting))
    app.action(names.SHE_SAYS)(on_open(toolbox, Act.ANSWER, says_form))
    app.view(names.SHE_SAYS)(on_submit(toolbox, Act.ANSWER, save_statement, redraw=saying))
    app.action(names.REPLY_OBJECTION)(on_open(toolbox, Act.REPLY_OBJECTION, reply_form))
    app.view(names.REPLY_OBJECTION)(
        on_submit(toolbox, Act.REPLY_OBJECTION, save_reply, redraw=replying)
    )
    for name, state in (
        (names.MITIGATED, ObjectionState.MITIGATED),
        (names.ACCEPT_OBJECTION, ObjectionState.ACCEPTED),
    ):
        app.action(name)(on_press(toolbox, offering_or_agreeing, settled_as(state)))
    app.action(names.WITHDRAW_OBJECTION)(on_press(toolbox, Act.ANSWER, take_back))
