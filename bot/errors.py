"""The two families of errors.

    Refusal                safe to show: says who may, or what to do instead
    ├── Stale              the review has moved on since the button was drawn
    └── FieldErrors        what is wrong with a form, beside each field
    everything else        a bug: logged with a reference, the reference shown

A refusal is a key in templates/refusals and the values it names; no sentence is written here.
"""

import traceback
from typing import Any


class Refusal(Exception):
    """Raised by a use case: nothing was changed. `key` names the sentence."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Stale(Refusal):
    def __init__(self) -> None:
        super().__init__("stale")


class FieldErrors(Refusal):
    """`errors`: field name -> (key, values)."""

    def __init__(self, **errors: str | tuple[str, dict[str, Any]]) -> None:
        super().__init__("field_errors")
        self.errors = {
            name: error if isinstance(error, tuple) else (error, {})
            for name, error in errors.items()
        }


def places_of(error: BaseException) -> str:
    """Class, a database's code, and places of a bug, without its message: that may quote what
    someone wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    database = getattr(error, "orig", None)
    code = getattr(database, "sqlstate", None) or getattr(database, "sqlite_errorname", None)
    name = f"{type(error).__name__} {code}" if code else type(error).__name__
    return " < ".join([name, *(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))])
