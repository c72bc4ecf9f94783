"""Giving the seat to someone: choosing by turn, seating, passing on, leaving it empty."""

from collections import Counter
from datetime import timedelta

from sqlmodel import col, select

from bot.reviews.deed import Case, Deed, hours_in, roster_of
from bot.reviews.presence import keepers_here, why_left
from bot.reviews.waiting import find_turn, stop_waiting, wait_for_answers, wait_for_confirmation
from db.chunks import chunks
from db.due import cancel_due
from db.outbox import find_surface, want_redraw
from db.tables import Membership, Person, ReviewRow, Seat, Turn
from seat.facts import State
from seat.rotation import Choice, Ending, Member, ProposalFacts, choose_advocate
from seat.rotation import Turn as TurnFact
from seat.seating import Seating, Way, seating_by_turn, to_data
from seat.turns import WINDOW


def choose(case: Case) -> Choice:
    """Whose turn it is in this review. The seat is locked, so two openings cannot both see it."""
    deed = case.deed
    turns = _turns(deed, case.seat)
    here = [t for t in turns if t.review_id == case.id]
    facts = ProposalFacts(
        proposer=case.row.proposer,
        decider=case.row.decider,
        declined=frozenset(t.user for t in here if t.ending is Ending.DECLINED),
        silent=frozenset(t.user for t in here if t.ending is Ending.SILENT),
    )
    members = _members(deed, case.seat, case.row.channel_id, but_for=case.id)
    return choose_advocate(members, turns, facts, deed.now)


def next_in_turn(deed: Deed, seat: Seat) -> str | None:
    """Who would be seated if somebody else proposed something now."""
    turns = _turns(deed, seat)
    members = _members(deed, seat, seat.channel_id)
    return choose_advocate(members, turns, ProposalFacts("", ""), deed.now).advocate


def seat_next(case: Case, way: Way = Way.CHOSEN, by: str = "", reason: str = "") -> Choice:
    """Choose and seat; with nobody left, leave the seat empty and tell the keepers.

    `way`, `by`, `reason`: why it is chosen now, who sat there before, and why they passed on it.
    """
    choice = choose(case)
    case.row.stand_in = choice.stand_in
    if choice.advocate is None:
        leave_empty(case)
    else:
        give_seat(case, seating_by_turn(choice, way, by, reason))
    return choice


def give_seat(case: Case, seating: Seating, *, accepted: bool = False) -> None:
    """Seat `seating.user`: a turn begins, the advocate is told, the answers fall due."""
    deed, row, user = case.deed, case.row, seating.user
    turn = Turn(seat_id=row.seat_id, review_id=case.id, person_id=user, seated_at=deed.now)
    deed.session.add(turn)
    row.advocate, row.seated_at, row.accepted = user, deed.now, accepted
    row.seating = to_data(seating)
    if row.stand_in == user:
        row.stand_in = None
    row.last_taken_number = row.last_taken_at = None
    deed.session.flush()
    wait_for_answers(case, since=deed.now)
    wait_for_confirmation(case)
    case.record("seated", after={"advocate": user, "way": seating.way, "by": seating.by})
    case.tell("seat", user, turn.id)


def vacate(case: Case, ending: str) -> None:
    """The turn of who sits there now ends before the review does. Silence gives it not back."""
    deed, row = case.deed, case.row
    turn = find_turn(case)
    if turn is not None:
        turn.ended_at, turn.end_reason = deed.now, ending
        turn.given_back = ending != Ending.SILENT
        deed.session.add(turn)
    stop_waiting(case)
    # Nobody is left to confirm it; whoever sits down next is given time of their own.
    cancel_due(deed.session, case.id, now=deed.now, kinds=("confirm",))
    row.advocate = row.seated_at = row.answers_due_at = None
    row.accepted, row.seating = False, {}


