"""Setting up a channel's seat, changing its settings, and leaving its roster."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from sqlmodel import col, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Deed, find_seat, lock_seat, roster_of
from bot.reviews.permit import check_decider, permit_in_seat
from db.due import CANCELLED, finish, set_due
from db.outbox import queue_surface
from db.tables import Due, Person, RosterMember, Seat
from seat.access import Act
from seat.calendar import next_digest_at, read_zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_PEOPLE = 500
MOST_PERSONAS = 20


@dataclass(frozen=True, slots=True)
class SeatSettings:
    """What the form brings. None: leave as it is, or the default of a new seat."""

    roster: tuple[str, ...] | None = None
    keepers: tuple[str, ...] | None = None
    timezone: str | None = None
    digest_day: str | None = None
    digest_time: str | None = None
    answer_within: str | None = None
    default_decider: str | None = None
    personas: tuple[str, ...] | None = None
    digest_when_empty: bool | None = None
    proposer_may_overrule: bool | None = None
    guests_may_propose: bool | None = None


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
    new = seat is None
    _check(deed, settings, new=new)
    if seat is None:
        seat = Seat(
            workspace_id=deed.workspace_id,
            channel_id=channel_id,
            keepers=[deed.user],
            timezone=_own_zone(deed),
            created_by=deed.user,
            created_at=deed.now,
        )
        permit_in_seat(deed, Act.SET_UP, seat)
    else:
        assert seat.id is not None
        seat = lock_seat(deed.session, seat.id)
        permit_in_seat(deed, Act.SETTINGS, seat)
        settings = _only_changed(deed, seat, settings, was or {})
    check_decider(deed, seat, settings.default_decider, "default_decider")
    _apply(seat, settings)
    seat.version += 1
    deed.session.add(seat)
    deed.session.flush()
    if settings.roster is not None:
        _set_roster(deed, seat, settings.roster)
    schedule_digest(deed, seat)
    return seat, new


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


def settings_of(deed: Deed, seat: Seat) -> SeatSettings:
    """The seat's settings as they stand."""
    roster = roster_of(deed.session, seat.id) if seat.id else []
    return SeatSettings(
        roster=tuple(entry.person_id for entry in roster),
        keepers=tuple(seat.keepers),
        timezone=seat.timezone,
        digest_day=seat.digest_day,
        digest_time=seat.digest_time,
        answer_within=f"{seat.answer_within:g}",
        default_decider=seat.default_decider or "",
        personas=tuple(seat.personas),
        digest_when_empty=seat.digest_when_empty,
        proposer_may_overrule=seat.proposer_may_overrule,
        guests_may_propose=seat.guests_may_propose,
    )


def marks_of(settings: SeatSettings) -> dict[str, str]:
    """A short mark of each field's value, for a form to carry: the values would not fit."""
    return {name: _mark(getattr(settings, name)) for name in SeatSettings.__dataclass_fields__}


def _mark(value: object) -> str:
    return hashlib.blake2s(repr(value).encode(), digest_size=4).hexdigest()


def _only_changed(
    deed: Deed, seat: Seat, settings: SeatSettings, was: Mapping[str, str]
) -> SeatSettings:
    """What this person changed. Raises FieldErrors where someone else did so too meanwhile."""
    stands = settings_of(deed, seat)
    kept: dict[str, None] = {}
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    for name, mark in was.items():
        value, now = getattr(settings, name, None), getattr(stands, name, None)
        if value is None or _mark(value) == mark:
            kept[name] = None
        elif mark != _mark(now) and value != now:
            errors[name] = ("changed_meanwhile", {"now": now})
    if errors:
        raise FieldErrors(**errors)
    return replace(settings, **kept)


def _check(deed: Deed, settings: SeatSettings, *, new: bool) -> None:
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    roster = settings.roster or ()
    if not roster and (new or settings.roster is not None):
        errors["roster"] = "roster_empty"
    elif len(roster) > MOST_PEOPLE:
        errors["roster"] = ("too_many", {"limit": MOST_PEOPLE})
    bots = [u for u in roster if _cannot_sit(deed, u)]
    if bots:
        errors["roster"] = ("roster_cannot_sit", {"people": bots})
    if settings.timezone is not None:
        try:
            read_zone(settings.timezone)
        except ValueError:
            errors["timezone"] = ("unknown_zone", {"zone": settings.timezone[:60]})
    if settings.digest_day is not None and settings.digest_day not in DAYS:
        errors["digest_day"] = "unknown_day"
    if settings.digest_time is not None and not _is_time(settings.digest_time):
        errors["digest_time"] = "unknown_time"
    if settings.answer_within is not None and not _is_span(settings.answer_within):
        errors["answer_within"] = "unknown_span"
    if settings.personas is not None and len(settings.personas) > MOST_PERSONAS:
        errors["personas"] = ("too_many", {"limit": MOST_PERSONAS})
    elif settings.personas and any(len(p) > 75 for p in settings.personas):
        errors["personas"] = ("too_long", {"limit": 75, "length": max(map(len, settings.personas))})
    if settings.keepers is not None and not settings.keepers:
        errors["keepers"] = "keepers_empty"
    if errors:
        raise FieldErrors(**errors)


def _apply(seat: Seat, settings: SeatSettings) -> None:
    for name in (
        "timezone",
        "digest_day",
        "digest_time",
        "digest_when_empty",
        "proposer_may_overrule",
        "guests_may_propose",
    ):
        value = getattr(settings, name)
        if value is not None:
            setattr(seat, name, value)
    if settings.keepers is not None:
        seat.keepers = list(settings.keepers)
    if settings.personas is not None:
        seat.personas = list(settings.personas)
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


def _cannot_sit(deed: Deed, user: str) -> bool:
    person = deed.session.get(Person, (deed.workspace_id, user))
    return person is not None and (
        person.is_bot or person.is_guest or person.is_external or person.deactivated
    )


def _own_zone(deed: Deed) -> str:
    person = deed.session.get(Person, (deed.workspace_id, deed.user))
    try:
        return str(read_zone(person.tz if person else "UTC"))
    except ValueError:
        return "UTC"


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 5


def _is_span(text: str) -> bool:
    try:
        return 0.5 <= float(text) <= 20
    except ValueError:
        return False
