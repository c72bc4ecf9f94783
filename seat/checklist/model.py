"""A checklist as rules use it, and a mistake somebody made in writing one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from seat.facts import Question, Size

REQUIRED_AT_MOST = 4
QUICK_EXACTLY = 3

FieldPath = tuple[str | int, ...]
"""Where in a file: ("questions", 3, "kind"). Lists count from 0."""

Locate = Callable[[FieldPath], tuple[str, int]]
"""The file and the line (from 1) a field stands on."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one line of one file, and what to do about it."""

    file: str
    line: int
    field: str
    """`questions[3].kind`; empty when the whole file is meant."""
    message: str


@dataclass(frozen=True, slots=True)
class Shared:
    """The two questions that open and close every checklist."""

    first: Question
    closing: Question


@dataclass(frozen=True, slots=True)
class Checklist:
    """All questions for one kind of change, the shared ones included, numbered from 1."""

    kind: str
    label: str
    version: int
    questions: tuple[Question, ...]


def questions_for(checklist: Checklist, size: Size) -> tuple[Question, ...]:
    """What a review of that size asks, numbered from 1."""
    asked = [q for q in checklist.questions if size is Size.FULL or q.quick]
    return tuple(replace(q, number=n) for n, q in enumerate(asked, start=1))


def field_name(path: FieldPath) -> str:
    """("questions", 3, "kind") -> "questions[3].kind"."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def mistake_at(locate: Locate, path: FieldPath, message: str) -> Mistake:
    file, line = locate(path)
    return Mistake(file, line, field_name(path), message)
