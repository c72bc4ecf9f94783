"""Reviews to draw: one in every state a person can meet, and the scene they are met in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.data import data_folder
from bot.views.scene import Scene
from bot.wording import Wording
from seat.facts import (
    Answer,
    AnswerState,
    Confirmation,
    Decision,
    Doubt,
    Evidence,
    LastTaken,
    Mark,
    Objection,
    ObjectionState,
    Option,
    Question,
    QuestionKind,
    Review,
    Size,
    Stance,
    State,
    Verdict,
)
from seat.rotation import LeftOut, Reason
from seat.seating import Seating, Way

SAM, ANA, LEE, BEN, KIM = "U00SAM", "U00ANA", "U00LEE", "U00BEN", "U00KIM"
NAMES = {SAM: "Sam Ortiz", ANA: "Ana Lima", LEE: "Lee Park", BEN: "Ben Osei", KIM: "Kim Wu"}
NOW = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
DUE = datetime(2027, 3, 4, 16, 0, tzinfo=UTC)
DUE_TOKEN = f"<!date^{int(DUE.timestamp())}^{{date_long_pretty}} at {{time}}|Thu 4 Mar, 16:00 UTC>"
LINK = (
    "https://acme.slack.com/archives/C00PRICING/p1772445600000100"
    "?thread_ts=1772445600.000100&cid=C00PRICING"
)
WRITTEN_LINK = LINK.replace("&", "&amp;")
"""As it stands in mrkdwn."""
WORDING = Wording(data_folder("templates"))

MOMENTS = tuple(
    Option(value, value.replace("_", " "))
    for value in (
        "finding_out", "buying", "first_use", "paying", "getting_help", "renewing", "leaving",
    )
)  # fmt: skip
STAY = (Option("yes", "yes"), Option("only_if", "only if"), Option("no", "no"))

QUESTIONS = (
    Question(1, "moment", "Where does she run into this first?", "Where she notices.",
             QuestionKind.CHOICE, MOMENTS, True, True, moment=True, short="Meets it first"),
    Question(2, "expected", "What did she expect to pay, and who told her?",
             "A quote, the site, last year's invoice.", short="Expected"),
    Question(3, "hurt", "Who does this hurt most, and by how much?", required=True,
             short="Hurt most"),
    Question(4, "stay", "Would you stay?", "\"Only if\": say what.", QuestionKind.CHOICE, STAY,
             quick=True, short="Stay"),
    Question(5, "give", "What do we give her before we take?",
             "Notice, old price, a free month. Sorry isn't one.", required=True, short="Give"),
    Question(6, "left", "Who left over something like this?", short="Left"),
    Question(7, "closing", "If the customer were here, what would she say?",
             "One or two sentences starting with \"I\".", required=True, quick=True, closing=True,
             short="She says"),
)  # fmt: skip

GIVEN = {
    1: Answer(1, AnswerState.GIVEN, "paying", "paying", tapped=True),
    2: Answer(2, AnswerState.GIVEN, "$39, the site still says so", evidence=Evidence.MEASURED),
    3: Answer(3, AnswerState.GIVEN, "3-person shops, $120 a year"),
    4: Answer(4, AnswerState.NOT_KNOWN, evidence=Evidence.NOT_KNOWN),
    5: Answer(5, AnswerState.GIVEN, "old price until renewal"),
    6: Answer(6, AnswerState.GIVEN, "Two in May", evidence=Evidence.SAID),
    7: Answer(7, AnswerState.GIVEN, "You said $39. I'd start looking around."),
}
OBJECTION = Objection(
    11, 1, "Promised until renewal", "The site said so.", "old price until her renewal date.",
    mind_asked=True,
)  # fmt: skip

ASKED = Review(
    id=5,
    number=18,
    workspace_id="T1",
    channel_id="C00PRICING",
    seat_id=1,
    kind="pricing",
    kind_label="Pricing",
    title="Team plan from $39 to $49",
    told_to_her="From 1 June you pay $10 more a month and keep every feature.",
    why="Hosting is up; she gets weekend support.",
    proposer=SAM,
    decider=LEE,
    opened_at=NOW - timedelta(days=1),
    advocate=ANA,
    stand_in=BEN,
    seated_at=NOW - timedelta(days=1),
    seating=Seating(ANA, Way.CHOSEN, turns=1, instead_of=(LeftOut(BEN, Reason.AWAY),)),
    answers_due_at=DUE,
    decide_by=date(2027, 3, 12),
    persona="first-year small business",
    questions=QUESTIONS,
    version=3,
)
HALF = replace(
    ASKED, answers={n: GIVEN[n] for n in (1, 2, 3, 4)}, objections=(OBJECTION,), accepted=True
)
COMPLETE = replace(
    HALF, answers=GIVEN, stance=Stance.COMPLAIN, statement_version=9, said_back_version=9,
    confirm_by=DUE,
)  # fmt: skip
HEARD = replace(
    COMPLETE, state=State.HEARD, confirmation=Confirmation.CONFIRMED, heard_at=NOW,
    decision_due_at=DUE + timedelta(days=4),
)  # fmt: skip
DECISION = Decision(
    1, Verdict.GO_WITH_CHANGES, "hosting is up 18 %; this pays for weekend support.", LEE,
    datetime(2027, 3, 12, 9, tzinfo=UTC), "old price until each renewal.",
)  # fmt: skip
DECIDED = replace(
    HEARD, state=State.DECIDED, decisions=(DECISION,),
    objections=(replace(OBJECTION, state=ObjectionState.MITIGATED),),
)  # fmt: skip
A_LONG_LIST = tuple(replace(QUESTIONS[1], number=n, short=f"Part {n}") for n in range(1, 60))
UNSEATED = replace(ASKED, advocate=None, stand_in=None, answers_due_at=None, seating=None)
LIVE = {"live_since": date(2027, 3, 1)}


def states() -> dict[str, Review]:
    """By name, every state that is drawn differently somewhere."""
    overruled = replace(
        OBJECTION, state=ObjectionState.OVERRULED, overruled_because="It pays for support."
    )
    every_mark = replace(DECISION, verdict=Verdict.GO, changes="", marks=tuple(Mark))
    defer = replace(DECISION, verdict=Verdict.DEFER, changes="", until=date(2027, 6, 1))
    offered = replace(OBJECTION, reply="Until renewal?", offered=ObjectionState.MITIGATED)
    accepted = replace(OBJECTION, reply="You are right.", offered=ObjectionState.ACCEPTED)
    unknown = {**GIVEN, 7: Answer(7, AnswerState.NOT_KNOWN, evidence=Evidence.NOT_KNOWN)}
    mixed = {
        1: replace(GIVEN[1], text="Mostly when paying, some when renewing"),
        2: Answer(2, AnswerState.SKIPPED, "we sell to no one there"),
        3: replace(GIVEN[3], stale=True),
        4: Answer(4, AnswerState.GIVEN, "only if she keeps the price", "only_if"),
        5: Answer(5, AnswerState.RETRACTED),
        6: Answer(6, AnswerState.GIVEN, "Two in May", stale=True),
    }
    ended = tuple(
        replace(overruled, number=number, state=state)
        for number, state in enumerate(
            (
                ObjectionState.OVERRULED,
                ObjectionState.ACCEPTED,
                ObjectionState.WITHDRAWN,
                ObjectionState.NOT_PURSUED,
            ),
            start=1,
        )
    )
    return {
        "asked": ASKED,
        "half": HALF,
        "mixed": replace(HALF, answers=mixed, revision=2, objections=()),
        "quick": replace(
            ASKED, size=Size.QUICK, questions=(QUESTIONS[0], QUESTIONS[3], QUESTIONS[6])
        ),
        "asked a choice of three": replace(ASKED, answers={n: GIVEN[n] for n in (1, 2, 3)}),
        "asked her statement": replace(ASKED, answers={n: GIVEN[n] for n in range(1, 7)}),
        "asked why": replace(
            ASKED,
            answers={3: Answer(3, AnswerState.GIVEN, "fine", why_asked=True)},
            last_taken=LastTaken(3, NOW),
        ),
        "asked only if what": replace(
            ASKED,
            answers={
                4: Answer(4, AnswerState.GIVEN, "Only if", "only_if", tapped=True, why_asked=True)
            },
            last_taken=LastTaken(4, NOW),
        ),
        "a number in doubt": replace(
            ASKED,
            answers={1: GIVEN[1], 2: replace(GIVEN[2], text="3 customers told me")},
            doubts=(
                Doubt("C1", "1795003320.000100", ANA, (3,), 2, "3 customers told me"),
                Doubt("C1", "1795003380.000100", ANA, (5, 6), None, "5 months of the old price"),
            ),
        ),
        "asked her mind": replace(
            HALF, objections=(replace(OBJECTION, changes_her_mind="", mind_asked=False),)
        ),
        "asked her stance": replace(COMPLETE, stance=None),
        "stance not known": replace(COMPLETE, stance=Stance.NOT_KNOWN),
        "only optional left": replace(
            COMPLETE,
            answers={n: GIVEN[n] for n in (1, 3, 5, 7)},
            objections=(),
            said_back_version=0,
        ),
        "said back with optional left": replace(
            COMPLETE, answers={n: GIVEN[n] for n in (1, 3, 5, 7)}, objections=()
        ),
        "complete": COMPLETE,
        "statement not known": replace(COMPLETE, answers=unknown, stance=None),
        "changed since said back": replace(COMPLETE, statement_version=10),
        "heard": HEARD,
        "heard without reply": replace(HEARD, confirmation=Confirmation.NO_REPLY),
        "decider proposed it": replace(HEARD, decider=SAM),
        "heard before they sat down": replace(
            HEARD,
            seating=Seating(ANA, Way.AFTER_LEAVING, BEN),
            seated_at=NOW,
            heard_at=NOW - timedelta(days=1),
        ),
        "decider gone": replace(HEARD, decider_is_gone=True),
        "decider gone before the customer was heard": replace(ASKED, decider_is_gone=True),
        "offered": replace(HEARD, objections=(offered,)),
        "stands": replace(HEARD, objections=(replace(OBJECTION, reply="No.", stands=True),)),
        "stands, proposer decides": replace(
            UNSEATED, decider=SAM, objections=(replace(OBJECTION, reply="No.", stands=True),)
        ),
        "accepted": replace(HEARD, objections=(accepted,)),
        "unseated": UNSEATED,
        "unseated with an objection unanswered": replace(
            UNSEATED, objections=(replace(OBJECTION, reply="", offered=None),)
        ),
        "unseated with an objection": replace(UNSEATED, objections=(offered,)),
        "no questions": replace(ASKED, questions=(), seating=None),
        "without extras": replace(
            ASKED, persona="", decide_by=None, kind_label="", answers_due_at=None
        ),
        "offered to the next": replace(UNSEATED, stand_in=BEN),
        "skipped without a reason": replace(
            HALF, answers={1: GIVEN[1], 6: Answer(6, AnswerState.SKIPPED)}
        ),
        "given as not known": replace(
            HALF, answers={2: replace(GIVEN[2], evidence=Evidence.NOT_KNOWN)}
        ),
        "taking effect": replace(
            HALF, takes_effect=date(2027, 6, 1), change="All", links="x", affected="Some 400 teams"
        ),
        "about a long proposal": replace(
            ASKED,
            change="Every team on the old plan moves at once. " * 90,
            links="https://acme.example/plan?a=1&b=2 see also the page with the old prices",
        ),
        "chosen past everyone": replace(
            ASKED,
            seating=Seating(
                ANA,
                Way.CHOSEN,
                instead_of=tuple(LeftOut(BEN, reason) for reason in Reason) * 2,
                relaxed=True,
            ),
        ),
        "asked a long list": replace(ASKED, questions=A_LONG_LIST),
        "asked a long list again": replace(
            ASKED,
            questions=A_LONG_LIST,
            answers={n: replace(GIVEN[1], number=n, stale=True) for n in range(1, 15)},
        ),
        "heard on a long list": replace(
            HEARD,
            questions=(*A_LONG_LIST, replace(QUESTIONS[6], number=60)),
            answers={
                n: Answer(n, AnswerState.GIVEN, "She reads the invoice twice and calls. " * 40)
                for n in range(1, 61)
            },
        ),
        "heard with many objections": replace(
            HEARD, objections=tuple(replace(OBJECTION, number=n) for n in range(1, 25))
        ),
        "live": replace(HALF, **LIVE),
        "live and heard": replace(HEARD, **LIVE),
        "decided": DECIDED,
        "overruled": replace(
            DECIDED, decisions=(every_mark,), objections=(overruled, replace(OBJECTION, number=2))
        ),
        "stopped": replace(
            DECIDED,
            state=State.CLOSED,
            decisions=(replace(DECISION, verdict=Verdict.STOP, changes=""),),
            objections=(replace(OBJECTION, state=ObjectionState.NOT_PURSUED),),
        ),
        "live and undone": replace(
            DECIDED,
            state=State.CLOSED,
            decisions=(replace(DECISION, verdict=Verdict.STOP, changes=""),),
            objections=(replace(OBJECTION, state=ObjectionState.NOT_PURSUED),),
            **LIVE,
        ),
        "open again": replace(
            COMPLETE,
            answers={n: replace(answer, stale=True) for n, answer in GIVEN.items()},
            statement_version=10,
            decisions=(defer,),
        ),
        "open again after two decisions": replace(
            COMPLETE,
            answers={n: replace(answer, stale=True) for n, answer in GIVEN.items()},
            statement_version=10,
            decisions=(defer, replace(DECISION, number=2)),
        ),
        "deferred": replace(DECIDED, decisions=(defer,), deferred_until=defer.until),
        "decided again": replace(DECIDED, decisions=(defer, replace(DECISION, number=2))),
        "live and kept": replace(DECIDED, **LIVE),
        "live and looked at again": replace(DECIDED, decisions=(defer,), **LIVE),
        "decided unheard": replace(
            UNSEATED,
            state=State.DECIDED,
            decisions=(replace(every_mark, marks=(Mark.UNANSWERED,)),),
        ),
        "decided before a word was said": replace(
            ASKED,
            state=State.DECIDED,
            decisions=(replace(every_mark, marks=(Mark.UNANSWERED,)),),
        ),
        "closed without a decision": replace(ASKED, state=State.CLOSED),
        "withdrawn": replace(HALF, state=State.WITHDRAWN),
        "objections ended": replace(DECIDED, objections=ended),
        "objection overruled": replace(DECIDED, objections=ended[:1]),
        "objection withdrawn": replace(HALF, objections=ended[2:3]),
        "decided with many objections": replace(
            DECIDED, objections=tuple(replace(ended[1], number=n) for n in range(1, 20))
        ),
        **{f"seated, {way}": replace(ASKED, seating=Seating(ANA, way, KIM, 2)) for way in Way},
        "seated by her own hand": replace(ASKED, seating=Seating(ANA, Way.GIVEN, ANA)),
        "full of text": full_of("x" * 3000),
    }


def full_of(text: str) -> Review:
    """A review in which everything a person can type is `text`, and there is a lot of it."""
    questions = tuple(
        replace(q, text=text, hint=text, short=text, options=tuple(
            Option(f"o{i}", text[:70] or "?") for i in range(7)) if q.options else ())
        for q in QUESTIONS
    )  # fmt: skip
    many = tuple(replace(questions[1], number=n, required=n < 11) for n in range(1, 60))
    answers = {n: Answer(n, AnswerState.GIVEN, text, why=text) for n in range(1, 60)}
    objections = tuple(
        replace(OBJECTION, number=n, title=text, detail=text, changes_her_mind=text, reply=text)
        for n in range(1, 30)
    )
    closing = replace(questions[6], number=60)
    return replace(
        HEARD,
        title=text,
        told_to_her=text,
        why=text,
        change=text,
        affected=text,
        links=text,
        persona=text,
        kind_label=text,
        questions=(*many, closing),
        answers={**answers, 60: Answer(60, AnswerState.GIVEN, text)},
        objections=objections,
    )


def scene(reader: str = "", names: dict[str, str] | None = None, **args: Any) -> Scene:
    return Scene(
        names=names or NAMES,
        now=NOW,
        channel_name="pricing",
        channel_people=212,
        link=LINK,
        tz="Europe/Lisbon",
        args=args,
        reader=reader,
    )
