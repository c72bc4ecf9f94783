"""What was said back is confirmed by the advocate, or left without a reply for a working day."""

from bot.errors import Stale
from bot.reviews.deed import Case
from bot.reviews.settle import say_back, settle
from db.due import cancel_due
from db.outbox import find_surface
from seat.facts import Confirmation
from seat.review import could_be_said_back, is_said_back


def that_is_all(case: Case) -> None:
    """The advocate has no more to say: it is said back, whatever is asked still. Raises Stale."""
    facts = case.facts
    if is_said_back(facts):
        return
    if not could_be_said_back(facts):
        raise Stale
    say_back(case)
    settle(case)


def confirm_heard(case: Case, version: int) -> None:
    """The advocate confirms version `version`. Raises Stale when it is no longer what she says."""
    row = case.row
    if version != row.said_back_version or version != row.statement_version:
        raise Stale
    if row.confirmation == Confirmation.CONFIRMED:
        return
    row.confirmation = Confirmation.CONFIRMED
    _keep_as_confirmed(case, version)
    cancel_due(case.deed.session, case.id, now=case.deed.now, kinds=("confirm",))
    case.record("confirmed", after={"version": version})
    settle(case)


def _keep_as_confirmed(case: Case, version: int) -> None:
    """The message that said it back keeps who confirmed it, whatever changes afterwards."""
    said_back = find_surface(
        case.deed.session,
        workspace_id=case.row.workspace_id,
        key=f"say_back:{case.id}:{version}",
    )
    if said_back is not None:
        said_back.args = {**said_back.args, "confirmed": case.deed.user}
        case.deed.session.add(said_back)


def left_without_reply(case: Case, version: int) -> None:
    """The time is over: it goes on, marked not confirmed."""
    row = case.row
    if version != row.statement_version or row.confirmation != Confirmation.WAITING:
        return
    row.confirmation = Confirmation.NO_REPLY
    case.record("not_confirmed", after={"version": version})
    settle(case)
