"""Working time, due moments and the digest's week. `now` is always given; nothing reads a clock."""

from seat.calendar.digest import DAYS, is_still_that_week, iso_week, next_digest_at
from seat.calendar.due import (
    answer_span,
    due_after_rung,
    due_another_decider,
    due_answers,
    due_confirm,
    due_decision,
    due_keepers,
    due_lapse,
    due_nudge,
    due_quiet,
    due_reseat,
    due_say_back,
    due_stand_in,
    is_lapsed,
    is_quiet,
)
from seat.calendar.hours import MONDAY_TO_FRIDAY, WorkingHours
from seat.calendar.working import (
    add_working_days,
    is_working,
    next_working_moment,
    working_days_between,
)

__all__ = [
    "DAYS",
    "MONDAY_TO_FRIDAY",
    "WorkingHours",
    "add_working_days",
    "answer_span",
    "due_after_rung",
    "due_another_decider",
    "due_answers",
    "due_confirm",
    "due_decision",
    "due_keepers",
    "due_lapse",
    "due_nudge",
    "due_quiet",
    "due_reseat",
    "due_say_back",
    "due_stand_in",
    "is_lapsed",
    "is_quiet",
    "is_still_that_week",
    "is_working",
    "iso_week",
    "next_digest_at",
    "next_working_moment",
    "working_days_between",
]
