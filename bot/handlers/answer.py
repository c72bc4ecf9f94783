"""Answering by button and form, and saying that what was said back is right."""

from typing import Any

from slack_bolt import App

from bot.errors import Stale
from bot.handlers.fields import (
    drawn_version,
    part_of,
    people_of,
    read_evidence,
    read_number,
    read_stance,
    text_of,
    was_changed,
)
from bot.handlers.pressed import on_open, on_press
from bot.handlers.submitted import on_submit
from bot.reviews.answer import Filled, affirm_all, dont_know, fill_in, tap_answer, tap_stance
from bot.reviews.ask_full import number_now
from bot.reviews.confirm import confirm_heard, that_is_all
from bot.reviews.deed import Case
from bot.reviews.meanwhile import since
from bot.reviews.objections import find_objection, give_mind, pass_over_mind
from bot.scenes import scene_for
from bot.slack.reading import Press, Submission, read_target
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.forms.answer import draw_answer_form, words_in
from bot.views.forms.answer_one import draw_answer_one, draw_mind_alone
from bot.views.forms.inputs import in_field
from bot.views.wire import MIND
from seat.access import Act
from seat.facts import Stance


def register(app: App, toolbox: Toolbox) -> None:
    def tap(case: Case, press: Press, parts: tuple[str, ...]) -> None:
        number = number_now(case, read_number(parts[:1]), version_of(press))
        value = parts[1] if len(parts) > 1 else ""
        closing = case.facts.closing
        if closing and closing.number == number and value in set(Stance):
            tap_stance(case, value)
        else:
            tap_answer(case, number, value)

    def not_known(case: Case, press: Press, parts: tuple[str, ...]) -> None:
        if parts[:1] == (MIND,):
            pass_over_mind(case, read_number(parts[1:]))
        else:
            dont_know(case, number_now(case, read_number(parts), version_of(press)))

    def confirm(case: Case, _press: Press, parts: tuple[str, ...]) -> None:
        confirm_heard(case, read_number(parts))

    def all_said(case: Case, _press: Press, _parts: tuple[str, ...]) -> None:
        that_is_all(case)

    def still_true(case: Case, _press: Press, _parts: tuple[str, ...]) -> None:
        affirm_all(case)

    def form(case: Case, press: Press, _parts: tuple[str, ...]) -> dict[str, Any]:
        return draw_answer_form(case.facts, scene_for(case, press.user), toolbox.wording)

    def save(case: Case, form: Submission) -> None:
        still_true = frozenset(int(n) for n in people_of(form, "still_true") if n.isdigit())
        fill_in(
            case,
            read_filled(case, form),
            read_stance(form),
            drawn_version=drawn_version(form),
            still_true=still_true,
        )

    def one_field(case: Case, press: Press, parts: tuple[str, ...]) -> dict[str, Any]:
        scene = scene_for(case, press.user)
        if parts[:1] == (MIND,):
            return draw_mind_alone(case.facts, scene, toolbox.wording, read_number(parts[1:]))
        number = number_now(case, read_number(parts), version_of(press))
        if (question := case.facts.question(number)) is None:
            raise Stale
        return draw_answer_one(case.facts, scene, toolbox.wording, question)

    def save_one(case: Case, form: Submission) -> None:
        what, _, number = part_of(form).partition(":")
        if what == MIND:
            save_mind(case, form, read_number([number]))
            return
        fill_in(
            case,
            read_filled(case, form),
            None,
            drawn_version=drawn_version(form),
            still_true=sent_again(case, form),
        )

    def form_again(case: Case, form: Submission) -> dict[str, Any]:
        return draw_answer_form(case.facts, scene_for(case, form.user), toolbox.wording)

    def one_again(case: Case, form: Submission) -> dict[str, Any]:
        scene, (what, _, number) = scene_for(case, form.user), part_of(form).partition(":")
        if what == MIND:
            return draw_mind_alone(case.facts, scene, toolbox.wording, read_number([number]))
        question = case.facts.question(read_number([what]))
        if question is None:
            raise Stale
        return draw_answer_one(case.facts, scene, toolbox.wording, question)

    app.action(names.ANSWER_ONE)(on_open(toolbox, Act.ANSWER, one_field))
    app.view(names.ANSWER_ONE)(on_submit(toolbox, Act.ANSWER, save_one, redraw=one_again))
    app.action(names.ANSWER_TAPS)(on_press(toolbox, Act.ANSWER, tap))
    app.action(names.DONT_KNOW)(on_press(toolbox, Act.ANSWER, not_known))
    app.action(names.ALL_STILL_TRUE)(on_press(toolbox, Act.ANSWER, still_true))
    app.action(names.THAT_IS_ALL)(on_press(toolbox, Act.ANSWER, all_said))
    app.action(names.CONFIRM_HEARD)(on_press(toolbox, Act.ANSWER, confirm))
    app.action(names.ANSWER_FORM)(on_open(toolbox, Act.ANSWER, form))
    app.view(names.ANSWER_FORM)(on_submit(toolbox, Act.ANSWER, save, redraw=form_again))


def save_mind(case: Case, form: Submission, number: int) -> None:
    _, rest = in_field(find_objection(case, number).changes_her_mind)
    since_drawn = since(case, drawn_version(form))
    give_mind(
        case,
        number,
        text_of(form, "changes_her_mind"),
        rest=rest,
        meanwhile=any(e.what == "mind" and e.number == number for e in since_drawn),
    )


def sent_again(case: Case, form: Submission) -> frozenset[int]:
    """The question of a form with one field, sent with the words it showed: they hold as they are.

    Where all questions are asked, that has a field of its own.
    """
    fields = {name: int(name[1:]) for name in form.values if name[:1] == "q"}
    return frozenset(
        number_now(case, number, drawn_version(form))
        for name, number in fields.items()
        if text_of(form, name) and not was_changed(form, name)
    )


def version_of(press: Press) -> int:
    target = read_target(press.value)
    return target.version if target else 0


def read_filled(case: Case, form: Submission) -> dict[int, Filled]:
    """By question, the fields that were changed. Of a choice: the option, and words beside it."""
    filled = {}
    drawn = [int(name[1:]) for name in form.values if name[:1] == "q" and name[1:].isdecimal()]
    for number in drawn:
        question = case.facts.question(number_now(case, number, drawn_version(form)))
        if question is None:
            continue
        field = f"q{number}"
        words = f"{field}_words" if question.options else field
        filled[question.number] = Filled(
            text=text_of(form, words) if was_changed(form, words) else None,
            rest=in_field(words_in(question, case.facts.answers.get(question.number)))[1],
            option=text_of(form, field) if question.options and was_changed(form, field) else None,
            evidence=read_evidence(form, f"{field}_evidence")
            if was_changed(form, f"{field}_evidence")
            else None,
        )
    return filled
