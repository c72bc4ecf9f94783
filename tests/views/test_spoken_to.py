"""Who reads it is who is spoken to: nobody reads their own name, or what is not theirs to do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.digest import draw_digest_of
from bot.views.forms.decide import draw_decide
from bot.views.forms.seat import draw_hand_over
from bot.views.lists import draw_list, draw_mine
from bot.views.messages import MESSAGES
from bot.views.why import draw_why_me
from seat.digest import digest
from seat.facts import ObjectionState, Review
from seat.rotation import LeftOut, Reason
from seat.seating import Seating, Way
from tests.views.reading import read, texts_in
from tests.views.reviews import (
    ANA,
    ASKED,
    BEN,
    COMPLETE,
    DECIDED,
    HALF,
    HEARD,
    KIM,
    LEE,
    NOW,
    OBJECTION,
    SAM,
    WORDING,
    scene,
    states,
)

OFFERED = replace(OBJECTION, reply="Until renewal?", offered=ObjectionState.MITIGATED)


@pytest.mark.parametrize(
    ("review", "reader", "waits"),
    [
        (HALF, ANA, "your answers, due Thu 4 Mar · 4 of 7 so far"),
        (HALF, SAM, "your answer to an objection"),
        (COMPLETE, ANA, "your word on what she would say, by Thu 4 Mar"),
        (HEARD, LEE, "your decision, due Mon 8 Mar · 1 objection"),
        (
            replace(HALF, objections=(OFFERED,)),
            ANA,
            "your answers, due Thu 4 Mar · 4 of 7 so far · your word on what Sam offers",
        ),
    ],
)
def test_mine_says_what_the_reader_has_to_do(review: Review, reader: str, waits: str) -> None:
    mine = draw_mine([review], scene(reader, channels={review.channel_id: "pricing"}), WORDING)
    assert mine["text"].splitlines()[1].endswith(f"Pricing #18, #pricing · {waits}")


def test_a_list_cut_short_says_how_to_see_the_rest_where_that_helps() -> None:
    product = replace(ASKED, kind="product")
    mixed = draw_list([ASKED, product], scene(ANA), WORDING, more=3)["text"]
    assert mixed.endswith(
        "and 3 more. Add a kind to see fewer, like `/customer-seat list open pricing`_"
    )
    assert draw_list([ASKED, ASKED], scene(ANA), WORDING, more=3)["text"].endswith("_and 3 more_")


def test_a_proposer_who_decides_is_not_told_of_a_third_person() -> None:
    def objection(state: str) -> str:
        return read(MESSAGES["objection_for_proposer"](states()[state], scene(SAM), WORDING))

    assert "until Ana agrees that it's settled, or Lee decides." in objection("half")
    assert "until Ana agrees that it's settled, or you decide." in objection("decider proposed it")
    assert objection("withdrawn").startswith("*An objection for the customer.* Nothing more to")


def test_a_proposer_without_objections_is_not_told_to_answer_them() -> None:
    without = replace(HEARD, objections=())
    drawn = {
        len(review.objections): read(MESSAGES["heard_for_proposer"](review, scene(SAM), WORDING))
        for review in (HEARD, without)
    }
    assert "You can still revise, and answer what she objects to." in drawn[1]
    assert "You can still revise.\n" in drawn[0]


def test_who_may_not_overrule_is_not_asked_for_a_reason() -> None:
    alone = replace(HEARD, decider=SAM)

    def fields(**how: bool) -> list[str]:
        view = draw_decide(alone, scene(SAM), WORDING, **how)
        return [b["block_id"] for b in view["blocks"] if b["type"] == "input"]

    assert fields() == ["verdict", "because", "changes", "until", "accepts"]
    assert fields(proposer_may_overrule=True)[-2:] == ["overrule_1", "accepts"]


def test_one_who_proposes_and_decides_is_named_once() -> None:
    form = draw_hand_over(replace(ASKED, decider=SAM), scene(ANA), WORDING, roster=[ANA, LEE])
    assert "Anyone who takes turns here, except Sam Ortiz, who proposes and decides." in texts_in(
        form["blocks"]
    )


@pytest.mark.parametrize("kind", ["decision_for_advocate", "seat"])
def test_nobody_is_thanked_for_what_they_had_no_time_to_say(kind: str) -> None:
    unheard = states()["decided before a word was said"]
    assert "Thank you" not in read(MESSAGES[kind](unheard, scene(ANA), WORDING))
    assert "Thank you" in read(MESSAGES[kind](DECIDED, scene(ANA), WORDING))


RULE = " Whoever has had the fewest turns lately is chosen: by rule, never by chance."


@pytest.mark.parametrize(
    ("seating", "mine", "theirs"),
    [
        (None, "that isn't on record for this one.", "that isn't on record for this one."),
        (
            Seating(ANA, Way.CHOSEN, turns=1, instead_of=(LeftOut(BEN, Reason.AWAY),)),
            f"1 turn in the last 90 days; Ben Osei is away.{RULE}",
            f"1 turn in the last 90 days; Ben Osei is away.{RULE}",
        ),
        (
            Seating(ANA, Way.CHOSEN, relaxed=True),
            "no turn in the last 90 days; everyone who could sit has enough open reviews." + RULE,
            "no turn in the last 90 days; everyone who could sit has enough open reviews." + RULE,
        ),
        (
            Seating(ANA, Way.AFTER_DECLINE, BEN, turns=2),
            f"Ben Osei passed on it, and you were next: 2 turns in the last 90 days.{RULE}",
            f"Ben Osei passed on it, and Ana was next: 2 turns in the last 90 days.{RULE}",
        ),
        (
            Seating(ANA, Way.AFTER_SILENCE, BEN),
            f"Ben Osei couldn't be reached, and you were next: no turn in the last 90 days.{RULE}",
            f"Ben Osei couldn't be reached, and Ana was next: no turn in the last 90 days.{RULE}",
        ),
        (
            Seating(ANA, Way.AFTER_LEAVING, BEN, 1),
            f"Ben Osei can sit there no more, and you were next: 1 turn in the last 90 days.{RULE}",
            f"Ben Osei can sit there no more, and Ana was next: 1 turn in the last 90 days.{RULE}",
        ),
        (
            Seating(ANA, Way.HANDED_OVER, BEN),
            "Ben Osei handed it over to you.",
            "Ben Osei handed it over to Ana.",
        ),
        (
            Seating(ANA, Way.GIVEN, KIM),
            "Kim Wu gave the seat to you.",
            "Kim Wu gave the seat to Ana.",
        ),
        (Seating(ANA, Way.GIVEN, ANA), "you took the seat.", "Ana took the seat."),
        (
            Seating(ANA, Way.VOLUNTEERED),
            "nobody sat there, and you offered to.",
            "nobody sat there, and Ana offered to.",
        ),
        (
            Seating(ANA, Way.TOOK_OVER, BEN),
            "Ben Osei hadn't answered, and you took over.",
            "Ben Osei hadn't answered, and Ana took over.",
        ),
    ],
)
def test_why_somebody_sits_there_is_true_for_each_way_into_the_seat(
    seating: Seating | None, mine: str, theirs: str
) -> None:
    review = replace(ASKED, seating=seating)
    assert draw_why_me(review, scene(ANA), WORDING) == f"*Why you:* {mine}"
    assert draw_why_me(review, scene(SAM), WORDING) == f"*Why Ana Lima:* {theirs}"


def test_a_question_asked_again_says_so_while_it_is_asked() -> None:
    drawn = read(MESSAGES["checklist"](states()["mixed"], scene(), WORDING))
    asked = next(line for line in drawn.splitlines() if line.startswith(":arrow_right:"))
    assert asked.endswith("_asked again: the proposal has changed_")
    assert "_asked again" not in read(MESSAGES["checklist"](HALF, scene(), WORDING))


def test_nobody_sits_there_yet_only_while_somebody_may() -> None:
    def title(state: str) -> str:
        return read(MESSAGES["checklist"](states()[state], scene(), WORDING)).splitlines()[0]

    assert title("unseated") == "*In the customer's chair: nobody yet* · 0 of 7 answered"
    assert title("decided unheard") == "*In the customer's chair: nobody* · 0 of 7 answered"


def test_the_digest_names_the_command_for_the_rest_as_it_is_typed() -> None:
    decided = digest([DECIDED] * 7, DECIDED.decisions[0].at, seat_id=1)
    drawn = read(draw_digest_of(decided, scene(), WORDING))
    assert "_and 2 more: `/customer-seat list decided`_" in drawn
    asked = read(draw_digest_of(digest([ASKED] * 7, NOW, seat_id=1), scene(), WORDING))
    assert "_and 2 more: `/customer-seat list`_" in asked


def test_the_digest_counts_only_what_there_is() -> None:
    unheard = states()["decided unheard"]
    when = unheard.decisions[0].at + timedelta(hours=1)
    title = read(draw_digest_of(digest([unheard], when, seat_id=1), scene(), WORDING))
    assert title.splitlines()[0] == "*Customer seat, #pricing* · nothing waits"


def test_a_form_in_a_channel_of_unknown_size_reads_as_a_sentence() -> None:
    for people, words in ((0, "Only #secret will see this."), (1, "Only #secret, 1 person, will")):
        said = WORDING.say("propose_change.who_sees", private=True, channel="secret", people=people)
        assert said.startswith(words)
