"""How the messages read: the mock-ups they were drawn from, as plain text."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.views.digest import draw_digest_of
from bot.views.messages import MESSAGES
from bot.views.whispers import draw_whisper
from seat.digest import Promise, digest
from tests.views.drawings import drawn
from tests.views.reading import read
from tests.views.reviews import (
    ANA,
    BEN,
    DECIDED,
    DECISION,
    DUE_TOKEN,
    HALF,
    LEE,
    LINK,
    NOW,
    SAM,
    WORDING,
    WRITTEN_LINK,
    scene,
    states,
)


def test_the_card() -> None:
    assert drawn("card", "half") == (
        "*Pricing #18 · Team plan from $39 to $49*\n"
        "> From 1 June you pay $10 more a month and keep every feature.\n"
        "Sam Ortiz proposes · Ana Lima speaks for _first-year small business_"
        " · Lee Park decides by Fri 12 Mar\n"
        ":hourglass: Waiting for Ana, due Thu 4 Mar · 4 of 7 answered"
        " · 1 assumed, 1 not known · 1 objection\n"
        "[Open thread] [⋯ Why Ana? · Revise · Withdraw · Decide · Change who sits]"
    )


def test_the_card_of_a_decided_review_is_found_by_its_text() -> None:
    text = MESSAGES["card"](DECIDED, scene(), WORDING).text
    for words in (DECIDED.title, "Pricing", "Go, with changes", DECISION.because, "You said $39."):
        assert words in text


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("unseated", "Nobody in the seat yet. Who speaks for the customer? · 0 of 7 answered"),
        ("complete", "Waiting for Ana to confirm what the customer would say"),
        ("heard", "The customer has been heard · Lee decides next, due Mon 8 Mar"),
        ("heard without reply", "Lee decides next, due Mon 8 Mar · not confirmed"),
        ("live", "*Already live since Mon 1 Mar*, before the customer was heard"),
        ("deferred", "*Defer until Tue 1 Jun* · Lee Park, Fri 12 Mar"),
        ("stopped", "*Stop* · Lee Park, Fri 12 Mar"),
        ("live and kept", "*Keep, with changes* · Lee Park, Fri 12 Mar"),
        ("withdrawn", "Withdrawn by Sam Ortiz"),
        ("withdrawn", "Sam Ortiz proposed · Ana Lima was to speak for"),
        ("decided", "Sam Ortiz proposed · Ana Lima spoke for"),
        ("overruled", "On the record: nobody in the seat, unanswered, not confirmed, overruled"),
    ],
)
def test_what_the_card_says_of_each_state(state: str, line: str) -> None:
    assert line in drawn("card", state)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (
            "unseated",
            "[Open thread] [I'll sit] "
            "[⋯ Revise · Withdraw · Decide · Change who sits · Take words off]",
        ),
        (
            "heard",
            "[Open thread] [Decide] "
            "[⋯ Why Ana? · Revise · Withdraw · Change who sits · Take words off]",
        ),
        ("decided", "[Open thread] [⋯ Why Ana? · Reopen · Take words off]"),
        ("withdrawn", "[Open thread] [⋯ Why Ana? · Reopen · Take words off]"),
    ],
)
def test_what_the_card_lets_people_do(state: str, buttons: str) -> None:
    assert drawn("card", state).endswith(buttons)


def test_nobody_is_mentioned_on_card_and_digest() -> None:
    for review in states().values():
        text = read(MESSAGES["card"](review, scene(), WORDING))
        assert "<@" not in text


def test_the_checklist_half_answered() -> None:
    checklist = MESSAGES["checklist"](HALF, scene(), WORDING)
    assert checklist.shown_number == 5
    assert read(checklist) == (
        "*In the customer's chair: Ana Lima* · 4 of 7 answered\n"
        ":white_check_mark: 1 Meets it first: _paying_\n"
        ':white_check_mark: 2 Expected: "$39, the site still says so" · measured\n'
        ':white_check_mark: 3 Hurt most: "3-person shops, $120 a year" · assumed\n'
        ":grey_question: 4 Would you stay? _not known_\n"
        ":arrow_right: *5 What do we give her before we take?*\n"
        "      _Notice, old price, a free month. Sorry isn't one._\n"
        ":white_small_square: 6 Who left over something like this?\n"
        ":white_small_square: 7 *If the customer were here, what would she say?*\n"
        "Ana: just reply, or start with a number. Everyone else: talk freely, it won't be taken."
    )


def test_a_checklist_shows_no_question_while_something_else_is_asked() -> None:
    for state in ("asked her mind", "asked her stance", "complete", "decided"):
        assert MESSAGES["checklist"](states()[state], scene(), WORDING).shown_number is None


def test_saying_back() -> None:
    assert drawn("say_back", "complete", version=9) == (
        "*Ana, is this what she would say?*\n"
        "*If the customer were here, what would she say?*\n"
        '> "You said $39. I\'d start looking around." · _would complain_\n'
        "*Objection 1* Promised until renewal · _Changes her mind:_ old price until her renewal "
        "date.\n"
        "*Stands on* 3 known · 2 assumed (questions 3, 5) · 1 not known (question 4)\n"
        "[Yes, that's it] [Fix something]\n"
        f'Without a reply by {DUE_TOKEN} it goes to Lee, marked "not confirmed".'
    )


@pytest.mark.parametrize(
    ("state", "version", "line"),
    [
        ("heard", 9, "Confirmed by Ana Lima."),
        ("heard without reply", 9, "No reply from Ana in time."),
        ("changed since said back", 9, "What stands now is said back anew."),
    ],
)
def test_what_was_said_back_loses_its_buttons(state: str, version: int, line: str) -> None:
    text = drawn("say_back", state, version=version)
    assert line in text
    assert "[" not in text


def test_a_decision() -> None:
    assert drawn("decision", "decided") == (
        "*Go, with changes* · Lee Park, Fri 12 Mar\n"
        "*If the customer were here, what would she say?*\n"
        '> "You said $39. I\'d start looking around." · _would complain_ (Ana Lima)\n'
        "*Changed for her:* old price until each renewal.\n"
        "*Because:* hosting is up 18 %; this pays for weekend support.\n"
        '*Objection* "Promised until renewal": we do what she asks'
    )
    overruled = drawn("decision", "overruled")
    assert (
        ':warning: *Overruled by Lee Park:* "Promised until renewal". '
        "Reason: It pays for support." in overruled
    )


def test_a_revision_shows_what_changed() -> None:
    difference = {"title": {"before": "$49", "after": "$45"}, "links": {"before": "", "after": "x"}}
    assert drawn("revision", "mixed", number=2, difference=difference) == (
        "*Revision 2* by Sam Ortiz\n"
        "*Title:* ~$49~ → $45\n"
        "*Links:* x\n"
        "_Ana is asked which answers still hold._"
    )


def test_a_revised_day_reads_as_a_day() -> None:
    moved = {"takes_effect": {"before": "2027-03-12", "after": "2027-06-01"}}
    shown = drawn("revision", "half", number=2, difference=moved)
    assert "*Takes effect:* ~Fri 12 Mar~ → Tue 1 Jun" in shown
    named = {"title": {"before": "2027-03-12", "after": "2027-06-01"}}
    assert "~2027-03-12~ → 2027-06-01" in drawn("revision", "half", number=2, difference=named)


def test_nothing_said_yet_is_not_called_not_known() -> None:
    assert "Nobody has said yet what she would say." in drawn("say_back", "half", version=0)
    assert "What she would say is not known." in drawn("say_back", "statement not known", version=9)


def test_the_digest() -> None:
    states_ = states()
    lately = replace(DECISION, at=NOW)
    reviews = [
        replace(states_["unseated"], title="Refund form"),
        replace(states_["heard"], id=6, title="Trial 14 to 7 days", heard_at=NOW.replace(day=1)),
        replace(states_["half"], id=7, title="New login", advocate=BEN),
        replace(states_["decided"], id=8, decisions=(lately,)),
        replace(states_["live"], id=9, title="Export limit", number=19),
    ]
    promise = Promise(reviews[3], "Refund run", SAM, date(2027, 3, 5))
    made = replace(digest(reviews, NOW, seat_id=1, promises=[promise]), next_up=BEN)
    shown = read(draw_digest_of(made, scene(), WORDING, links={6: LINK}))
    assert shown == (
        "*Customer seat, #pricing* · 4 waiting, 1 decided\n"
        "*Nobody in the seat (1)*\n"
        "• Refund form, for 1 day [I'll sit]\n"
        "*To decide (1)*\n"
        f"• <{WRITTEN_LINK}|Trial 14 to 7 days> · Lee Park · waiting 1 day · 1 objection\n"
        "*For the customer to answer (2)*\n"
        "• New login · Ben Osei, due Thu 4 Mar · waiting 1 day\n"
        "• Export limit · Ana Lima, due Thu 4 Mar · waiting 1 day\n"
        "*Promised, due this week (1)*\n"
        "• Team plan from $39 to $49 · Refund run · Sam Ortiz, Fri 5 Mar\n"
        "*Decided (1)*\n"
        "• Team plan from $39 to $49: Go, with changes. "
        '"You said $39. I\'d start looking around."\n'
        "*Went ahead without the customer (1)*\n"
        "• Export limit, live since Mon 1 Mar\n"
        "Next in the seat: Ben Osei"
    )


def test_the_digest_says_what_was_due_and_that_a_decider_is_gone() -> None:
    late = replace(states()["decider gone"], decision_due_at=NOW - timedelta(days=2))
    confirms = replace(states()["complete"], id=6, number=19, confirm_by=NOW - timedelta(days=1))
    answers = replace(states()["half"], id=7, number=20, answers_due_at=NOW - timedelta(hours=1))
    shown = read(
        draw_digest_of(digest([late, confirms, answers], NOW, seat_id=1), scene(), WORDING)
    )
    assert "Lee Park, who is gone, overdue · waiting since today · 1 objection" in shown
    assert "Ana Lima, to confirm, was due Mon 1 Mar · waiting 1 day" in shown
    assert "Ana Lima, was due Tue 2 Mar · waiting 1 day" in shown


def test_buttons_go_once_there_is_nothing_left_to_press() -> None:
    for kind, state, reader in (
        ("offer", "heard", BEN),
        ("nudge_advocate", "heard", ANA),
        ("nudge_decider", "decided", LEE),
        ("heard_for_decider", "half", LEE),
        ("unseated_for_keeper", "half", SAM),
        ("objection_for_proposer", "decided", SAM),
        ("reply_for_advocate", "decided", ANA),
    ):
        assert "[" not in drawn(kind, state, reader), kind


def test_a_whisper_is_one_line() -> None:
    said = draw_whisper("ask_replace", {"number": 3, "question": "?"}, WORDING)
    assert said.text.startswith("Question 3 already has an answer")
    # As an older version queued it, which named no act.
    refused = {"roles": ["decider"], "people": ["Lee Park"]}
    assert draw_whisper("refusals.not_yours", refused, WORDING).text == (
        "Only Lee Park can do this. Ask Lee."
    )
