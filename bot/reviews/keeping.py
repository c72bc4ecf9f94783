"""Who keeps a seat: who may be named, and who takes over where all keepers have left."""

from bot.errors import FieldErrors
from bot.reviews.deed import Deed
from bot.reviews.permit import permit_in_seat
from bot.reviews.presence import keepers_here, why_left
from db.outbox import queue_surface
from db.tables import Seat
from seat.access import TAKE_OVER_AFTER, Act
from seat.zones import read_zone


def permit_settings(deed: Deed, seat: Seat) -> bool:
    """Raises Refusal unless they may change the seat's settings; whether they take it over."""
    if keepers_here(deed, seat):
        permit_in_seat(deed, Act.SETTINGS, seat)
        return False
    permit_in_seat(deed, Act.TAKE_OVER, seat)
    return True


def choose_keepers(
    deed: Deed, seat: Seat, named: tuple[str, ...] | None, *, takes_over: bool
) -> tuple[str, ...] | None:
    """Who keeps the seat from now on; None: as it is. Raises FieldErrors.

    Keepers who are gone fall out by themselves; that nobody who is here would be left is refused.
    """
    if named is None:
        return (deed.user,) if takes_over else None
    gone = {user: why_left(deed, seat.channel_id, user, inside=False) for user in named}
    if any(gone[user] for user in named if user not in seat.keepers):
        raise FieldErrors(keepers="keepers_cannot")
    if all(why_left(deed, seat.channel_id, user) for user in named):
        raise FieldErrors(keepers="keepers_gone")
    return tuple(user for user in named if gone[user] is None)


def tell_of_take_over(deed: Deed, seat: Seat) -> None:
    """The channel, in one message: the one that told of the keepers' leaving, if it stands."""
    since = seat.keepers_gone_at or deed.now
    seat.keepers_gone_at = None
    deed.session.add(seat)
    tell_channel(deed, seat, f"{since:%Y%m%d%H%M%S}", by=deed.user)


def note_keeper_gone(deed: Deed, seat: Seat, user: str) -> str:
    """A keeper has left: those who remain know, and where nobody does the channel. What was done.

    `user` stays on the list, and keeps the seat again if they come back.
    """
    left = why_left(deed, seat.channel_id, user)
    if user not in seat.keepers or left is None:
        return "not needed"
    remaining = keepers_here(deed, seat)
    if remaining:
        for keeper in remaining:
            queue_surface(
                deed.session,
                workspace_id=deed.workspace_id,
                kind="keeper_left",
                key=f"keeper_left:{seat.id}:{seat.version}:{user}:{keeper}",
                person_id=keeper,
                seat_id=seat.id,
                args={"left": user, "why": str(left), "keepers": remaining},
                now=deed.now,
            )
        return "told"
    if seat.keepers_gone_at is not None:
        return "known"
    seat.keepers_gone_at = deed.now
    deed.session.add(seat)
    tell_channel(deed, seat, f"{deed.now:%Y%m%d%H%M%S}")
    return "unkept"


def tell_channel(deed: Deed, seat: Seat, part: str, *, by: str = "") -> None:
    """`by`: who keeps it now; "" while nobody does."""
    until = (deed.now + TAKE_OVER_AFTER).astimezone(read_zone(seat.timezone))
    queue_surface(
        deed.session,
        workspace_id=deed.workspace_id,
        kind="unkept",
        key=f"unkept:{seat.id}:{part}",
        channel_id=seat.channel_id,
        seat_id=seat.id,
        args={"by": by} if by else {"until": until.date().isoformat()},
        now=deed.now,
    )
