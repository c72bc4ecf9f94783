"""Judges who may do what (DESIGN §6), when a button is pressed, not when it is drawn.

The table stands in seat/acts.py. A refusal is a value: a reason to put into words, and who may
instead. An unknown membership refuses ("try again") wherever the answer would turn on it.
"""

from datetime import timedelta

from seat.acts import WHO_MAY, Act, Actor, Allowed, Reason, Refused, Role, SeatFacts
from seat.facts import Review

__all__ = [
    "TAKE_OVER_AFTER",
    "WHO_MAY",
    "Act",
    "Actor",
    "Allowed",
    "Reason",
    "Refused",
    "Role",
    "SeatFacts",
    "may",
    "may_read",
    "may_sit",
]

TAKE_OVER_AFTER = timedelta(days=7)
"""An admin may take over an unkept seat at once, those on its roster when that is over."""


def may_read(*, private: bool, outsider: bool, member: bool | None) -> bool | None:
    """Whether somebody may know what is in a channel; None: it hangs on what is not known.

    A public channel is read by every full member; guests and people from outside (`outsider`)
    read only the channels they are in, and a private one is read by who is in it.
    """
    return member if private or outsider else True


def may(act: Act, actor: Actor, seat: SeatFacts, review: Review | None = None) -> Allowed | Refused:
    """`review`: needed for every act on one; without it nobody has a part in it."""
    roles = WHO_MAY[act]
    for gate in (_barred(act, actor, seat), _kept_outside(act, actor, seat, review)):
        if gate is not None:
            return gate
    if act is Act.VOLUNTEER and review and review.advocate:
        return Refused(Reason.ALREADY_SEATED, (Role.ADVOCATE,), (review.advocate,))
    if act is Act.TAKE_OVER and seat.unkept_for is None:
        return Refused(Reason.IS_KEPT, (Role.KEEPER,), seat.keepers)
    if Role.ADVOCATE in roles and review and review.advocate is None:
        return Refused(Reason.UNSEATED, (Role.ON_ROSTER,))
    if not any(_has(role, actor, review) for role in roles):
        return Refused(Reason.NOT_YOURS, roles, _names(roles, seat, review))
    if act in (Act.VOLUNTEER, Act.TAKE_OFFER, Act.TAKE_BACK) and review:
        is_open = act is Act.VOLUNTEER and seat.others_may_sit and seat.roster_is_out
        return may_sit(actor, review, off_roster=is_open)
    if act is Act.TAKE_OVER:
        return _may_take_over(actor, seat)
    proposes = review is not None and actor.user == review.proposer
    if act is Act.OVERRULE and proposes and not seat.proposer_may_overrule:
        return Refused(Reason.PROPOSER_CANNOT_OVERRULE, roles)
    return Allowed()


def may_sit(person: Actor, review: Review, *, off_roster: bool = False) -> Allowed | Refused:
    """Whether the seat may be handed to `person`, or taken by them, whoever sits in it now.

    `off_roster`: nobody on the roster can, so any full member of the channel may.
    """
    roles = (Role.CHANNEL_MEMBER,) if off_roster else (Role.ON_ROSTER,)
    for gate in (_unless_member(person), _from_outside(person, roles)):
        if gate is not None:
            return gate
    if not (person.on_roster or off_roster):
        return Refused(Reason.NOT_YOURS, roles)
    if person.user == review.proposer:
        return Refused(Reason.PROPOSER_CANNOT_SIT, roles)
    if person.user == review.decider:
        return Refused(Reason.DECIDER_CANNOT_SIT, roles)
    return Allowed()


def _may_take_over(actor: Actor, seat: SeatFacts) -> Allowed | Refused:
    """Full members in the channel only: what a seat's keeper reads and changes is theirs."""
    roles = WHO_MAY[Act.TAKE_OVER]
    for gate in (_from_outside(actor, roles), _unless_member(actor)):
        if gate is not None:
            return gate
    is_old = seat.unkept_for is not None and seat.unkept_for >= TAKE_OVER_AFTER
    if not (actor.is_admin or is_old):
        return Refused(Reason.NOT_YET, roles)
    return Allowed()


def _barred(act: Act, actor: Actor, seat: SeatFacts) -> Refused | None:
    """What no membership could change."""
    roles = WHO_MAY[act]
    if seat.shared:
        return Refused(Reason.SHARED_CHANNEL if act is Act.SET_UP else Reason.PAUSED, roles)
    if act is Act.SET_UP or (act in (Act.PROPOSE, Act.ADD_VOICE) and not seat.guests_may_propose):
        return _from_outside(actor, roles)
    return None


def _kept_outside(act: Act, actor: Actor, seat: SeatFacts, review: Review | None) -> Refused | None:
    """Comes before names are given: who cannot read a channel learns nothing of it."""
    private = seat.private or (review is not None and review.private)
    outsider = actor.is_guest or actor.is_external
    readable = may_read(private=private, outsider=outsider, member=actor.is_member_of_channel)
    if readable is not True or Role.CHANNEL_MEMBER in WHO_MAY[act]:
        return _unless_member(actor)
    return None


def _unless_member(actor: Actor) -> Refused | None:
    if actor.is_member_of_channel is None:
        return Refused(Reason.TRY_AGAIN, (Role.CHANNEL_MEMBER,))
    if not actor.is_member_of_channel:
        return Refused(Reason.NOT_IN_CHANNEL, (Role.CHANNEL_MEMBER,))
    return None


def _from_outside(actor: Actor, roles: tuple[Role, ...]) -> Refused | None:
    if actor.is_external:
        return Refused(Reason.EXTERNAL, roles)
    if actor.is_guest:
        return Refused(Reason.GUEST, roles)
    return None


def _has(role: Role, actor: Actor, review: Review | None) -> bool:
    match role:
        case Role.FULL_MEMBER:
            return not (actor.is_guest or actor.is_external)
        case Role.CHANNEL_MEMBER:
            return actor.is_member_of_channel is True
        case Role.READER:
            return True  # who is not one was kept outside
        case Role.ON_ROSTER:
            return actor.on_roster
        case Role.KEEPER:
            return actor.is_keeper
        case Role.ADMIN:
            return actor.is_admin
        case _:
            return review is not None and actor.user == _part(role, review)


def _part(role: Role, review: Review) -> str | None:
    """Who has that part in this very review."""
    return {
        Role.ADVOCATE: review.advocate,
        Role.STAND_IN: review.stand_in,
        Role.PROPOSER: review.proposer,
        Role.DECIDER: review.decider,
    }.get(role)


def _names(roles: tuple[Role, ...], seat: SeatFacts, review: Review | None) -> tuple[str, ...]:
    named = [part for role in roles if review and (part := _part(role, review))]
    keepers = seat.keepers if Role.KEEPER in roles else ()
    return tuple(dict.fromkeys([*named, *keepers]))
