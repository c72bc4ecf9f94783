"""Forms: their fields in order, which are needed, what is filled in, and what they carry."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.slack.fields import read_metadata
from bot.slack.reading import Target, read_target
from bot.views.forms.answer import draw_answer_form
from bot.views.forms.answer_one import draw_answer_one, draw_mind_alone
from bot.views.forms.decide import draw_decide
from bot.views.forms.inputs import in_field
from bot.views.forms.propose import (
    LONGEST,
    REST,
    draw_more_fields,
    draw_propose_change,
    draw_revise,
)
from bot.views.forms.settings import draw_seat_settings
from bot.views.forms.she_says import draw_she_says
from bot.views.forms.zones import zones
from bot.views.wire import choice, press
from seat.facts import Answer, AnswerState, Review
from tests.views.drawings import draw_forms
from tests.views.reading import texts_in
from tests.views.reviews import (
    A_LONG_LIST,
    ANA,
    ASKED,
    COMPLETE,
    GIVEN,
    HALF,
    HEARD,
    LEE,
    LIVE,
    OBJECTION,
    QUESTIONS,
    SAM,
    UNSEATED,
    WORDING,
    full_of,
    scene,
    states,
)

Json = dict[str, Any]


def inputs(view: Json) -> dict[str, Json]:
    return {b["block_id"]: b for b in view["blocks"] if b["type"] == "input"}


def needed(view: Json) -> list[str]:
    return [name for name, block in inputs(view).items() if not block.get("optional")]


def proposal(personas: tuple[str, ...] = (), **filled: str) -> Json:
    return draw_propose_change(
        scene(SAM),
        WORDING,
        channel_id="C00PRICING",
        kinds=[("pricing", "Pricing"), ("product", "Product")],
        filled=filled,
        default_decider=LEE,
        personas=personas,
    )


def test_the_proposal_asks_five_things_and_needs_four() -> None:
    assert list(inputs(proposal())) == ["kind", "title", "told_to_her", "why", "decider"]
    assert needed(proposal()) == ["kind", "title", "told_to_her", "why"]
    assert proposal()["blocks"][-1]["block_id"] == "more_fields"


def test_what_is_filled_in_already_shows_and_the_rest_stands_behind_more() -> None:
    view = proposal(links="https://acme.example/plan", decide_by="2027-03-12")
    first = ["kind", "title", "told_to_her", "why", "decider"]
    assert list(inputs(view)) == [*first, "decide_by", "links"]
    more = draw_more_fields(view, scene(SAM), WORDING)
    assert list(inputs(more)) == [
        *inputs(view),
        *(name for name in REST if name not in ("decide_by", "links")),
    ]
    assert needed(more) == needed(view)
    assert "more_fields" not in str(more)
    every = proposal(**dict.fromkeys(REST, "2027-03-12"))
    assert list(inputs(every)) == [*first, *REST]
    assert every["blocks"][-1]["type"] == "input", "nothing is left for More"


def test_where_the_seat_has_personas_the_proposer_says_for_whom() -> None:
    drawn = inputs(proposal(("Students", "Small shops")))
    assert [o["value"] for o in drawn["persona"]["element"]["options"]] == [
        "Students",
        "Small shops",
    ]
    assert drawn["persona"]["optional"] is True
    assert "persona" not in inputs(proposal())


def test_the_proposal_says_first_who_will_see_it() -> None:
    first = next(texts_in(proposal()["blocks"]))
    assert first == "Everyone in #pricing, 212 people, will see this."


def test_the_proposal_is_filled_in_and_says_what_fits() -> None:
    drawn = inputs(proposal(kind="product", title="x" * 80, decide_by="2027-03-12"))
    assert drawn["kind"]["element"]["initial_option"]["value"] == "product"
    assert drawn["title"]["element"]["initial_value"] == "x" * 80
    assert drawn["decide_by"]["element"]["initial_date"] == "2027-03-12"
    for name, most in LONGEST.items():
        if name in drawn:
            assert drawn[name]["element"]["max_length"] == most
    assert drawn["decider"]["hint"]["text"] == "Left empty: Lee Park."


def test_words_too_long_to_be_sent_are_all_shown() -> None:
    """Sent, they are told how much fits; cut, half of them would be gone without a word."""
    drawn = inputs(proposal(title="x" * 90))
    assert drawn["title"]["element"]["initial_value"] == "x" * 90
    assert drawn["title"]["element"]["max_length"] == 90


def test_what_no_field_holds_is_said_to_be_left_out() -> None:
    view = proposal(change="All of it moves. " * 250 + "THE END")
    (said,) = [t for t in texts_in(view["blocks"]) if "No field holds more" in t]
    assert "THE END" in said


LONG = "She reads the invoice twice and asks her bookkeeper. " * 100 + "THE END"


@pytest.mark.parametrize(
    ("field", "draw"),
    [
        ("q3", lambda r: draw_answer_form(r, scene(ANA), WORDING)),
        ("q3", lambda r: draw_answer_one(r, scene(ANA), WORDING, r.questions[2])),
        ("q4_words", lambda r: draw_answer_form(r, scene(ANA), WORDING)),
        ("q7", lambda r: draw_answer_form(r, scene(ANA), WORDING)),
        ("statement", lambda r: draw_she_says(r, scene(ANA), WORDING)),
        ("changes_her_mind", lambda r: draw_mind_alone(r, scene(ANA), WORDING, 1)),
        ("change", lambda r: draw_revise(r, scene(SAM), WORDING)),
    ],
)
def test_what_a_field_cannot_hold_stands_below_it_and_is_part_of_what_is_sent(
    field: str, draw: Callable[[Review], Json]
) -> None:
    answers = {n: replace(a, state=AnswerState.GIVEN, text=LONG) for n, a in GIVEN.items()}
    objection = replace(OBJECTION, changes_her_mind=LONG)
    view = draw(replace(COMPLETE, answers=answers, objections=(objection,), change=LONG))
    shown = inputs(view)[field]["element"]["initial_value"]
    place = [b.get("block_id") for b in view["blocks"]].index(field)
    below = view["blocks"][place + 1]["text"]["text"]
    assert "stays" in below
    assert LONG.startswith(shown)
    assert shown + in_field(LONG)[1] == LONG
    assert len(shown) > 2800
    assert "bookkeeper" in below


def test_a_form_of_long_answers_leaves_out_questions_but_never_the_last() -> None:
    answers = {n: Answer(n, AnswerState.GIVEN, LONG) for n in range(1, 60)}
    closing = replace(QUESTIONS[6], number=60)
    review = replace(ASKED, questions=(*A_LONG_LIST, closing), answers=answers)
    view = draw_answer_form(review, scene(ANA), WORDING)
    assert len(view["blocks"]) <= 100
    assert "q60" in inputs(view)
    assert any("more questions than fit" in text for text in texts_in(view["blocks"]))


def test_every_field_goes_by_one_name() -> None:
    for review in (HALF, HEARD, states()["mixed"]):
        for view in draw_forms(review, WORDING).values():
            for name, block in inputs(view).items():
                assert block["element"]["action_id"] == name


def test_a_revision_shows_what_stands_and_carries_its_number() -> None:
    view = draw_revise(replace(ASKED, revision=4), scene(SAM), WORDING)
    assert inputs(view)["title"]["element"]["initial_value"] == ASKED.title
    carried = read_metadata(view["private_metadata"])
    assert carried == {"review": 5, "version": 3, "channel": "C00PRICING", "part": "4"}


def test_setting_up_needs_only_the_roster() -> None:
    view = draw_seat_settings(scene(SAM), WORDING, channel_id="C1")
    assert needed(view) == ["roster"]
    drawn = inputs(view)
    assert drawn["timezone"]["element"]["initial_option"]["value"] == "Europe/Lisbon"
    assert drawn["digest_day"]["element"]["initial_option"]["value"] == "mon"
    assert drawn["digest_time"]["element"]["initial_time"] == "09:00"
    assert drawn["answer_within"]["element"]["initial_option"]["text"]["text"] == "2 working days"


def test_the_time_zones_fit_and_have_the_one_in_use() -> None:
    from zoneinfo import ZoneInfo

    assert len(zones("America/Indiana/Knox")) <= 100
    assert zones("America/Indiana/Knox")[0][0] == "America/Indiana/Knox"
    for name, _ in zones("UTC"):
        ZoneInfo(name)


def test_the_answer_form_shows_what_was_answered_and_needs_nothing() -> None:
    view = draw_answer_form(COMPLETE, scene(ANA), WORDING)
    drawn = inputs(view)
    assert needed(view) == []
    assert drawn["q1"]["element"]["initial_option"]["value"] == "paying"
    assert "initial_value" not in drawn["q1_words"]["element"]
    assert drawn["q2"]["element"]["initial_value"] == "$39, the site still says so"
    assert drawn["q2_evidence"]["element"]["initial_option"]["value"] == "measured"
    assert "initial_option" not in drawn["q4"]["element"]
    assert drawn["stance"]["element"]["initial_option"]["value"] == "would_complain"
    assert "q1_evidence" not in drawn
    assert "q7_evidence" not in drawn


def test_stale_answers_can_be_given_again_in_a_tap() -> None:
    drawn = inputs(draw_answer_form(states()["mixed"], scene(ANA), WORDING))
    assert [o["value"] for o in drawn["still_true"]["element"]["options"]] == ["3", "6"]
    assert "still_true" not in inputs(draw_answer_form(HALF, scene(ANA), WORDING))


def test_deciding_asks_a_reason_for_each_open_objection() -> None:
    objections = (OBJECTION, replace(OBJECTION, number=4))
    view = draw_decide(replace(HEARD, objections=objections), scene(LEE), WORDING)
    assert list(inputs(view)) == [
        "verdict", "because", "changes", "until", "overrule_1", "overrule_4",
        "accepts",
    ]  # fmt: skip
    assert needed(view) == ["verdict", "because"]


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (HEARD, "You said $39. I'd start looking around."),
        (HEARD, "3 known · 2 assumed (questions 3, 5) · 1 not known (question 4)"),
        (UNSEATED, "Nobody speaks for the customer."),
        (HALF, "The customer has not been heard: 4 of 7 answered."),
        (COMPLETE, "The customer's words are not confirmed"),
        (replace(HEARD, **LIVE), "This was live before the customer was heard."),
        (replace(HEARD, decider=SAM), "You propose this yourself"),
    ],
)
def test_the_decider_sees_what_it_stands_on(review: Any, words: str) -> None:
    view = draw_decide(review, scene(LEE), WORDING)
    assert any(words in text for text in texts_in(view["blocks"]))


def test_the_decider_reads_her_answers_under_their_questions() -> None:
    text = "\n".join(texts_in(draw_decide(states()["mixed"], scene(LEE), WORDING)["blocks"]))
    for words in (
        "*1 · Where does she run into this first?* _paying_\n"
        "> Mostly when paying, some when renewing",
        "*2 · What did she expect to pay, and who told her?* _skipped_\n> we sell to no one there",
        "*3 · Who does this hurt most, and by how much?*\n> 3-person shops, $120 a year\n"
        ":warning: *assumed* _The proposal has changed since._",
        "*4 · Would you stay?* _only if_\n> only if she keeps the price\n:warning: *assumed*",
        "*5 · What do we give her before we take?* _not answered_",
    ):
        assert words in text
    text = "\n".join(texts_in(draw_decide(COMPLETE, scene(LEE), WORDING)["blocks"]))
    assert "> $39, the site still says so\n_measured_" in text
    assert "*4 · Would you stay?* _not known_" in text


def test_the_decider_reads_what_is_proposed() -> None:
    review = replace(HEARD, affected="Some 400 teams", change="x " * 400)
    text = "\n".join(texts_in(draw_decide(review, scene(LEE), WORDING)["blocks"]))
    assert "*What for:* Hosting is up; she gets weekend support." in text
    assert "*Affected:* Some 400 teams" in text
    assert "whole_proposal" in str(draw_decide(review, scene(LEE), WORDING))
    assert "whole_proposal" not in str(draw_decide(HEARD, scene(LEE), WORDING))


def test_however_much_was_answered_the_decider_can_decide() -> None:
    view = draw_decide(full_of("x " * 1500), scene(LEE), WORDING)
    assert len(view["blocks"]) <= 100
    assert "verdict" in inputs(view)
    assert "overrule_20" in inputs(view)
    assert any("more answer" in text for text in texts_in(view["blocks"]))


def test_a_change_already_live_is_kept_or_undone() -> None:
    view = draw_decide(replace(HEARD, **LIVE), scene(LEE), WORDING)
    labels = [o["text"]["text"] for o in inputs(view)["verdict"]["element"]["options"]]
    assert labels == ["Keep", "Keep, with changes", "Undo", "Look again"]


def test_what_buttons_carry_reads_back() -> None:
    assert press(ASKED, 4, "only_if") == "5:3:4:only_if"
    assert read_target(press(ASKED, 4, "only_if")) == Target(5, 3, ("4", "only_if"))
    action, _, rest = choice(ASKED, "why_me").partition(":")
    assert (action, read_target(rest)) == ("why_me", Target(5, 3))
