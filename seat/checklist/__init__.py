"""What the advocate is asked: checklists, and what is wrong with one that cannot be used.

Files and YAML are read elsewhere (bot/checklists.py); here plain values come in.
"""

from collections.abc import Mapping

from jsonschema.protocols import Validator

from seat.checklist.model import (
    Checklist,
    FieldPath,
    Locate,
    Mistake,
    Shared,
    field_name,
    mistake_at,
    questions_for,
)
from seat.checklist.read import read_checklist, read_shared, tidy
from seat.checklist.rules import checklist_rules, shared_rules
from seat.checklist.shape import shape_mistakes

__all__ = [
    "Checklist",
    "FieldPath",
    "Locate",
    "Mistake",
    "Shared",
    "field_name",
    "mistake_at",
    "parse_checklist",
    "parse_shared",
    "questions_for",
]


def parse_checklist(
    data: Mapping[str, object], locate: Locate, *, shared: Shared, schema: Validator
) -> Checklist | list[Mistake]:
    """`schema` holds checklist.schema.json. The mistakes come in the order of their lines."""
    data = tidy(data)
    shape = shape_mistakes(data, schema, locate)
    mistakes = _in_order(shape, checklist_rules(data, shared, locate))
    return mistakes or read_checklist(data, shared)


def parse_shared(
    data: Mapping[str, object], locate: Locate, *, schema: Validator
) -> Shared | list[Mistake]:
    """`schema` holds common.schema.json."""
    data = tidy(data)
    shape = shape_mistakes(data, schema, locate)
    return _in_order(shape, shared_rules(data, locate)) or read_shared(data)


def _in_order(shape: list[Mistake], rules: list[Mistake]) -> list[Mistake]:
    """With a `quick` misspelt or refused, that no question is quick would only repeat it."""
    quick_refused = any("quick" in m.field or '"quick"' in m.message for m in shape)
    told = [m for m in rules if not (quick_refused and m.field == "questions")]
    return sorted([*shape, *told], key=lambda m: m.line)
