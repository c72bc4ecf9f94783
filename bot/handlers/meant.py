"""What each button and form means, and whether that still stands when it comes back.

One table, one comparison: a press is compared in pressed.py, a form in submitted.py.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.errors import Refusal, Stale
from bot.handlers.fields import drawn_version, part_of, typed_in
from bot.reviews.deed import Case
from bot.reviews.meanwhile import since
from bot.scenes import scene_for
from bot.slack.reading import Press, Submission, read_target
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.forms.again import come_back
from bot.views.meanwhile import answer_lines, changed_lines
from bot.views.pen import Pen
from seat.meanwhile import FULL_LIST, Seen, has_changed

OPENS = frozenset[Seen]()
"""Of a button that opens a form, which shows things as they are, or does what nobody reads before
it: nothing was seen that it could be about. What such a form means stands in FORMS."""

_ANSWERING = frozenset({Seen.PROPOSAL, Seen.ROUND})
_ON_A_REPLY = frozenset({Seen.PROPOSAL, Seen.OBJECTION, Seen.ROUND})

BUTTONS: Mapping[str, frozenset[Seen]] = {
    names.ACCEPT_SEAT: frozenset({Seen.SEAT}),
    names.DECLINE_SEAT: OPENS,
    names.TAKE_BACK: OPENS,
    names.HAND_OVER: OPENS,
    names.ANSWER_FORM: OPENS,
    names.ANSWER_ONE: OPENS,
    names.ANSWER_TAP: _ANSWERING,
    names.DONT_KNOW: _ANSWERING,
    names.ANSWER_NUMBER: _ANSWERING,
    names.PART_OF_ASKED: _ANSWERING,
    names.OBJECT: OPENS,
    names.SHE_SAYS: OPENS,
    # Her objections as well: of them the version that it names says so (reviews/confirm.py).
    names.CONFIRM_HEARD: _ANSWERING | {Seen.ANSWERS, Seen.HER_WORDS},
    names.ALL_STILL_TRUE: _ANSWERING,
    names.THAT_IS_ALL: _ANSWERING,
    names.REPLY_OBJECTION: OPENS,
    names.MITIGATED: _ON_A_REPLY,
    names.ACCEPT_OBJECTION: _ON_A_REPLY,
    names.STILL_OBJECTS: _ON_A_REPLY,
    names.WITHDRAW_OBJECTION: _ON_A_REPLY,
    names.REVISE: OPENS,
    names.WITHDRAW: OPENS,
    names.DECIDE: OPENS,
    names.REOPEN: OPENS,
    names.REASSIGN: OPENS,
    names.WHY_ME: OPENS,
    names.NEEDS_FULL: OPENS,
    names.WHOLE_PROPOSAL: OPENS,
    names.REDACT: OPENS,
    names.VOLUNTEER: OPENS,
    # About no review.
    names.LEAVE_ROSTER: OPENS,
    names.SET_UP: OPENS,
    names.MORE: OPENS,
    names.MORE_FIELDS: OPENS,
    names.OPEN_THREAD: OPENS,
}

FORMS: Mapping[str, frozenset[Seen]] = {
    names.DECIDE: frozenset({Seen.PROPOSAL, Seen.HER_WORDS, Seen.OBJECTIONS, Seen.ROUND}),
    names.REVISE: frozenset({Seen.PROPOSAL}),
    names.WITHDRAW: frozenset({Seen.PROPOSAL}),
    names.REOPEN: frozenset({Seen.ROUND}),
    names.REASSIGN: frozenset({Seen.SEAT, Seen.DECIDER}),
    names.HAND_OVER: OPENS,
    names.DECLINE_SEAT: OPENS,
    names.OBJECT: frozenset({Seen.PROPOSAL}),
    names.REPLY_OBJECTION: frozenset({Seen.OBJECTION}),
    # Answers that changed meanwhile are said beside their fields (reviews/answer.py, statement.py).
    names.ANSWER_FORM: _ANSWERING,
    names.ANSWER_ONE: _ANSWERING,
    names.SHE_SAYS: _ANSWERING,
    names.REDACT: OPENS,
    names.REDACT_SURE: OPENS,  # whatever has changed, it shows the words once more (redact.py)
}


def still_as_seen(case: Case, press: Press, parts: tuple[str, ...]) -> None:
    """Raises Stale when something that this press is about has changed since it was drawn."""
    seen = BUTTONS[button_name(press.action_id)]
    target = read_target(press.value)
    if not seen or target is None or target.version >= case.row.version:
        return
    closing = case.facts.closing
    if has_changed(
        since(case, target.version),
        seen,
        closing=closing.number if closing else None,
        objection=int(parts[0]) if parts and parts[0].isdecimal() else None,
    ):
        raise Stale


Redraw = Callable[[Case, Submission], dict[str, Any]]
"""The form as it is drawn now."""


class FormAgain(Exception):
    """Show `view` in its place: what the form is about has changed, it lacks a field by now, or
    asks once more. Nothing was saved."""

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__("form again")
        self.view = view


def come_back_if_changed(
    toolbox: Toolbox, case: Case, form: Submission, redraw: Redraw | None
) -> None:
    """Raises FormAgain when something that this form is about has changed since it was drawn."""
    seen, entries = FORMS[form.callback_id], since(case, drawn_version(form))
    if not seen or not entries:
        return
    facts, number = case.facts, part_of(form).rpartition(":")[2]
    pen = Pen(toolbox.wording, scene_for(case, form.user))
    part = int(number) if number.isdecimal() else 0
    if not (changed := changed_lines(facts, entries, seen, pen, part=part)):
        return
    if _questions(form.values) and any(entry.what == FULL_LIST for entry in entries):
        # Slack leaves what was typed in fields of the same name, which are other questions' now.
        raise Refusal("revised_meanwhile")
    assert redraw is not None, form.callback_id
    typed = typed_in(form)
    changed += answer_lines(facts, entries, _questions(typed), pen)
    raise FormAgain(come_back(redraw(case, form), typed, changed, pen))


def ask_again(toolbox: Toolbox, case: Case, form: Submission, redraw: Redraw) -> FormAgain:
    """For a form that has not the fields which are needed by now."""
    pen = Pen(toolbox.wording, scene_for(case, form.user))
    lines = [pen.say("meanwhile.fields")]
    return FormAgain(come_back(redraw(case, form), typed_in(form), lines, pen))


def _questions(fields: Iterable[str]) -> set[int]:
    numbers = (name[1:].partition("_")[0] for name in fields if name[:1] == "q")
    return {int(number) for number in numbers if number.isdecimal()}


def button_name(action_id: str) -> str:
    """Without the place in its row."""
    return names.ANSWER_TAP if names.ANSWER_TAPS.fullmatch(action_id) else action_id
