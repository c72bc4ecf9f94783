"""How every button does its deed: refresh what is known, one transaction, acknowledge.

What stands in the way is told to the one who pressed; only an unreachable database is let out.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

from bot.errors import Refusal, Stale
from bot.handlers.failures import named, refusal_or_none
from bot.handlers.fresh import knows_actor, refresh_actor, refresh_roster, refuse_unseen
from bot.handlers.meant import still_as_seen
from bot.handlers.windows import open_form
from bot.reviews.answer_privately import Place, answer_privately
from bot.reviews.deed import LOST, Case, Deed, open_case, read_case
from bot.reviews.permit import permit
from bot.slack.reading import Press, read_press, read_target
from bot.toolbox import Toolbox
from db.epochs import note_lost
from db.snapshot import read_review
from db.tables import ReviewRow, Seat
from seat.access import Act, Reason
from seat.private_answers import NOTHING_DONE, stays

T = TypeVar("T")

OUTSIDE = (Reason.NOT_IN_CHANNEL, Reason.TRY_AGAIN, Reason.PAUSED, "taken_out")
"""Refusals of somebody who is not, or perhaps not, in the channel, or where others read along."""

BARRED = (*OUTSIDE, Reason.GUEST, Reason.EXTERNAL, Reason.SHARED_CHANNEL)
"""Refusals that say nothing of what they pressed: it is not out of date."""

Verb = Callable[[Case, Press, tuple[str, ...]], None]
Opener = Callable[[Case, Press, tuple[str, ...]], dict[str, Any]]


def on_press(
    toolbox: Toolbox, act: Act | Callable[[Case], Act], verb: Verb, *, chooses: bool = False
) -> Callable[..., None]:
    """A listener for a button of a review: check `act`, do `verb`, once.

    `chooses`: somebody of the roster is seated by it, or may be only where nobody of it can.
    """

    def listener(ack: Any, body: dict[str, Any]) -> None:
        press = read_press(body)
        with_private_refusal(
            toolbox, press, lambda: press_for(toolbox, act, verb, press, chooses=chooses)
        )
        ack()

    return listener


def press_for(
    toolbox: Toolbox,
    act: Act | Callable[[Case], Act],
    verb: Verb,
    press: Press,
    *,
    chooses: bool = False,
) -> None:
    review_id, parts = target_of(press)
    channel = refresh_actor(toolbox, press.workspace_id, press.user, review_id)
    if chooses:
        refresh_roster(toolbox, press.workspace_id, channel)

    def deed(deed: Deed) -> None:
        case = open_case(deed, review_id)
        permit(case, act if isinstance(act, Act) else act(case))
        still_as_seen(case, press, parts)
        verb(case, press, parts)

    toolbox.carry_out(press.key, press.workspace_id, press.user, deed)


def on_open(toolbox: Toolbox, act: Act, draw: Opener) -> Callable[..., None]:
    """A listener for a button that opens a form: check, draw, `views.open`, acknowledge."""

    def listener(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        with_private_refusal(toolbox, press, lambda: open_for(toolbox, act, draw, press, client))
        ack()

    return listener


def open_for(toolbox: Toolbox, act: Act, draw: Opener, press: Press, client: Any) -> None:
    review_id, _ = target_of(press)
    open_form(
        toolbox,
        client,
        press.trigger_id,
        lambda: look_at(toolbox, act, draw, press),
        workspace_id=press.workspace_id,
        must_ask=not knows_actor(toolbox, press.workspace_id, press.user, review_id),
        on_top=press.view is not None,
    )


def tell_privately(
    toolbox: Toolbox, act: Act, say: Callable[[Case, Press, tuple[str, ...]], str], press: Press
) -> None:
    """One line that only who pressed sees; said once, however often it is delivered."""
    text = look_at(toolbox, act, say, press)
    review_id, _ = target_of(press)

    def tell(deed: Deed) -> None:
        answer_privately(deed, place_of(press), "told", {"text": text}, review_id=review_id)

    toolbox.carry_out(press.key, press.workspace_id, press.user, tell)


def place_of(press: Press) -> Place:
    """Where the button is, so that it is seen there."""
    return Place(press.channel or "", press.inside_thread)


def look_at(
    toolbox: Toolbox, act: Act, look: Callable[[Case, Press, tuple[str, ...]], T], press: Press
) -> T:
    """What `look` makes of the review the button names, for someone who may `act`."""
    review_id, parts = target_of(press)
    channel = refresh_actor(toolbox, press.workspace_id, press.user, review_id)
    refuse_unseen(toolbox, press.workspace_id, press.user, channel)

    def read(deed: Deed) -> T:
        case = read_case(deed, review_id)
        permit(case, act)
        still_as_seen(case, press, parts)
        return look(case, press, parts)

    found: T = toolbox.look(press.workspace_id, press.user, read)
    return found


def with_private_refusal(toolbox: Toolbox, press: Press, do: Callable[[], None]) -> None:
    """Do it; what stands in the way is told to the one who pressed, and to nobody else."""
    now = toolbox.clock.machine()
    who = press.workspace_id, press.user
    if not (toolbox.bursts.take(*who, now) and toolbox.presses.take(*who, now)):
        toolbox.metrics.refusals.labels("too_fast").inc()
        if toolbox.too_fast.take(*who, now):
            over = Refusal("too_fast", limit=toolbox.presses.most)
            tell_refusal(toolbox, over, press.workspace_id, press.user, place_of(press))
        return
    refusal = refusal_or_none(do, press.action_id)
    if refusal is None:
        return
    if refusal.key not in NOTHING_DONE and refusal.key not in BARRED:
        redraw(toolbox, press)
    if not toolbox.private_answers.take(*who, now):
        return
    target = read_target(press.value)
    tell_refusal(
        toolbox,
        refusal,
        press.workspace_id,
        press.user,
        place_of(press),
        review_id=target.review_id if target else None,
    )


def tell_refusal(
    toolbox: Toolbox,
    refusal: Refusal,
    workspace_id: str,
    user: str,
    place: Place,
    *,
    review_id: int | None = None,
) -> None:
    """Where it was pressed, and as a message that stays where they have to do it again."""
    values = named(toolbox, workspace_id, refusal)

    def tell(session: Session) -> None:
        deed = Deed(session, toolbox.clock.now(), workspace_id, user)
        if refusal.key == LOST and review_id:
            note_lost(
                session,
                workspace_id=workspace_id,
                review_id=review_id,
                channel_id=place.channel,
                now=deed.now,
            )
        row = session.get(ReviewRow, review_id) if review_id else None
        about = row if row is not None and row.workspace_id == workspace_id else None
        keepers = tuple(session.get_one(Seat, about.seat_id).keepers) if about else ()
        answer_privately(
            deed,
            place,
            f"refusals.{refusal.key}",
            values,
            # Who is not in the channel is told that, and nothing of what is in it.
            review_id=about.id if about and refusal.key not in OUTSIDE else None,
            stays=stays(refusal.key, user, read_review(session, about) if about else None, keepers),
            refused=True,
        )

    toolbox.store.transact(tell)


def redraw(toolbox: Toolbox, press: Press) -> None:
    """The message the button stood on may be out of date: then draw it as things are."""
    target = read_target(press.value)
    if target is None:
        return

    def again(deed: Deed) -> None:
        row = deed.session.get(ReviewRow, target.review_id)
        if row is None or row.workspace_id != press.workspace_id:
            return
        if row.version > target.version:
            open_case(deed, target.review_id).redraw()

    toolbox.carry_out(f"{press.key}:redraw", press.workspace_id, press.user, again)


def target_of(press: Press) -> tuple[int, tuple[str, ...]]:
    """The review and the parts a button names. Raises Stale for one that names none of ours."""
    target = read_target(press.value)
    if target is None:
        raise Stale
    return target.review_id, target.parts
