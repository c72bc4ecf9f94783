"""Reading one field of a form into what a use case takes. Shapes only: nothing is judged here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.errors import FieldErrors, Stale
from bot.slack.reading import Submission
from bot.views.forms.inputs import in_field
from seat.facts import Evidence, Stance


def text_of(form: Submission, field: str) -> str:
    """What was typed or chosen; "" for nothing."""
    value = form.values.get(field)
    return value.strip() if isinstance(value, str) else ""


def whole_text(form: Submission, field: str, stands: str) -> str:
    """What a field says now, with what it could not hold of the words that `stands` there."""
    if not was_changed(form, field):
        return stands
    _, rest = in_field(stands)
    return (text_of(form, field) + rest).strip()


def was_changed(form: Submission, field: str) -> bool:
    """Whether the field was sent with something other than what it was drawn with; in a form that
    came back (views/forms/again.py), also what was typed before it did."""
    if field not in form.values:
        return False
    if field in form.metadata.get("typed", ()):
        return True
    sent, shown = form.values[field], form.shown.get(field)
    if isinstance(sent, str) and isinstance(shown, str):
        return sent.strip() != shown.strip()
    return (sent or None) != (shown or None)


def typed_in(form: Submission) -> dict[str, Any]:
    """What was typed or chosen, by field."""
    return {name: value for name, value in form.values.items() if was_changed(form, name)}


def people_of(form: Submission, field: str) -> tuple[str, ...]:
    value = form.values.get(field)
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def date_of(form: Submission, field: str) -> date | None:
    """Raises FieldErrors for what is not a day."""
    text = text_of(form, field)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldErrors(**{field: "not_a_date"}) from None


def read_stance(form: Submission, field: str = "stance") -> Stance | None:
    text = text_of(form, field)
    return Stance(text) if text in set(Stance) else None


def read_evidence(form: Submission, field: str) -> Evidence | None:
    text = text_of(form, field)
    return Evidence(text) if text in set(Evidence) else None


def read_number(parts: Sequence[str]) -> int:
    """The first part of a button's value as a number. Raises Stale."""
    text = parts[0] if parts else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Stale
    return int(text)


def drawn_version(form: Submission) -> int:
    """The review's version the form was drawn with; 0 when it does not say."""
    version = form.metadata.get("version")
    return version if isinstance(version, int) else 0


def part_of(form: Submission) -> str:
    """Which part of the review the form is about: an objection's number, a revision."""
    return str(form.metadata.get("part") or "")
