"""A finding: what is so, how bad it is, what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_NAMED = 5


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`facts`: the numbers and ids behind `says`, for a program."""

    check: str
    state: State
    says: str
    do: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


EXIT_CODES = {State.OK: 0, State.WARN: 1, State.FAIL: 2}


def worst(findings: Sequence[Finding]) -> State:
    return max((f.state for f in findings), key=lambda s: EXIT_CODES[s], default=State.OK)


def named(names: Sequence[str], between: str = ", ") -> str:
    """The first few, and how many more."""
    more = len(names) - MOST_NAMED
    return between.join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def many(count: int, thing: str) -> str:
    """`2 messages`"""
    return f"{count} {thing}" + ("" if count == 1 else "s")
