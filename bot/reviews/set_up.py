"""Setting up a channel's seat, changing its settings, and leaving its roster."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Deed, find_seat, is_outside, lock_seat
from bot.reviews.greet import seat_is_made
from bot.reviews.keeping import choose_keepers, permit_settings, tell_of_take_over
from bot.reviews.permit import check_decider, permit_in_seat
from bot.reviews.seat_settings import (
    SeatSettings,
    check_inside,
    check_settings,
    only_changed,
)
from db.due import CANCELLED, finish, set_due
from db.epochs import next_id
from db.outbox import queue_surface
from db.tables import Due, Person, RosterMember, Seat
from seat.access import Act
from seat.calendar import next_digest_at
from seat.retention import read_period
from seat.zones import read_zone


def new_seat(deed: Deed, channel_id: str) -> Seat:
    """What a channel's seat would be, for judging who may make it; not saved."""
    return Seat(
        workspace_id=deed.workspace_id,
        channel_id=channel_id,
        keepers=[deed.user],
        created_by=deed.user,
        created_at=deed.now,
    )


def check_limits(deed: Deed, channel_id: str, settings: SeatSettings) -> None:
    """What is wrong with the settings as they are, whoever they name. Raises FieldErrors."""
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    check_settings(deed, settings, new=seat is None)


def permit_set_up(deed: Deed, channel_id: str, *, beside: bool = False) -> None:
    """Raises Refusal unless they may make the channel's seat, or change the one that is there:
    `beside` another it stays as it is."""
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    if seat is None:
        permit_in_seat(deed, Act.SET_UP, new_seat(deed, channel_id))
    elif not beside:
        permit_settings(deed, seat)


def set_up(
    deed: Deed,
    channel_id: str,
    settings: SeatSettings,
    was: Mapping[str, str] | None = None,
) -> tuple[Seat, bool]:
    """Make the channel's seat, or change it. Returns it, and whether it is new.

    `was`: `marks_of` the fields as the form showed them; those that still are so are left alone.
    Raises FieldErrors, also for a field that someone else changed meanwhile; Refusal when the
    seat is someone else's to change.
    """
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    new, takes_over = seat is None, False
    check_settings(deed, settings, new=new)
    check_inside(deed, channel_id, settings)
    if seat is None:
        seat = new_seat(deed, channel_id)
        seat.id = next_id(deed.session, Seat)
        seat.timezone = _own_zone(deed)
        permit_in_seat(deed, Act.SET_UP, seat)
    else:
        assert seat.id is not None
        seat = lock_seat(deed.session, seat.id)
        takes_over = permit_settings(deed, seat)
        settings = only_changed(deed, seat, settings, was or {})
    keepers = choose_keepers(deed, seat, settings.keepers, takes_over=takes_over)
    settings = replace(settings, keepers=keepers)
    check_decider(deed, seat, settings.default_decider, "default_decider")
    _apply(seat, settings)
    seat.version += 1
    try:
        deed.session.add(seat)
        deed.session.flush()
    except IntegrityError:  # two first set-ups at one instant: there is one seat a channel
        raise Refusal("set_up_meanwhile") from None
    if settings.roster is not None:
        _set_roster(deed, seat, settings.roster)
    if takes_over:
        tell_of_take_over(deed, seat)
    schedule_digest(deed, seat)
    if new:
        seat_is_made(deed, channel_id)
    return seat, new


def set_up_beside(deed: Deed, channel_id: str, settings: SeatSettings) -> None:
    """The private channel's own seat, for what is confidential: only those in it take part.

    One that is there already stays as it is. Raises FieldErrors when nobody of the roster is in it.
    """
    if find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id):
        return

    def inside(people: tuple[str, ...] | None) -> tuple[str, ...]:
        return tuple(user for user in people or () if not is_outside(deed, channel_id, user))

    roster, keepers = inside(settings.roster), inside(settings.keepers)
    if not roster:
        raise FieldErrors(private_channel="nobody_inside")
    set_up(
        deed,
        channel_id,
        replace(
            settings,
            roster=roster,
            keepers=keepers or None,
            default_decider=next(iter(inside((settings.default_decider or "",))), None),
        ),
    )


