"""A due date is never told in the past: what is over "was due"."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.lists import draw_list, draw_mine
from seat.facts import Review
from tests.views.drawings import draw_messages
from tests.views.reviews import ANA, LEE, NOW, SAM, WORDING, scene, states

PAST = NOW - timedelta(days=2)
DAY = f"{PAST.day} {PAST:%b}"
TOKEN = f"<!date^{int(PAST.timestamp())}^"
STATES = [name for name in states() if name != "full of text"]


def overdue(review: Review) -> Review:
    """Everything that can be due was so two days ago."""
    due = dict.fromkeys(("answers_due_at", "confirm_by", "decision_due_at"), PAST)
    return replace(review, **due, decide_by=PAST.date())  # type: ignore[arg-type]


def told(review: Review) -> dict[str, str]:
    """Everything that is drawn of it, as one text each."""
    drawn = {name: f"{d.text}\n{d.blocks}" for name, d in draw_messages(review, WORDING).items()}
    for reader in (ANA, LEE, SAM):
        for draw in (draw_list, draw_mine):
            drawn[f"{draw.__name__} {reader}"] = str(draw([review], scene(reader), WORDING))
    return drawn


def promised(text: str) -> list[str]:
    """What stands before the day that is over, where that does not say so."""
    found = [text[max(0, m.start() - 40) : m.start()] for m in re.finditer(re.escape(TOKEN), text)]
    without = re.sub(r"<!date\^[^>]*>", "", text)
    found += [without[max(0, m.start() - 40) : m.start()] for m in re.finditer(DAY, without)]
    return [words for words in found if not re.search(r"was due (\w{3} )?$", words)]


@pytest.mark.parametrize("state", STATES)
def test_no_day_that_is_over_is_told_as_still_to_come(state: str) -> None:
    told_of = told(overdue(states()[state]))
    assert {name: promised(text) for name, text in told_of.items() if promised(text)} == {}


@pytest.mark.parametrize(("state", "reader"), [("asked", ANA), ("complete", ANA), ("heard", LEE)])
def test_such_days_are_told_at_all_and_those_to_come_as_such(state: str, reader: str) -> None:
    before, after = told(states()[state]), told(overdue(states()[state]))
    for name in ("card 0 to ", f"draw_mine {reader}"):
        assert "was due" not in before[name]
        assert "was due" in after[name]
