"""What is said to whoever greets or mentions the bot, or invites it: what it is and how to begin.

Each is a private message that is sent once: a greeting once a day, an invitation once a channel.
"""

from sqlmodel import col, select

from bot.reviews.deed import Deed, find_seat
from db.outbox import queue_surface, want_redraws
from db.tables import Channel, Surface

OFFERING = ("hello", "invited")
"""The messages with a button that sets a seat up."""


def greet(deed: Deed, channel_id: str = "") -> None:
    """`channel_id`: where the bot was mentioned; "" in private messages."""
    queue_surface(
        deed.session,
        workspace_id=deed.workspace_id,
        kind="hello",
        key=f"hello:{deed.user}:{deed.now:%Y%m%d}",
        person_id=deed.user,
        args={"home": channel_id} if channel_id and _could_have_one(deed, channel_id) else {},
        now=deed.now,
    )


def answer_invitation(deed: Deed, channel_id: str) -> None:
    """To the one who does the deed: they invited the bot into a channel that has no seat."""
    if _could_have_one(deed, channel_id):
        queue_surface(
            deed.session,
            workspace_id=deed.workspace_id,
            kind="invited",
            key=f"invited:{channel_id}",
            person_id=deed.user,
            args={"home": channel_id},
            now=deed.now,
        )


def seat_is_made(deed: Deed, channel_id: str) -> None:
    """What offered to set one up there has nothing to offer any more."""
    told = deed.session.exec(
        select(Surface).where(
            Surface.workspace_id == deed.workspace_id, col(Surface.kind).in_(OFFERING)
        )
    )
    those = [s for s in told if s.args.get("home") == channel_id]
    for surface in those:
        surface.args = {**surface.args, "made": True}
        deed.session.add(surface)
    want_redraws(deed.session, those, now=deed.now)


def _could_have_one(deed: Deed, channel_id: str) -> bool:
    """A seat can be set up there."""
    channel = deed.session.get(Channel, (deed.workspace_id, channel_id))
    if channel is not None and channel.is_shared:
        return False
    return find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id) is None
