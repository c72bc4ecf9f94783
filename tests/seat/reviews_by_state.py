"""Reviews as far along as a test needs them: asked, answered, heard, decided."""

from datetime import UTC, datetime, timedelta
from typing import Any

from seat.facts import Answer, AnswerState, Decision, Question, Review, Stance, State, Verdict

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
CLOSING = Question(1, "statement", "What would she say?", required=True, closing=True)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def review(number: int = 1, **more: Any) -> Review:
    facts: dict[str, Any] = {
        "id": 100 + number,
        "number": number,
        "workspace_id": "T1",
        "channel_id": "C1",
        "seat_id": 1,
        "kind": "pricing",
        "title": f"Change {number}",
        "told_to_her": "You pay more.",
        "why": "Hosting is up.",
        "proposer": "SAM",
        "decider": "LEE",
        "advocate": "ANA",
        "opened_at": NOW - days(3),
        "seated_at": NOW - days(2),
        "questions": (CLOSING,),
    }
    return Review(**facts | more)


def heard(number: int = 1, **more: Any) -> Review:
    return review(number, **{"state": State.HEARD, "heard_at": NOW - days(1)} | more)


def decided(number: int = 1, *, ago: float = 1, **more: Any) -> Review:
    decision = Decision(
        1,
        more.pop("verdict", Verdict.GO),
        "It pays for support.",
        "LEE",
        NOW - days(ago),
        marks=more.pop("marks", ()),
    )
    return review(number, **{"state": State.DECIDED, "decisions": (decision,)} | more)


def spoken(**more: Any) -> Review:
    answer = Answer(1, AnswerState.GIVEN, "I would look around.")
    return review(answers={1: answer}, stance=Stance.COMPLAIN, **more)
