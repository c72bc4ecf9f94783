"""How the private messages read: the mock-ups they were drawn from, as plain text."""

import pytest

from bot.views.messages import MESSAGES
from tests.views.drawings import drawn
from tests.views.reviews import (
    ANA,
    BEN,
    DUE,
    DUE_TOKEN,
    HEARD,
    LEE,
    SAM,
    WORDING,
    WRITTEN_LINK,
    scene,
    states,
)


def test_the_advocates_message() -> None:
    assert drawn("seat", "asked", ANA) == (
        "*Ana, you're the customer for this one.* About 3 minutes, "
        f"by {DUE_TOKEN} your time.\n"
        "*Team plan from $39 to $49* · Sam Ortiz, #pricing\n"
        "> From 1 June you pay $10 more a month and keep every feature.\n"
        "*What for:* Hosting is up; she gets weekend support.\n"
        "You speak for _first-year small business_.\n"
        "*1 of 7 · Where does she run into this first?*\n"
        "_Where she notices._\n"
        "[Choose ▾ Finding out · Buying · First use · Paying · Getting help · Renewing · Leaving]\n"
        "[Don't know] [All in one form] [⋯ Object · Pass on · Hand over · Why me?]\n"
        '"Don\'t know" is a fair answer. You can also reply here, or in '
        f"<{WRITTEN_LINK}|the thread>. Everyone in #pricing can read yours. "
        "_Why you: 1 turn in the last 90 days; Ben Osei is away._"
    )


def test_the_advocates_message_once_all_is_answered() -> None:
    assert drawn("seat", "complete", ANA) == (
        "*Ana, one thing is left: is this what she would say?* "
        f"Please say so by {DUE_TOKEN} your time. Then Lee decides.\n"
        "*Team plan from $39 to $49* · Sam Ortiz, #pricing\n"
        "*If the customer were here, what would she say?*\n"
        '> "You said $39. I\'d start looking around." · _would complain_\n'
        "*Objection 1* Promised until renewal · "
        "_Changes her mind:_ old price until her renewal date.\n"
        "*Stands on* 3 known · 2 assumed (questions 3, 5) · 1 not known (question 4)\n"
        "[Yes, that's it] [Fix something] [Object]"
    )


def test_who_passed_on_can_take_it_back_until_then() -> None:
    assert drawn("seat", "half", BEN, take_back_until=DUE) == (
        "*This one is no longer yours.* Ana Lima speaks for the customer now. "
        "Nothing more to do; what you answered stays on the record.\n"
        "*Team plan from $39 to $49* · Sam Ortiz, #pricing\n"
        f"Passed on by mistake? Until {DUE_TOKEN} you can have it back, "
        "as long as nobody has answered.\n"
        "[Take it back]"
    )
    assert "[" not in drawn("seat", "decided", BEN, take_back_until=DUE)


def test_a_tap_carries_what_it_answers() -> None:
    blocks = MESSAGES["seat"](states()["asked a choice of three"], scene(ANA), WORDING).blocks
    taps = next(b for b in blocks if b["type"] == "actions")["elements"]
    assert [(t["action_id"], t["value"]) for t in taps] == [
        ("answer_tap", "5:3:4:yes"),
        ("answer_tap_2", "5:3:4:only_if"),
        ("answer_tap_3", "5:3:4:no"),
    ]