def leave_roster(deed: Deed, seat_id: int) -> None:
    """[Not me]: off the roster. Whoever sits in an open review stays there until passing on."""
    known = deed.session.get(Seat, seat_id)
    if known is None or known.workspace_id != deed.workspace_id:
        raise Refusal("no_such_seat")
    seat = lock_seat(deed.session, seat_id)
    entry = deed.session.get(RosterMember, (seat_id, deed.user))
    if entry is None or entry.left_at is not None:
        return
    entry.left_at = deed.now
    deed.session.add(entry)
    _tell_of_roster(deed, seat, deed.user, left=True)


def schedule_digest(deed: Deed, seat: Seat) -> None:
    """The next digest, at its local time; what was planned for another time is not sent then."""
    hour, minute = (int(part) for part in seat.digest_time.split(":"))
    due_at = next_digest_at(deed.now, seat.timezone, seat.digest_day, time(hour, minute))
    key = f"digest:{seat.id}:{due_at:%Y-%m-%dT%H:%M}"
    for planned in deed.session.exec(
        select(Due).where(
            Due.seat_id == seat.id,
            Due.kind == "digest",
            col(Due.done_at).is_(None),
            Due.key != key,
        )
    ):
        finish(deed.session, planned, now=deed.now, outcome=CANCELLED)
    set_due(
        deed.session,
        workspace_id=seat.workspace_id,
        kind="digest",
        key=key,
        due_at=due_at,
        seat_id=seat.id,
    )


def _apply(seat: Seat, settings: SeatSettings) -> None:
    for name in (
        "timezone",
        "digest_day",
        "digest_time",
        "digest_when_empty",
        "proposer_may_overrule",
        "guests_may_propose",
        "others_may_sit",
    ):
        value = getattr(settings, name)
        if value is not None:
            setattr(seat, name, value)
    if settings.keepers is not None:
        seat.keepers = list(settings.keepers)
    if settings.personas is not None:
        seat.personas = list(settings.personas)
    if settings.keep_for is not None:
        seat.keep_months = read_period(settings.keep_for)
    if settings.answer_within is not None:
        seat.answer_within = float(settings.answer_within)
    if settings.default_decider is not None:
        seat.default_decider = settings.default_decider or None


def _set_roster(deed: Deed, seat: Seat, people: tuple[str, ...]) -> None:
    """Who is new gets one message; who is gone keeps their count for a return.

    The message of who was taken off, or came back, is redrawn: it says what is so.
    """
    assert seat.id is not None
    wanted = list(dict.fromkeys(people))
    rows = deed.session.exec(select(RosterMember).where(col(RosterMember.seat_id) == seat.id))
    known = {row.person_id: row for row in rows}
    for row in known.values():
        if row.person_id not in wanted and row.left_at is None:
            row.left_at = deed.now
            deed.session.add(row)
            _tell_of_roster(deed, seat, row.person_id, left=True)
    for position, person in enumerate(wanted):
        row = known.get(person) or RosterMember(
            seat_id=seat.id, person_id=person, position=position, joined_at=deed.now
        )
        returned = row.left_at is not None
        if returned:
            row.left_at, row.joined_at = None, deed.now
        row.position = position
        deed.session.add(row)
        if person not in known or returned:
            _tell_of_roster(deed, seat, person)
    deed.session.flush()


def _tell_of_roster(deed: Deed, seat: Seat, person: str, *, left: bool = False) -> None:
    queue_surface(
        deed.session,
        workspace_id=deed.workspace_id,
        kind="on_the_roster",
        key=f"on_the_roster:{seat.id}:{person}",
        person_id=person,
        seat_id=seat.id,
        args={"seat_id": seat.id, **({"left": True} if left else {})},
        now=deed.now,
    )


def _own_zone(deed: Deed) -> str:
    person = deed.session.get(Person, (deed.workspace_id, deed.user))
    try:
        return str(read_zone(person.tz if person else "UTC"))
    except ValueError:
        return "UTC"
