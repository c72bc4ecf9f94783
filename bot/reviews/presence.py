"""Who of those who have a part in a seat is still here, as far as our copy of Slack knows."""

from bot.reviews.deed import Case, Deed
from db.gone import want_gone
from db.tables import Membership, Person, Seat
from seat.leaving import Left, Presence, why_gone


def presence_of(deed: Deed, channel_id: str, user: str) -> Presence:
    """Nobody known is still here: we only have to ask."""
    person = deed.session.get(Person, (deed.workspace_id, user))
    membership = deed.session.get(Membership, (deed.workspace_id, channel_id, user))
    if person is None:
        return Presence(in_channel=membership.is_member if membership else None)
    return Presence(
        deactivated=person.deactivated,
        is_bot=person.is_bot,
        external=person.is_external,
        guest=person.is_guest,
        in_channel=membership.is_member if membership else None,
    )


def why_left(deed: Deed, channel_id: str, user: str, *, inside: bool = True) -> Left | None:
    """None: still here. `inside`: the part needs the channel."""
    return why_gone(presence_of(deed, channel_id, user), inside=inside)


def keepers_here(deed: Deed, seat: Seat) -> list[str]:
    """Those who keep the seat and are still here: who is told, and whom a refusal names."""
    return [user for user in seat.keepers if why_left(deed, seat.channel_id, user) is None]


def look_after_parts(case: Case) -> None:
    """The review goes on again: those of its people who left meanwhile are seen to at once."""
    row = case.row
    case.deed.session.flush()
    for user in dict.fromkeys(filter(None, (row.advocate, row.stand_in, row.decider))):
        left = why_left(case.deed, row.channel_id, user)
        if left is not None:
            want_gone(
                case.deed.session,
                row.workspace_id,
                [user],
                now=case.deed.now,
                channel_id=row.channel_id,
            )
