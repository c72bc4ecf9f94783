"""The menus of card and private message, and the buttons that open forms about a whole review."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import App

from bot.errors import Refusal, Stale
from bot.handlers.pressed import (
    open_for,
    press_for,
    target_of,
    tell_privately,
    with_private_refusal,
)
from bot.reviews.ask_full import ask_full_list
from bot.reviews.deed import Case, roster_of
from bot.reviews.redact import parts_of
from bot.scenes import scene_for
from bot.slack.reading import Press, read_press
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.another_decider import BY_NAME
from bot.views.forms.decide import draw_decide
from bot.views.forms.endings import draw_reopen, draw_withdraw
from bot.views.forms.objection import draw_object
from bot.views.forms.proposal import draw_whole_proposal
from bot.views.forms.propose import draw_revise
from bot.views.forms.redact import draw_redact
from bot.views.forms.seat import (
    draw_hand_over,
    draw_name_decider,
    draw_pass_on,
    draw_reassign,
)
from bot.views.why import draw_why_me
from seat.access import Act
from seat.facts import State

FORMS: dict[str, tuple[Act, Callable[..., dict[str, Any]]]] = {
    names.DECIDE: (Act.DECIDE, draw_decide),
    names.REVISE: (Act.REVISE, draw_revise),
    names.WITHDRAW: (Act.WITHDRAW, draw_withdraw),
    names.REOPEN: (Act.REOPEN, draw_reopen),
    names.REASSIGN: (Act.RESEAT, draw_reassign),
    names.HAND_OVER: (Act.HOLD_SEAT, draw_hand_over),
    names.DECLINE_SEAT: (Act.HOLD_SEAT, draw_pass_on),
    names.OBJECT: (Act.ANSWER, draw_object),
    names.REDACT: (Act.REDACT, draw_redact),
    names.WHOLE_PROPOSAL: (Act.READ, draw_whole_proposal),
}

NAMING = (Act.NAME_DECIDER, draw_name_decider)
"""What *Let someone else decide* opens, under the name of the keepers' form."""


def register(app: App, toolbox: Toolbox) -> None:
    def full_list(case: Case, _press: Press, _parts: tuple[str, ...]) -> None:
        ask_full_list(case, toolbox.checklists.current())

    def do(press: Press, client: Any) -> None:
        if press.action_id == names.WHY_ME:
            why_me(toolbox, press)
            return
        if press.action_id == names.NEEDS_FULL:
            press_for(toolbox, Act.ANSWER, full_list, press)
            return
        if press.action_id not in FORMS:
            raise Stale
        part = "".join(target_of(press)[1][:1])
        act, _ = which_form(press.action_id, part)

        def view(case: Case, press: Press, _parts: tuple[str, ...]) -> dict[str, Any]:
            still_possible(case, press.action_id)
            return form_about(case, toolbox, press.user, press.action_id, part)

        open_for(toolbox, act, view, press, client)

    def button(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        with_private_refusal(toolbox, press, lambda: do(press, client))
        ack()

    def menu(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        action, _, value = press.value.partition(":")
        chosen = replace(press, action_id=action, value=value)
        with_private_refusal(toolbox, chosen, lambda: do(chosen, client))
        ack()

    for name in (*FORMS, names.WHY_ME, names.NEEDS_FULL):
        app.action(name)(button)
    app.action(names.MORE)(menu)


def still_possible(case: Case, action: str) -> None:
    """Raises Refusal for a button of a review that has moved on: no form is filled in vain."""
    if action in (names.WHOLE_PROPOSAL, names.REDACT):
        return
    undecided = case.row.state in (State.OPEN, State.HEARD)
    if action == names.REOPEN and undecided:
        raise Refusal("not_decided")
    if action != names.REOPEN and not undecided:
        raise Refusal("already_decided", state=case.row.state)


def which_form(name: str, part: str) -> tuple[Act, Callable[..., dict[str, Any]]]:
    return NAMING if (name, part) == (names.REASSIGN, BY_NAME) else FORMS[name]


def form_about(
    case: Case, toolbox: Toolbox, user: str, name: str, part: str = ""
) -> dict[str, Any]:
    """One of FORMS, as it is drawn now."""
    _, draw = which_form(name, part)
    if name == names.REDACT:
        return draw(case.facts, scene_for(case, user), toolbox.wording, parts=parts_of(case))
    roster = [entry.person_id for entry in roster_of(case.deed.session, case.seat.id or 0)]
    scene = scene_for(case, user, people=roster, args={"roster": roster})
    if name == names.DECIDE:
        may = case.seat.proposer_may_overrule
        return draw(case.facts, scene, toolbox.wording, proposer_may_overrule=may)
    return draw(case.facts, scene, toolbox.wording)


def why_me(toolbox: Toolbox, press: Press) -> None:
    def say(case: Case, press: Press, _parts: tuple[str, ...]) -> str:
        return draw_why_me(case.facts, scene_for(case, press.user), toolbox.wording)

    tell_privately(toolbox, Act.READ, say, press)
