"""What a message says of a state is true when somebody reads it, also after that state has ended.

Every kind there is, against every way a review can end or pass to somebody else.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.handlers.meant import BUTTONS
from bot.reviews.deed import REDRAWN
from bot.views import names
from bot.views.messages import MESSAGES
from bot.views.scene import Drawn
from seat.facts import Review, State, Verdict
from seat.her_words import her_words, to_data
from tests.views.drawings import args_for, can_be_drawn, draw_messages
from tests.views.reading import read
from tests.views.reviews import (
    ANA,
    BEN,
    DECIDED,
    DECISION,
    GIVEN,
    HALF,
    HEARD,
    KIM,
    LEE,
    LINK,
    SAM,
    WORDING,
    scene,
    states,
)

HISTORY = {
    "digest": "a week, told once",
    "revision": "what was changed then",
    "decision": "what was decided then, with her words as they were",
    "moved": "what happened then",
    "decision_for_advocate": "what was decided then",
    "decided_for_proposer": "what was decided then",
    "private_answer": "what was answered to a press then",
    "taken_back": "whose turn it was then",
    "hello": "of the bot, and a channel; drawn anew when that has a seat",
    "invited": "of a channel; drawn anew when that has a seat",
    "keeper_left": "of a seat",
    "reviews_go": "of a seat, and a day that is named",
    "unkept": "of a seat; drawn anew when it is taken over",
    "parked_for_keeper": "of a message, not of a review",
    "shared_for_keeper": "of a seat; drawn anew when its channel is shared no more",
    "checklist_broken_for_keeper": "of a file",
    "on_the_roster": "of a seat; drawn anew when somebody leaves it",
}
"""Told once, and not drawn again: nothing in them may be of the present."""

READERS = {"advocate": ANA, "stand-in": BEN, "proposer": SAM, "decider": LEE, "keepers": KIM}
STOP = replace(DECISION, verdict=Verdict.STOP, changes="")
OVER = {
    "decided": DECIDED,
    "deferred": states()["deferred"],
    "stopped": states()["stopped"],
    "withdrawn": replace(HEARD, state=State.WITHDRAWN),
    "closed": replace(DECIDED, state=State.CLOSED),
    "stopped before a word": replace(HALF, state=State.CLOSED, decisions=(STOP,)),
}
ALWAYS = {names.OPEN_THREAD, names.MORE}
"""The way there, and the card's menu, which offers to reopen."""
PRESENT = re.compile(
    r"decides next|can still|[Pp]lease|your time|yours to decide|What do you answer|"
    r"stays open until|(?<!more )is asked|asked again|waits for|just reply|one thing is left|"
    r"Is that all|could you speak|next in turn|You decide|still hold|goes on in its thread",
)


def told(kind: str, review: Review, reader: str) -> list[Drawn]:
    if not can_be_drawn(kind, review):
        return []
    return [MESSAGES[kind](review, scene(reader, **args), WORDING) for args in args_for(kind)]


def reader_of(kind: str) -> str:
    to = MESSAGES[kind].to
    return ANA if to.startswith("advocate") else READERS.get(to, "")


def buttons(drawn: Drawn) -> set[str]:
    found = set()
    for block in drawn.blocks:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if "action_id" in element:
                found.add(element["action_id"])
    return found


def test_every_kind_is_redrawn_or_history() -> None:
    """A new kind fails here until somebody has said which it is."""
    assert set(MESSAGES) == REDRAWN | set(HISTORY)
    assert not REDRAWN & set(HISTORY)


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("kind", sorted(REDRAWN))
def test_what_is_redrawn_leaves_no_button_and_no_claim_once_it_is_over(
    kind: str, over: str
) -> None:
    for drawn in told(kind, OVER[over], reader_of(kind)):
        assert buttons(drawn) <= ALWAYS, read(drawn)
        assert not PRESENT.search(read(drawn)), read(drawn)


@pytest.mark.parametrize("kind", sorted(REDRAWN - {"card", "checklist", "say_back"}))
def test_what_is_somebody_elses_now_says_so(kind: str) -> None:
    """Another advocate, another decider: who had it before has nothing to press.

    But for an hour's way back, where the seat was passed on by mistake.
    """
    theirs = replace(HEARD, advocate=KIM, decider=BEN, stand_in=None)
    for review in (theirs, replace(theirs, state=State.OPEN, answers={})):
        if MESSAGES[kind].to in ("advocate", "stand-in", "decider"):
            for drawn in told(kind, review, reader_of(kind)):
                assert buttons(drawn) <= ALWAYS | {"take_back"}, read(drawn)


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("kind", sorted(set(HISTORY) - {"digest"}))
def test_what_is_history_says_nothing_of_the_present(kind: str, over: str) -> None:
    before = replace(HEARD, decisions=OVER[over].decisions)
    kept: Mapping[str, object] = {"said": to_data(her_words(HEARD))}
    for args in args_for(kind):
        if not can_be_drawn(kind, before):
            continue
        args = {**args, **kept}
        shown = [
            MESSAGES[kind](review, scene(reader_of(kind), **args), WORDING)
            for review in (before, replace(OVER[over], advocate=ANA))
        ]
        texts = [read(drawn) for drawn in shown]
        assert texts[0] == texts[1]
        assert buttons(shown[0]) <= {names.LEAVE_ROSTER, names.SET_UP}


