"""Reviews to draw samples of: one asked, half answered with an objection, heard, and decided."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from seat.facts import (
    Answer,
    AnswerState,
    Confirmation,
    Decision,
    Evidence,
    Objection,
    ObjectionState,
    Option,
    Question,
    QuestionKind,
    Review,
    Stance,
    State,
    Verdict,
)

SAM, ANA, LEE, BEN = "U00SAM", "U00ANA", "U00LEE", "U00BEN"
NAMES = {SAM: "Sam Ortiz", ANA: "Ana Lima", LEE: "Lee Park", BEN: "Ben Osei"}
NOW = datetime(2027, 3, 2, 10, tzinfo=UTC)

_QUESTIONS = (
    Question(
        1,
        "moment",
        "Where does she run into this first?",
        "Where she notices.",
        QuestionKind.CHOICE,
        tuple(Option(word, word) for word in ("buying", "paying", "renewing", "leaving")),
        required=True,
        quick=True,
        short="Meets it first",
    ),
    Question(2, "hurt", "Who does this hurt most, and by how much?", short="Hurt most"),
    Question(
        3,
        "closing",
        "If the customer were here, what would she say?",
        required=True,
        closing=True,
        short="She says",
    ),
)
ASKED = Review(
    id=1,
    number=1,
    workspace_id="T00000000",
    channel_id="C00000000",
    seat_id=1,
    kind="pricing",
    kind_label="Pricing",
    title="Team plan from $39 to $49",
    told_to_her="From 1 June you pay $10 more a month and keep every feature.",
    why="Hosting is up; this pays for weekend support.",
    affected="Some 400 teams",
    links="https://example.com/prices",
    takes_effect=date(2027, 6, 1),
    proposer=SAM,
    decider=LEE,
    opened_at=NOW - timedelta(days=1),
    advocate=ANA,
    stand_in=BEN,
    seated_at=NOW - timedelta(days=1),
    answers_due_at=NOW + timedelta(days=2),
    decide_by=date(2027, 3, 12),
    persona="first-year small business",
    questions=_QUESTIONS,
)
_OBJECTION = Objection(
    1, 1, "Promised until renewal", "The site said so.", "The old price until her renewal."
)
HALF = replace(
    ASKED,
    answers={1: Answer(1, AnswerState.GIVEN, "paying", "paying", tapped=True)},
    objections=(_OBJECTION,),
    accepted=True,
)
HEARD = replace(
    HALF,
    answers=HALF.answers
    | {
        2: Answer(2, AnswerState.GIVEN, "Three-person shops", evidence=Evidence.MEASURED),
        3: Answer(3, AnswerState.GIVEN, "You said $39. I'd start looking around."),
    },
    stance=Stance.COMPLAIN,
    state=State.HEARD,
    confirmation=Confirmation.CONFIRMED,
    heard_at=NOW,
    decision_due_at=NOW + timedelta(days=4),
)
DECIDED = replace(
    HEARD,
    state=State.DECIDED,
    objections=(replace(_OBJECTION, state=ObjectionState.MITIGATED),),
    decisions=(
        Decision(
            1, Verdict.GO_WITH_CHANGES, "It pays for weekend support.", LEE, NOW,
            "The old price until each renewal.",
        ),
    ),
)  # fmt: skip
UNSEATED = replace(ASKED, advocate=None, stand_in=None, answers_due_at=None)
