"""One pricing review for the thread's tests, and the states an advocate can find it in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from seat.facts import (
    Answer,
    AnswerState,
    LastTaken,
    Objection,
    Option,
    Question,
    QuestionKind,
    Review,
)

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""When the question asked now was drawn; the tests' messages come two minutes later."""
LATER = NOON + timedelta(minutes=2)
TS = "1795003320.000100"
OTHER_TS = "1795000000.000100"


def _choice(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label.replace(" ", "_"), label.capitalize()) for label in labels)


QUESTIONS = (
    Question(
        1,
        "moment",
        "Where does she run into this first?",
        kind=QuestionKind.CHOICE,
        options=_choice(
            "finding out", "buying", "first use", "paying", "getting help", "renewing", "leaving"
        ),
        required=True,
        moment=True,
    ),
    Question(2, "expected", "What did she expect to pay, and who told her?"),
    Question(3, "hurt", "Who does this hurt most, and by how much?", required=True),
    Question(
        4,
        "stay",
        "Out of your own pocket, would you stay?",
        kind=QuestionKind.CHOICE,
        options=_choice("yes", "only if", "no"),
    ),
    Question(5, "give", "What do we give her before we take?", required=True),
    Question(6, "left", "Who left over something like this?"),
    Question(7, "closing", "What would she say?", required=True, closing=True),
)
NUMBERS = tuple(q.number for q in QUESTIONS)

FRESH = Review(
    id=1,
    number=18,
    workspace_id="T1",
    channel_id="C1",
    seat_id=1,
    kind="pricing",
    title="Team plan from $39 to $49",
    told_to_her="From 1 June you pay $10 more a month.",
    why="Hosting is up 18 %.",
    proposer="U1",
    decider="U2",
    opened_at=NOON - timedelta(days=1),
    advocate="U3",
    questions=QUESTIONS,
    asked_number=1,
    asked_at=NOON,
)


def given(number: int, text: str = "It would surprise her") -> Answer:
    return Answer(number, AnswerState.GIVEN, text, message_ts=(OTHER_TS,))


def answered(*numbers: int, asked: int | None = None) -> Review:
    """The review with these questions answered in earlier messages, and `asked` drawn at noon."""
    return replace(FRESH, answers={n: given(n) for n in numbers}, asked_number=asked, asked_at=NOON)


AT_2 = answered(1, asked=2)
AT_4 = answered(1, 2, 3, asked=4)
AT_5 = answered(1, 2, 3, 4, asked=5)
AT_7 = answered(1, 2, 3, 4, 5, 6, asked=7)
STANCE = answered(*NUMBERS)
MIND = replace(AT_5, objections=(Objection(11, 1, "She was promised this price"),))
WHY = replace(
    AT_4,
    answers={**AT_4.answers, 3: replace(given(3, "fine"), why_asked=True)},
    last_taken=LastTaken(3, NOON),
)
