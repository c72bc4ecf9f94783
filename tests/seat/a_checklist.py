"""A good checklist as its file says it, to be spoiled by a test, and parsing it without a file."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from seat.checklist import Checklist, FieldPath, Mistake, Shared, parse_checklist, parse_shared

FOLDER = Path(__file__).parents[2] / "checklists"
SCHEMAS = [json.loads(p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.schema.json"))]
CHECKLIST, COMMON = (
    Draft202012Validator(
        schema,
        registry=Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in SCHEMAS),
    )
    for schema in SCHEMAS
)
FIRST = {
    "id": "first_moment",
    "text": "Where does she run into this first?",
    "short": "Meets it first",
    "kind": "choice",
    "moment": True,
    "options": ["buying", "paying"],
}
CLOSING = {"id": "statement", "text": "What would she say?", "short": "She says"}
GOOD: dict[str, Any] = {
    "kind": "refunds",
    "label": "Refunds",
    "version": 2,
    "questions": [
        {"id": "wait", "text": "How long does she wait?", "short": "Waits", "required": True},
        {
            "id": "fair",
            "text": "Is it fair?",
            "hint": "To her.",
            "short": "Fair",
            "quick": True,
            "kind": "choice",
            "options": ["yes", "only if", "no"],
        },
        {"id": "back", "text": "How does she get back?", "short": "Way back", "required": True},
    ],
}


def nowhere(path: FieldPath) -> tuple[str, int]:
    return "refunds.yaml", 1


def shared() -> Shared:
    parsed = parse_shared({"first": FIRST, "closing": CLOSING}, nowhere, schema=COMMON)
    assert isinstance(parsed, Shared)
    return parsed


def parse(data: Any) -> Checklist | list[Mistake]:
    return parse_checklist(data, nowhere, shared=shared(), schema=CHECKLIST)
