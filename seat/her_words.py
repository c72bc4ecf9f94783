"""What she says at one moment, as a value that stays: what was said back, what was decided upon.

The facts go on, a record must not: what is kept here reads the same whatever comes later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seat.facts import ObjectionState, Review, Stance
from seat.progress import GROUNDS, count_progress
from seat.review import is_settled


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection as it was worded; `state`: what had become of it by then."""

    number: int
    title: str
    mind: str = ""
    state: ObjectionState = ObjectionState.OPEN
    because: str = ""
    """Of one overruled: why."""


@dataclass(frozen=True, slots=True)
class HerWords:
    """`question`: the closing question in full. `statement` "": not known, or not yet asked."""

    question: str = ""
    statement: str = ""
    is_answered: bool = False
    """Not known is an answer too."""
    stance: Stance | None = None
    by: str = ""
    """Who spoke for her, a user id."""
    objections: tuple[Objected, ...] = ()
    grounds: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Question numbers by what their answers stand on."""


def her_words(review: Review) -> HerWords:
    """What she says as things stand."""
    closing, progress = review.closing, count_progress(review)
    return HerWords(
        question=closing.text if closing else "",
        statement=review.statement.text if review.statement else "",
        is_answered=closing is not None and is_settled(review.answers.get(closing.number)),
        stance=review.stance,
        by=review.advocate or "",
        objections=tuple(
            Objected(o.number, o.title, o.changes_her_mind, o.state, o.overruled_because)
            for o in review.objections
        ),
        grounds={name: getattr(progress, name) for name in GROUNDS},
    )


def to_data(words: HerWords) -> dict[str, Any]:
    """As JSON; `from_data` reads it."""
    return {
        "question": words.question,
        "statement": words.statement,
        "is_answered": words.is_answered,
        "stance": words.stance,
        "by": words.by,
        "objections": [
            {"number": o.number, "title": o.title, "mind": o.mind, "state": o.state,
             "because": o.because}
            for o in words.objections
        ],
        "grounds": {name: list(numbers) for name, numbers in words.grounds.items()},
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> HerWords:
    """What `to_data` made, after it was JSON."""
    return HerWords(
        question=data["question"],
        statement=data["statement"],
        is_answered=data["is_answered"],
        stance=Stance(data["stance"]) if data["stance"] else None,
        by=data["by"],
        objections=tuple(
            Objected(o["number"], o["title"], o["mind"], ObjectionState(o["state"]), o["because"])
            for o in data["objections"]
        ),
        grounds={name: tuple(numbers) for name, numbers in data["grounds"].items()},
    )


def with_what_became(words: HerWords, review: Review) -> HerWords:
    """The words as they are kept, each objection with what became of it since.

    One that was raised later is not theirs.
    """
    now = {o.number: o for o in review.objections}
    return HerWords(
        words.question,
        words.statement,
        words.is_answered,
        words.stance,
        words.by,
        tuple(
            Objected(o.number, o.title, o.mind, n.state, n.overruled_because)
            if (n := now.get(o.number))
            else o
            for o in words.objections
        ),
        words.grounds,
    )
