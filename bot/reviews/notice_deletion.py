"""Somebody deleted a message of ours. The card and the checklist of a review that is not decided
come back, once: people answer and decide through them. Deleted again, that was meant, and the
keepers are told. Everything else that is deleted stays so.

A thread outlives its first message while anybody's reply is in it: the new card then links to it,
and what is said and posted stays in that thread.
"""

from sqlmodel import col, or_, select

from bot.reviews.deed import Deed, open_case
from bot.reviews.presence import keepers_here
from db.outbox import want_redraw
from db.tables import Surface
from seat.facts import State

COMES_BACK = ("card", "checklist")
TOLD = "deleted_for_keeper"


def notice_deletion(deed: Deed, *, channel_id: str, ts: str, thread_goes_on: bool) -> bool:
    """The message is gone. `thread_goes_on`: replies under it are still there.

    Whether it was ours. Noticed twice, it is done once.
    """
    found = deed.session.exec(
        select(Surface).where(
            Surface.workspace_id == deed.workspace_id,
            Surface.channel_id == channel_id,
            or_(col(Surface.ts) == ts, col(Surface.thread_ts) == ts),
        )
    ).first()
    if found is None:
        return False
    is_head = found.head == ts  # a card that was posted anew need not be: its thread is elsewhere
    if found.ts == ts:
        _gone(deed, found, ts, thread_goes_on=thread_goes_on)
    elif not thread_goes_on:
        _lead_here(deed, found)
        found.thread_ts = None  # what comes is posted under the new one
        deed.session.add(found)
    if is_head and not thread_goes_on:
        _gone_with_it(deed, found)
    return True


def show_new_place(deed: Deed, card: Surface) -> None:
    """Its post arrived, not stored yet: if it was posted anew and no thread goes on elsewhere, the
    letters lead to it from now on. First of all locks, as in a deed; `redraw_changed` is to follow.
    """
    if card.kind == "card" and card.reposted_at is not None and card.thread_ts is None:
        _lead_here(deed, card)


def _lead_here(deed: Deed, card: Surface) -> None:
    if card.review_id is not None:
        open_case(deed, card.review_id).redraw()
        deed.session.refresh(card)


def _gone_with_it(deed: Deed, head: Surface) -> None:
    """Slack keeps the head while a reply is left: of this thread nothing stands any more."""
    under = deed.session.exec(
        select(Surface).where(
            Surface.under_id == head.id,
            col(Surface.person_id).is_(None),
            col(Surface.ts).is_not(None),
            col(Surface.gone_at).is_(None),
        )
    ).all()
    for surface in under:
        _gone(deed, surface, surface.ts or "", thread_goes_on=False)


def _gone(deed: Deed, surface: Surface, ts: str, *, thread_goes_on: bool) -> None:
    if surface.kind not in COMES_BACK or surface.review_id is None:
        surface.gone_at = deed.now
        deed.session.add(surface)
        return
    case = open_case(deed, surface.review_id)
    surface = deed.session.get_one(Surface, surface.id, populate_existing=True)
    if surface.ts != ts or surface.gone_at or case.row.state not in (State.OPEN, State.HEARD):
        return  # somebody else noticed; or the review is over, and shows in the log
    if thread_goes_on and surface.head == ts:
        surface.thread_ts = ts
    if surface.reposted_at is not None or not _has_thread(deed, surface):
        surface.gone_at = deed.now
        thread = _has_thread(deed, surface)
        for keeper in keepers_here(case.deed, case.seat):
            case.tell(TOLD, keeper, surface.kind, what=surface.kind, thread=thread)
    else:
        surface.reposted_at = deed.now
        surface.ts = None
        want_redraw(deed.session, surface, now=deed.now)
    deed.session.add(surface)
    deed.session.flush()


def _has_thread(deed: Deed, surface: Surface) -> bool:
    """Whether the review has a thread, or will have one under a new card."""
    under = deed.session.get(Surface, surface.under_id) if surface.under_id else None
    card = under or surface
    return card.gone_at is None or card.thread_ts is not None
