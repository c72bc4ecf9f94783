"""Checking an act against the one table of who may (seat/acts.py), when it is done, not when drawn.

What is known of the person is read from the store; handlers refresh it from Slack before the
transaction begins (bot/slack/directory.py), so that no call is made inside one.
"""

from dataclasses import replace

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Case, Deed, roster_of
from bot.reviews.presence import keepers_here, why_left
from bot.reviews.seating import choose
from db.tables import Channel, Membership, Person, Seat
from seat.access import Act, Actor, Refused, SeatFacts, may, may_sit
from seat.facts import Review


def permit(case: Case, act: Act, user: str | None = None) -> None:
    """Raises Refusal, naming who may, unless the one who does the deed may do `act`."""
    seat = seat_facts(case.deed, case.seat)
    if act is Act.VOLUNTEER:
        seat = replace(seat, roster_is_out=choose(case).advocate is None)
    _permit(case.deed, act, case.seat, seat, case.facts, user or case.deed.user)


def permit_in_seat(deed: Deed, act: Act, seat: Seat) -> None:
    """As `permit`, for what is no act on a review."""
    _permit(deed, act, seat, seat_facts(deed, seat), None, deed.user)


def _permit(
    deed: Deed, act: Act, seat: Seat, facts: SeatFacts, review: Review | None, user: str
) -> None:
    verdict = may(act, read_actor(deed, seat, user), facts, review)
    if isinstance(verdict, Refused):
        raise refusal_of(verdict, act, review)


def permit_to_sit(case: Case, user: str) -> None:
    """Raises Refusal unless the seat may be given to `user`."""
    verdict = may_sit(read_actor(case.deed, case.seat, user), case.facts)
    if isinstance(verdict, Refused):
        raise refusal_of(verdict, Act.VOLUNTEER, case.facts)


def check_decider(deed: Deed, seat: Seat, user: str | None, field: str = "decider") -> None:
    """Raises FieldErrors for someone named to decide who could never press the button."""
    if not user:
        return
    if cannot := why_not_decide(deed, seat, user):
        raise FieldErrors(**{field: cannot})


def why_not_decide(deed: Deed, seat: Seat, user: str) -> str:
    """ "" for someone who can."""
    person = deed.session.get(Person, (deed.workspace_id, user))
    if person is None or person.is_bot or person.deactivated:
        return "decider_cannot"
    if person.is_guest or person.is_external:
        return "decider_cannot"
    if seat_facts(deed, seat).private:
        membership = deed.session.get(Membership, (deed.workspace_id, seat.channel_id, user))
        if membership is None or not membership.is_member:
            return "decider_not_in_channel"
    return ""


def default_decider(deed: Deed, seat: Seat) -> str | None:
    """Who decides where nobody is named, if they still can."""
    user = seat.default_decider
    return user if user and not why_not_decide(deed, seat, user) else None


def refusal_of(refused: Refused, act: Act, review: Review | None) -> Refusal:
    return Refusal(
        str(refused.reason),
        act=str(act),
        number=review.number if review else 0,
        roles=[str(role) for role in refused.who_may],
        people=list(refused.names),
    )


def read_actor(deed: Deed, seat: Seat, user: str) -> Actor:
    """A person as far as is known; nobody known is a guest from nowhere, and who was deactivated
    has no part in anything: what they did a moment before may arrive after it."""
    person = deed.session.get(Person, (deed.workspace_id, user))
    if person is not None and person.deactivated:
        return Actor(user, is_member_of_channel=False, is_guest=True)
    known = deed.session.get(Membership, (deed.workspace_id, seat.channel_id, user))
    on_roster = seat.id is not None and user in {
        entry.person_id for entry in roster_of(deed.session, seat.id)
    }
    return Actor(
        user=user,
        is_member_of_channel=known.is_member if known else None,
        is_guest=person.is_guest if person else True,
        is_external=person.is_external if person else True,
        is_keeper=user in seat.keepers
        and why_left(deed, seat.channel_id, user, inside=False) is None,
        is_admin=person.is_admin if person else False,
        on_roster=on_roster,
    )


def seat_facts(deed: Deed, seat: Seat) -> SeatFacts:
    channel = deed.session.get(Channel, (deed.workspace_id, seat.channel_id))
    here = keepers_here(deed, seat)
    return SeatFacts(
        keepers=tuple(here),
        private=channel.is_private if channel else True,
        shared=channel.is_shared if channel else False,
        guests_may_propose=seat.guests_may_propose,
        proposer_may_overrule=seat.proposer_may_overrule,
        others_may_sit=seat.others_may_sit,
        unkept_for=None if here else deed.now - (seat.keepers_gone_at or deed.now),
    )