def leave_empty(case: Case) -> None:
    case.row.advocate = case.row.answers_due_at = None
    case.record("unseated")
    for keeper in keepers_here(case.deed, case.seat):
        case.tell("unseated_for_keeper", keeper, f"{case.row.version}:{keeper}")


def _turns(deed: Deed, seat: Seat) -> list[TurnFact]:
    since = deed.now - 2 * WINDOW
    rows = deed.session.exec(
        select(Turn).where(Turn.seat_id == seat.id, col(Turn.seated_at) > since)
    )
    return [
        TurnFact(
            user=t.person_id,
            seated_at=t.seated_at,
            given_back=t.given_back,
            review_id=t.review_id,
            ended_at=t.ended_at,
            ending=Ending(t.end_reason) if t.end_reason else None,
        )
        for t in rows
    ]


def _members(deed: Deed, seat: Seat, channel_id: str, *, but_for: int = 0) -> list[Member]:
    """`but_for`: the review they are chosen for, which is no open review of theirs yet."""
    assert seat.id is not None
    roster = roster_of(deed.session, seat.id)
    users = [entry.person_id for entry in roster]
    people: dict[str, Person] = {}
    present: dict[str, bool] = {}
    open_reviews: Counter[str | None] = Counter()
    for some in chunks(users):
        people |= {
            person.id: person
            for person in deed.session.exec(
                select(Person).where(
                    Person.workspace_id == seat.workspace_id, col(Person.id).in_(some)
                )
            )
        }
        present |= dict(
            deed.session.exec(
                select(Membership.person_id, Membership.is_member).where(
                    Membership.workspace_id == seat.workspace_id,
                    Membership.channel_id == channel_id,
                    col(Membership.person_id).in_(some),
                )
            ).all()
        )
        open_reviews.update(
            deed.session.exec(
                select(ReviewRow.advocate).where(
                    ReviewRow.workspace_id == seat.workspace_id,
                    col(ReviewRow.advocate).in_(some),
                    col(ReviewRow.state) == State.OPEN,
                    ReviewRow.id != but_for,
                )
            )
        )
    return [
        Member(
            user=entry.person_id,
            position=entry.position,
            weight=entry.weight,
            limit=entry.open_limit,
            in_channel=present.get(entry.person_id, True),
            deactivated=person is not None and person.deactivated,
            guest=person is not None and person.is_guest,
            external=person is not None and person.is_external,
            zone=hours_in(person.tz if person else "", seat.timezone).zone,
            # Whoever was on the roster from the seat's first minute joined "before counting".
            joined_at=entry.joined_at
            if entry.joined_at - seat.created_at > timedelta(minutes=1)
            else None,
            open_reviews=open_reviews[entry.person_id],
        )
        for entry in roster
        for person in [people.get(entry.person_id)]
    ]


def another_stand_in(case: Case) -> str | None:
    """Who is next after the advocate, as things are now."""
    choice = choose(case)
    free = [user for user in (choice.advocate, choice.stand_in) if user != case.row.advocate]
    return next(filter(None, free), None)


def offer_stand_in(case: Case) -> bool:
    """Offer the seat to the stand-in, or to another where they have left meanwhile; False when
    there is none."""
    stand_in = case.row.stand_in
    if stand_in is not None and why_left(case.deed, case.row.channel_id, stand_in) is not None:
        case.row.stand_in = another_stand_in(case)
    if case.row.stand_in is None:
        return False
    case.tell("offer", case.row.stand_in, case.row.stand_in)
    return True


def show_passed_on(deed: Deed, case: Case, user: str) -> None:
    """Redraw the former advocate's private message, which now says the seat is passed on."""
    for turn in deed.session.exec(
        select(Turn).where(Turn.review_id == case.id, Turn.person_id == user)
    ):
        surface = find_surface(
            deed.session, workspace_id=deed.workspace_id, key=f"seat:{case.id}:{turn.id}"
        )
        if surface is not None:
            want_redraw(deed.session, surface, now=deed.now)
