"""What follows from a change by itself: saying back, being heard, being open again."""

from bot.reviews.deed import Case
from bot.reviews.presence import look_after_parts
from bot.reviews.waiting import stop_waiting, stop_waiting_for_decision, wait_for_decision
from db.due import cancel_due, set_due
from db.outbox import rename_unsent
from seat import calendar
from seat.facts import Confirmation
from seat.her_words import her_words, to_data
from seat.review import (
    Move,
    could_be_said_back,
    next_move,
    state_after,
    wants_saying_back,
)

SAY_BACK = "say_back"
"""Of what falls due: what was said so far is said back, though more could be."""


def content_changed(case: Case) -> None:
    """What she says is not what it was: an earlier say-back no longer holds."""
    case.row.statement_version += 1
    case.row.confirmation = Confirmation.WAITING
    case.row.confirm_by = None
    cancel_due(case.deed.session, case.id, now=case.deed.now, kinds=("confirm", SAY_BACK))


def settle(case: Case) -> None:
    """Take every step the facts now ask for. Call last in each deed that changes a review."""
    facts = case.facts
    if wants_saying_back(facts):
        say_back(case)
    elif could_be_said_back(facts):
        _say_back_soon(case)
    move = next_move(case.facts)
    if move is None:
        case.redraw()
        return
    before = case.row.state
    case.row.state = state_after(facts.state, move)
    if move is Move.HEAR:
        _heard(case)
    else:
        case.row.heard_at = None
        stop_waiting_for_decision(case)
        look_after_parts(case)
    case.record(move, before={"state": before}, after={"state": case.row.state})


def say_back(case: Case) -> None:
    """What she says so far, for the advocate to confirm. The caller settles."""
    row, deed = case.row, case.deed
    cancel_due(deed.session, case.id, now=deed.now, kinds=(SAY_BACK,))
    row.said_back_version = row.statement_version
    row.confirmation = Confirmation.WAITING
    row.confirm_by = calendar.add_working_days(deed.now, 1, case.hours(row.advocate))
    deed.session.add(row)
    # The answers are in: nobody has to be reminded of them any more.
    stop_waiting(case)
    key = f"say_back:{case.id}:{row.said_back_version}"
    rename_unsent(deed.session, review_id=case.id, kind="say_back", key=key)
    said = to_data(her_words(case.facts))
    case.post("say_back", row.said_back_version, version=row.said_back_version, said=said)
    set_due(
        deed.session,
        workspace_id=row.workspace_id,
        kind="confirm",
        key=f"confirm:{case.id}:{row.said_back_version}",
        due_at=row.confirm_by,
        review_id=case.id,
        args={"version": row.said_back_version},
    )
    case.record("said_back", after={"version": row.said_back_version})


def _say_back_soon(case: Case) -> None:
    """More is asked, but need not be answered: it is waited for until the advocate falls silent."""
    row, deed = case.row, case.deed
    set_due(
        deed.session,
        workspace_id=row.workspace_id,
        kind=SAY_BACK,
        key=f"{SAY_BACK}:{case.id}:{row.statement_version}",
        due_at=calendar.due_say_back(deed.now, case.hours(row.advocate)),
        review_id=case.id,
    )


def _heard(case: Case) -> None:
    row, deed = case.row, case.deed
    row.heard_at = deed.now
    part = f"{row.said_back_version}:{row.revision}"
    wait_for_decision(case, part, decide_by=row.decide_by)
    case.tell("heard_for_decider", row.decider, part)
    if row.proposer != row.decider:
        case.tell("heard_for_proposer", row.proposer, part)
