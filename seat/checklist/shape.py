"""What the published schema finds, said so that whoever wrote the file knows what to do."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, cast

from jsonschema import ValidationError
from jsonschema.protocols import Validator

from seat.checklist.model import FieldPath, Locate, Mistake, mistake_at

CALLED = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of fields (name: value)",
}


def shape_mistakes(data: Any, schema: Validator, locate: Locate) -> list[Mistake]:
    """One mistake a field, the most telling one; a misspelt field is not also a missing one."""
    found: dict[FieldPath, str] = {}
    misspelt: set[FieldPath] = set()
    for error in sorted(schema.iter_errors(data), key=_telling):
        at: FieldPath = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            for key, meant in _unknown(error):
                found[(*at, key)] = _about_unknown(key, meant, error)
                misspelt.add((*at, meant))
        elif error.validator == "required":
            missing = _missing(error)
            if (*at, missing) not in misspelt:
                found.setdefault((*at, missing), _about_missing(missing, error))
        else:
            found.setdefault(at, _about(error))
    return [mistake_at(locate, path, message) for path, message in found.items()]


def _telling(error: ValidationError) -> tuple[int, str]:
    """Misspelt names first, what follows from another field last."""
    follows = {"then", "dependentSchemas"} & set(map(str, error.absolute_schema_path))
    rank = 0 if error.validator == "additionalProperties" else 2 if follows else 1
    return rank, error.json_path


def _unknown(error: ValidationError) -> Iterator[tuple[str, str]]:
    known, given = _known(error), cast("dict[str, object]", error.instance)
    for key in given:
        if key not in known:
            near = get_close_matches(str(key).lower(), known, n=1, cutoff=0.5)
            yield key, near[0] if near else ""


def _known(error: ValidationError) -> list[str]:
    return list(cast("dict[str, dict[str, object]]", error.schema)["properties"])


def _about_unknown(key: str, meant: str, error: ValidationError) -> str:
    if meant:
        return f'there is no field "{key}"; did you mean "{meant}"?'
    known = ", ".join(_known(error))
    return f'there is no field "{key}"; remove it, or use one of: {known}'


def _missing(error: ValidationError) -> str:
    match = re.match(r"'(.+)' is a required property", error.message)
    return match[1] if match else ""


def _about_missing(name: str, error: ValidationError) -> str:
    route = list(error.absolute_schema_path)
    if "then" in route:
        return 'is missing; a question with "kind: choice" needs two or more options'
    if "dependentSchemas" in route:
        because = route[route.index("dependentSchemas") + 1]
        return f'is missing; a question with "{because}" needs "kind: choice"'
    return f'is missing; add a line "{name}: …"'


def _about(error: ValidationError) -> str:
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            return _about_type(value, str(limit))
        case "enum":
            return f"must be {' or '.join(map(_quoted, limit))}, not {_quoted(value)}"
        case "const":
            return f'must be {_quoted(limit)} here, since the question has options or "moment"'
        case "pattern":
            return (
                f"must begin with a small letter and have only small letters, digits and _ "
                f"in it, not {_quoted(value)}"
            )
        case "maxLength":
            return f"is {len(value)} characters long; shorten it to at most {limit}"
        case "minLength":
            return "is empty; write something, or remove the line"
        case "minItems":
            return f"has {len(value)}; it needs at least {limit}"
        case "maxItems":
            return f"has {len(value)}; it may have at most {limit}"
        case "minimum":
            return f"must be {limit} or more, not {value}"
    return error.message


def _about_type(value: object, wanted: str) -> str:
    called = CALLED.get(wanted, wanted)
    if value is None:
        return f"is empty; give it {called}, or remove the line"
    if wanted == "string" and not isinstance(value, dict | list):
        return f"must be text, not {_quoted(value)}; put it in quotes"
    return f"must be {called}, not {_quoted(value)}"


def _quoted(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group of fields"
    text = str(value)
    text = text if len(text) <= 40 else text[:39] + "…"
    return f'"{text}"' if isinstance(value, str) else text