@pytest.mark.parametrize(
    ("state", "reader", "first"),
    [
        ("asked her stance", ANA, "[Would welcome it] [Wouldn't notice] [Would live with it]"),
        ("asked her mind", ANA, '*What would change her mind about "Promised until renewal"?*'),
        ("asked her mind", ANA, "[Answer] [Don't know] [All in one form] [⋯ Object"),
        ("half", ANA, "[Answer] [Don't know] [All in one form] [⋯ Object"),
        ("asked a choice of three", ANA, "[Yes] [Only if] [No]\n[Don't know] [All in one form] [⋯"),
        ("asked her statement", ANA, "[What she'd say] [Don't know] [All in one form] [⋯ Object"),
        ("quick", ANA, "[⋯ Object · Needs the full list · Pass on · Hand over · Why me?]"),
        ("complete", ANA, "*Ana, one thing is left: is this what she would say?*"),
        ("heard", ANA, "*Ana, the customer has been heard. Thank you.*"),
        ("half", BEN, "*This one is no longer yours.* Ana Lima speaks for the customer now."),
        ("unseated", ANA, "*This one is no longer yours.* The seat is looking for someone else."),
        ("decided", ANA, "*Decided: Go, with changes.* Thank you for speaking for her."),
        ("withdrawn", ANA, "*Sam Ortiz has withdrawn this.* Nothing more to do, thank you."),
    ],
)
def test_the_advocates_message_as_things_go_on(state: str, reader: str, first: str) -> None:
    assert first in drawn("seat", state, reader)


def test_who_waited_for_the_decision_reads_it_in_the_first_line() -> None:
    assert drawn("decided_for_proposer", "decided", SAM).startswith(
        "*Your proposal is decided: Go, with changes* · Lee Park, Fri 12 Mar\n"
    )
    assert drawn("decision_for_advocate", "decided", ANA).startswith(
        "*Decided: Go, with changes* · Lee Park, Fri 12 Mar. Thank you for speaking for her.\n"
    )


def test_the_decider_reads_the_proposal_and_her_words_apart() -> None:
    """Two quotes in one block would read as one."""
    blocks = MESSAGES["heard_for_decider"](HEARD, scene(LEE), WORDING).blocks
    first, second = (b["text"]["text"] for b in blocks if b["type"] == "section")
    assert HEARD.told_to_her in first
    assert second.startswith('*If the customer were here, what would she say?*\n> "You said $39.')


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("asked", "*Ana, the customer is still waiting for your answers.* 0 of 7 so far, due"),
        ("asked her stance", "*Ana, one thing is left: what would she do?*"),
        ("complete", '> "You said $39. I\'d start looking around." · _would complain_'),
    ],
)
def test_a_nudge_says_what_is_left_and_shows_it(state: str, line: str) -> None:
    assert line in drawn("nudge_advocate", state, ANA)


@pytest.mark.parametrize(
    ("state", "reader", "line"),
    [
        ("mixed", ANA, "Do your answers still hold?"),
        ("half", ANA, "Please answer for the customer"),
        ("asked", ANA, "Please answer for the customer"),
        ("half", LEE, "You decide anew once the customer has been heard."),
        ("half", SAM, "The customer's answers are asked again; then it is decided anew."),
    ],
)
def test_opened_again_each_reads_what_it_asks_of_them(state: str, reader: str, line: str) -> None:
    assert line in drawn("open_again", state, reader, move="reopen", by=LEE, reason="New numbers")


def test_what_could_not_be_sent_says_why_and_what_helps() -> None:
    shown = drawn("parked_for_keeper", "half", SAM, what="card", error="is_archived")
    assert shown.startswith("*I could not post a card in #pricing.*")
    assert "*Why:* the channel is archived." in shown
    assert "*What helps:* unarchive it" in shown
    odd = drawn("parked_for_keeper", "half", SAM, what="seat", error="team_access_not_granted")
    assert odd.startswith("*I could not post a private message.*")
    assert "Slack says `team_access_not_granted`." in odd


@pytest.mark.parametrize(
    ("error", "by_itself"),
    [("not_in_channel", True), ("is_archived", False), ("could_not_draw", False), ("odd", False)],
)
def test_what_goes_out_by_itself_needs_nobody_to_send_it(error: str, by_itself: bool) -> None:
    """Invited, the bot sends what waited. Of a private channel's way out of the archive it is not
    told (bot/slack/resume.py)."""
    shown = drawn("parked_for_keeper", "half", SAM, what="card", error=error)
    assert ("It goes out by itself then." in shown) == by_itself
    assert ("customer-seat outbox retry" in shown) != by_itself