@pytest.mark.parametrize(
    ("kind", "reader", "review", "line"),
    [
        ("heard_for_proposer", SAM, HEARD, "Lee decides next. You can still revise"),
        ("heard_for_proposer", SAM, DECIDED, "Decided: Go, with changes."),
        ("heard_for_proposer", SAM, states()["open again"], "it is open again"),
        ("heard_for_proposer", SAM, OVER["withdrawn"], "Sam Ortiz has withdrawn this"),
        ("heard_for_decider", LEE, replace(HEARD, decider=KIM), "Kim Wu decides this one now"),
        ("revision_for_advocate", ANA, DECIDED, "Nothing for you to do here any more"),
    ],
)
def test_what_it_says_instead(kind: str, reader: str, review: Review, line: str) -> None:
    assert line in read(MESSAGES[kind](review, scene(reader, number=1), WORDING))


OPEN_AGAIN = states()["open again"]
REOPENED = {"move": "reopen", "by": LEE, "reason": "New numbers came in.", "decisions": 1}


def test_who_has_to_answer_again_has_the_tap_where_they_are_told() -> None:
    drawn = MESSAGES["open_again"](OPEN_AGAIN, scene(ANA, **REOPENED), WORDING)
    assert read(drawn) == (
        ":repeat: *Lee Park has opened this again.* Do your answers still hold? "
        "One tap says so; or change what is different now.\n"
        "*Team plan from $39 to $49* · Pricing #18, #pricing · "
        f"<{LINK.replace('&', '&amp;')}|open the thread>\n"
        "> New numbers came in.\n"
        "[All still true] [All in one form]"
    )
    assert buttons(MESSAGES["seat"](OPEN_AGAIN, scene(ANA), WORDING)) >= {names.ALL_STILL_TRUE}


@pytest.mark.parametrize(
    ("review", "why"),
    [
        (OPEN_AGAIN, "asked again: it is open again"),
        (replace(OPEN_AGAIN, revision=2), "asked again: the proposal has changed"),
        (
            replace(
                HALF,
                revision=2,
                answers={3: replace(GIVEN[3], stale=True), 5: replace(GIVEN[5], revision=2)},
            ),
            "asked again: the proposal has changed",
        ),
    ],
)
def test_a_question_asked_again_says_why_truly(review: Review, why: str) -> None:
    text = read(MESSAGES["checklist"](review, scene(), WORDING))
    assert why in text
    assert len(set(re.findall(r"asked again: [a-z ]+", text))) == 1


def test_an_earlier_decision_stays_on_the_card() -> None:
    text = read(MESSAGES["card"](OPEN_AGAIN, scene(), WORDING))
    assert "*Decided before:* Defer until Tue 1 Jun · Lee Park, Fri 12 Mar: hosting is up" in text
    assert "Decided before" not in read(MESSAGES["card"](DECIDED, scene(), WORDING))
    again = read(MESSAGES["card"](states()["decided again"], scene(), WORDING))
    assert "*Go, with changes*" in again
    assert "*Decided before:* Defer until" in again


@pytest.mark.parametrize(("decisions", "said"), [(0, False), (1, True)])
def test_of_an_earlier_decision_is_said_only_where_there_is_one(decisions: int, said: bool) -> None:
    """A withdrawn review that is reopened had none."""
    happened = {**REOPENED, "decisions": decisions}
    text = read(MESSAGES["moved"](HEARD, scene(**happened), WORDING))
    assert ("anew. The earlier decision stays on the record." in text) is said


def test_what_a_button_that_can_be_stale_stands_in_is_drawn_again() -> None:
    """Who is told to look again has to find it as it is now."""
    can_be_stale = [name for name, seen in BUTTONS.items() if seen]
    found = {
        kind
        for review in states().values()
        for name, drawn in draw_messages(review, WORDING, readers=("", ANA, SAM)).items()
        if any(f"'action_id': '{button}" in str(drawn.blocks) for button in can_be_stale)
        for kind in [name.partition(" ")[0]]
    }
    assert found - REDRAWN == set()
    assert {"seat", "say_back", "reply_for_advocate", "objection_for_proposer"} <= found
