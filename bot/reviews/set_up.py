"""Setting up a channel's seat, changing its settings, and leaving its roster."""

from dataclasses import dataclass
from datetime import time

from sqlmodel import col, select

from bot.errors import FieldErrors, Refusal
from bot.reviews.deed import Deed, find_seat, lock_seat
from bot.reviews.permit import permit_in_seat
from db.due import set_due
from db.outbox import queue_surface
from db.tables import Draft, Person, RosterMember, Seat
from seat.access import Act
from seat.calendar import next_digest_at, read_zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_PEOPLE = 500
MOST_PERSONAS = 20


@dataclass(frozen=True, slots=True)
class SeatSettings:
    """What the form brings. None: leave as it is, or the default of a new seat."""

    roster: tuple[str, ...]
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


def set_up(deed: Deed, channel_id: str, settings: SeatSettings) -> tuple[Seat, bool]:
    """Make the channel's seat, or change it. Returns it, and whether it is new.

    Raises FieldErrors; Refusal when the seat is someone else's to change.
    """
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    _check(deed, settings)
    new = seat is None
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
    _apply(seat, settings)
    seat.version += 1
    deed.session.add(seat)
    deed.session.flush()
    _set_roster(deed, seat, settings.roster)
    schedule_digest(deed, seat)
    return seat, new


def leave_roster(deed: Deed, seat_id: int) -> None:
    """[Not me]: off the roster. Whoever sits in an open review stays there until passing on."""
    seat = lock_seat(deed.session, seat_id)
    if seat.workspace_id != deed.workspace_id:
        raise Refusal("no_such_seat")
    entry = deed.session.get(RosterMember, (seat_id, deed.user))
    if entry is None or entry.left_at is not None:
        return
    entry.left_at = deed.now
    deed.session.add(entry)
    key = f"on_the_roster:{seat_id}:{deed.user}"
    queue_surface(
        deed.session,
        workspace_id=deed.workspace_id,
        kind="on_the_roster",
        key=key,
        args={"seat_id": seat_id, "left": True},
        now=deed.now,
    )


def schedule_digest(deed: Deed, seat: Seat) -> None:
    """The next digest, at its local time; one a week, known by the week's own key."""
    hour, minute = (int(part) for part in seat.digest_time.split(":"))
    due_at = next_digest_at(deed.now, seat.timezone, seat.digest_day, time(hour, minute))
    set_due(
        deed.session,
        workspace_id=seat.workspace_id,
        kind="digest",
        key=f"digest:{seat.id}",
        due_at=due_at,
        seat_id=seat.id,
    )


def keep_draft(deed: Deed, form: str, channel_id: str, fields: dict[str, object]) -> None:
    """What was typed into a form that cannot be taken yet; it is offered again."""
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    if draft is None:
        draft = Draft(
            workspace_id=deed.workspace_id, person_id=deed.user, form=form,
            channel_id=channel_id, at=deed.now,
        )  # fmt: skip
    draft.fields, draft.at = dict(fields), deed.now
    deed.session.add(draft)


def find_draft(deed: Deed, form: str, channel_id: str) -> dict[str, object]:
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    return dict(draft.fields) if draft else {}


def drop_draft(deed: Deed, form: str, channel_id: str) -> None:
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    if draft is not None:
        deed.session.delete(draft)


def _check(deed: Deed, settings: SeatSettings) -> None:
    errors: dict[str, str | tuple[str, dict[str, object]]] = {}
    if not settings.roster:
        errors["roster"] = "roster_empty"
    elif len(settings.roster) > MOST_PEOPLE:
        errors["roster"] = ("too_many", {"limit": MOST_PEOPLE})
    bots = [u for u in settings.roster if _cannot_sit(deed, u)]
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
    """Who is new gets one message; who is gone keeps their count for a return."""
    assert seat.id is not None
    wanted = list(dict.fromkeys(people))
    rows = deed.session.exec(select(RosterMember).where(col(RosterMember.seat_id) == seat.id))
    known = {row.person_id: row for row in rows}
    for row in known.values():
        if row.person_id not in wanted and row.left_at is None:
            row.left_at = deed.now
            deed.session.add(row)
    for position, person in enumerate(wanted):
        row = known.get(person) or RosterMember(
            seat_id=seat.id, person_id=person, position=position, joined_at=deed.now
        )
        if person in known and row.left_at is not None:
            row.left_at, row.joined_at = None, deed.now
        row.position = position
        deed.session.add(row)
        if person not in known:
            queue_surface(
                deed.session,
                workspace_id=deed.workspace_id,
                kind="on_the_roster",
                key=f"on_the_roster:{seat.id}:{person}",
                person_id=person,
                seat_id=seat.id,
                args={"seat_id": seat.id},
                now=deed.now,
            )
    deed.session.flush()


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
