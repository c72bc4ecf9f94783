"""From the plain values of a file that has passed every check to the facts rules read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from seat.checklist.model import Checklist, Shared
from seat.facts import Option, Question, QuestionKind


def option_value(label: str) -> str:
    """What goes over the wire for an option: "only if" -> "only_if"."""
    return re.sub(r"\W+", "_", label.casefold()).strip("_") or label


def tidy(value: Any) -> Any:
    """Every text on one line, without the spaces a folded block leaves."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    return value


def read_question(data: Mapping[str, Any]) -> Question:
    """Without its number: that depends on the review's size."""
    return Question(
        number=0,
        key=data["id"],
        text=data["text"],
        hint=data.get("hint", ""),
        kind=QuestionKind(data.get("kind", "text")),
        options=tuple(Option(option_value(label), label) for label in data.get("options", ())),
        required=data.get("required", False),
        quick=data.get("quick", False),
        moment=data.get("moment", False),
        short=data["short"],
    )


def read_shared(data: Mapping[str, Any]) -> Shared:
    first, closing = read_question(data["first"]), read_question(data["closing"])
    return Shared(
        first=replace(first, required=True, quick=True),
        closing=replace(closing, required=True, quick=True, closing=True),
    )


def read_checklist(data: Mapping[str, Any], shared: Shared) -> Checklist:
    questions = (shared.first, *map(read_question, data["questions"]), shared.closing)
    return Checklist(
        kind=data["kind"],
        label=data["label"],
        version=int(data["version"]),
        questions=tuple(replace(q, number=n) for n, q in enumerate(questions, start=1)),
    )
