"""When things fall due (DESIGN §7). Spans are working days in the hours of whoever is waited for.

Nothing here is a timer: a caller stores the moment as `due_at` and compares it with now.
"""

from datetime import date, datetime

from seat.calendar.hours import WorkingHours, in_utc, window_until
from seat.calendar.working import add_working_days, next_working_moment
from seat.facts import Size

ANSWER_WITHIN = 2.0
QUICK_WITHIN = 1.0
NUDGE_AT, STAND_IN_AT, RESEAT_AT, KEEPERS_AT = 0.5, 1.0, 1.5, 2.0
"""Rungs of the ladder, as parts of the span that the advocate has."""
RUNG_GAP = 0.5
DECIDE_WITHIN = 3.0
ANOTHER_DECIDER_AFTER = 1.0
CONFIRM_WITHIN = 1.0
SAY_BACK_AFTER = 1 / 8
"""An hour: longer than a phone call between two answers, short enough for the same day."""
QUIET_AFTER = 20.0
LAPSE_AFTER = 5.0


def answer_span(size: Size, answer_within_days: float = ANSWER_WITHIN) -> float:
    """Working days to answer in: the seat's setting, and for a quick review at most one."""
    return min(QUICK_WITHIN, answer_within_days) if size is Size.QUICK else answer_within_days


def due_answers(
    now: datetime, size: Size, answer_within_days: float, hours: WorkingHours
) -> datetime:
    """When the answers of an advocate seated `now` are due; time starts with the next working
    hour in the advocate's own zone."""
    return _rung(STAND_IN_AT, now, size, answer_within_days, hours)


def due_nudge(
    seated_at: datetime, size: Size, answer_within_days: float, hours: WorkingHours
) -> datetime:
    """When the advocate is nudged: half the span."""
    return _rung(NUDGE_AT, seated_at, size, answer_within_days, hours)


def due_stand_in(
    seated_at: datetime, size: Size, answer_within_days: float, hours: WorkingHours
) -> datetime:
    """When the stand-in is offered the seat: as the answers fall due."""
    return _rung(STAND_IN_AT, seated_at, size, answer_within_days, hours)


def due_reseat(
    seated_at: datetime, size: Size, answer_within_days: float, hours: WorkingHours
) -> datetime:
    """When somebody else gets the seat: one and a half spans."""
    return _rung(RESEAT_AT, seated_at, size, answer_within_days, hours)


def due_keepers(
    seated_at: datetime, size: Size, answer_within_days: float, hours: WorkingHours
) -> datetime:
    """When the keepers are told: two spans."""
    return _rung(KEEPERS_AT, seated_at, size, answer_within_days, hours)


def due_after_rung(due: datetime, sent_before: datetime | None, hours: WorkingHours) -> datetime:
    """When a rung may be sent: as it is due, yet no sooner than half a working day after the rung
    before it was really sent (None: it was not), and inside the hours of who gets it."""
    if sent_before is not None:
        due = max(in_utc(due), add_working_days(sent_before, RUNG_GAP, hours))
    return next_working_moment(due, hours)


def due_decision(heard_at: datetime, decide_by: date | None, hours: WorkingHours) -> datetime:
    """When the decision is due: the close of *decide by*, else three working days after `heard`.

    A *decide by* on a day off means the working day before it; one already past when the seat was
    heard means then, at the next working moment.
    """
    if decide_by is None:
        return add_working_days(heard_at, DECIDE_WITHIN, hours)
    return max(window_until(decide_by, hours).closes, next_working_moment(heard_at, hours))


def due_another_decider(reminded_at: datetime, hours: WorkingHours) -> datetime:
    """When those who can name another decider are told: one working day after the reminder was
    sent, as it leaves the decider a day to act on it."""
    return add_working_days(reminded_at, ANOTHER_DECIDER_AFTER, hours)


def due_confirm(said_back_at: datetime, hours: WorkingHours) -> datetime:
    """When what was said back stands without a reply: one working day."""
    return add_working_days(said_back_at, CONFIRM_WITHIN, hours)


def due_say_back(last_said_at: datetime, hours: WorkingHours) -> datetime:
    """When what was said so far is said back although more could be: after a working hour."""
    return add_working_days(last_said_at, SAY_BACK_AFTER, hours)


def due_quiet(last_move_at: datetime, hours: WorkingHours) -> datetime:
    """When the proposer of a review that stands still is asked: 20 working days."""
    return add_working_days(last_move_at, QUIET_AFTER, hours)


def due_lapse(asked_at: datetime, hours: WorkingHours) -> datetime:
    """When a review lapses, once its proposer was asked and said nothing: 5 working days."""
    return add_working_days(asked_at, LAPSE_AFTER, hours)


def is_quiet(last_move_at: datetime, now: datetime, hours: WorkingHours) -> bool:
    """No move for 20 working days."""
    return in_utc(now) >= due_quiet(last_move_at, hours)


def is_lapsed(asked_at: datetime, now: datetime, hours: WorkingHours) -> bool:
    """The proposer was asked 5 working days ago, and still nothing moved."""
    return in_utc(now) >= due_lapse(asked_at, hours)


def _rung(
    part: float, start: datetime, size: Size, within_days: float, hours: WorkingHours
) -> datetime:
    return add_working_days(start, part * answer_span(size, within_days), hours)
