"""Forms: their fields in order, which are needed, what is filled in, and what they carry."""

from dataclasses import replace
from typing import Any

import pytest

from bot.slack.fields import read_metadata
from bot.slack.reading import Target, read_target
from bot.views.forms.answer import draw_answer_form
from bot.views.forms.decide import draw_decide
from bot.views.forms.propose import LONGEST, draw_propose_change, draw_revise
from bot.views.forms.settings import draw_seat_settings
from bot.views.forms.zones import zones
from bot.views.wire import choice, press
from tests.views.drawings import draw_forms
from tests.views.reading import texts_in
from tests.views.reviews import (
    ANA,
    ASKED,
    COMPLETE,
    HALF,
    HEARD,
    LEE,
    LIVE,
    OBJECTION,
    SAM,
    UNSEATED,
    WORDING,
    scene,
    states,
)

Json = dict[str, Any]


def inputs(view: Json) -> dict[str, Json]:
    return {b["block_id"]: b for b in view["blocks"] if b["type"] == "input"}


def needed(view: Json) -> list[str]:
    return [name for name, block in inputs(view).items() if not block.get("optional")]


def proposal(**filled: str) -> Json:
    return draw_propose_change(
        scene(SAM),
        WORDING,
        channel_id="C00PRICING",
        kinds=[("pricing", "Pricing"), ("product", "Product")],
        filled=filled,
        default_decider=LEE,
    )


def test_the_proposal_asks_in_order_and_needs_four() -> None:
    assert list(inputs(proposal())) == [
        "kind", "title", "told_to_her", "why",
        "change", "affected", "takes_effect", "decider", "decide_by", "size", "links",
        "already_live",
    ]  # fmt: skip
    assert needed(proposal()) == ["kind", "title", "told_to_her", "why"]


def test_the_proposal_says_first_who_will_see_it() -> None:
    first = next(texts_in(proposal()["blocks"]))
    assert first == "Everyone in #pricing, 212 people, will see this."


def test_the_proposal_is_filled_in_and_says_what_fits() -> None:
    drawn = inputs(proposal(kind="product", title="x" * 90, decide_by="2027-03-12"))
    assert drawn["kind"]["element"]["initial_option"]["value"] == "product"
    assert drawn["title"]["element"]["initial_value"] == "x" * 80
    assert drawn["decide_by"]["element"]["initial_date"] == "2027-03-12"
    for name, most in LONGEST.items():
        if name in drawn:
            assert drawn[name]["element"]["max_length"] == most
    assert drawn["decider"]["hint"]["text"] == "Left empty: Lee Park."


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


def test_a_change_already_live_is_kept_or_undone() -> None:
    view = draw_decide(replace(HEARD, **LIVE), scene(LEE), WORDING)
    labels = [o["text"]["text"] for o in inputs(view)["verdict"]["element"]["options"]]
    assert labels == ["Keep", "Keep, with changes", "Undo", "Look again"]


def test_what_buttons_carry_reads_back() -> None:
    assert press(ASKED, 4, "only_if") == "5:3:4:only_if"
    assert read_target(press(ASKED, 4, "only_if")) == Target(5, 3, ("4", "only_if"))
    action, _, rest = choice(ASKED, "why_me").partition(":")
    assert (action, read_target(rest)) == ("why_me", Target(5, 3))
