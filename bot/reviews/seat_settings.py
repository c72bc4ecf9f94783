"""A seat's settings: what a form brings, what stands, and what is wrong with either."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.errors import FieldErrors
from bot.reviews.deed import Deed, is_outside, roster_of
from db.tables import Person, Seat
from seat.retention import FOR_GOOD, read_period
from seat.zones import read_zone

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
    keep_for: str | None = None
    """Months, or FOR_GOOD."""
    digest_when_empty: bool | None = None
    proposer_may_overrule: bool | None = None
    guests_may_propose: bool | None = None
    others_may_sit: bool | None = None


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
        keep_for=str(seat.keep_months or FOR_GOOD),
        digest_when_empty=seat.digest_when_empty,
        proposer_may_overrule=seat.proposer_may_overrule,
        guests_may_propose=seat.guests_may_propose,
        others_may_sit=seat.others_may_sit,
    )


def marks_of(settings: SeatSettings) -> dict[str, str]:
    """A short mark of each field's value, for a form to carry: the values would not fit."""
    return {name: _mark(getattr(settings, name)) for name in SeatSettings.__dataclass_fields__}


def _mark(value: object) -> str:
    return hashlib.blake2s(repr(value).encode(), digest_size=4).hexdigest()


def only_changed(
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


def check_settings(deed: Deed, settings: SeatSettings, *, new: bool) -> None:
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
    if settings.keep_for is not None and not _is_period(settings.keep_for):
        errors["keep_for"] = "unknown_period"
    if settings.personas is not None and len(settings.personas) > MOST_PERSONAS:
        errors["personas"] = ("too_many", {"limit": MOST_PERSONAS})
    elif settings.personas and any(len(p) > 75 for p in settings.personas):
        errors["personas"] = ("too_long", {"limit": 75, "length": max(map(len, settings.personas))})
    if settings.keepers is not None and not settings.keepers:
        errors["keepers"] = "keepers_empty"
    if errors:
        raise FieldErrors(**errors)


def check_inside(deed: Deed, channel_id: str, settings: SeatSettings) -> None:
    """What is reviewed in a private channel shows nowhere else: not to a keeper outside it."""
    errors = {
        name: "not_inside"
        for name in ("roster", "keepers")
        if any(is_outside(deed, channel_id, user) for user in getattr(settings, name) or ())
    }
    if errors:
        raise FieldErrors(**errors)


def _cannot_sit(deed: Deed, user: str) -> bool:
    person = deed.session.get(Person, (deed.workspace_id, user))
    return person is not None and (
        person.is_bot or person.is_guest or person.is_external or person.deactivated
    )


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 5


def _is_period(text: str) -> bool:
    try:
        read_period(text)
    except ValueError:
        return False
    return True


def _is_span(text: str) -> bool:
    try:
        return 0.5 <= float(text) <= 20
    except ValueError:
        return False
