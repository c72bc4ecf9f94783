"""Moving the clock as the page does: it stops at everything that falls due, and then it happens."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.demo.clock import MONDAY, ZONE, next_weekday
from bot.demo.stage import Stage, check, check_form
from playground.blocks.check import elements_of
from playground.driver.message import Message
from tests.practice import TITLE, open_practice, propose

SOON = timedelta(minutes=5)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_practice() as opened:
        yield opened


def move(stage: Stage, words: str) -> None:
    stage.slack.playbill.clock_moves[words]()


def said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), ZONE)


def test_the_three_moves_end_where_they_say(stage: Stage) -> None:
    start = stage.clock.now()
    move(stage, "one hour")
    hour = stage.clock.now() - start
    assert timedelta(hours=1) <= hour < timedelta(hours=1) + SOON
    move(stage, "one working day")
    day = stage.clock.now() - start - hour
    assert timedelta(days=1) <= day < timedelta(days=1) + SOON
    move(stage, "to Monday 09:00")
    monday = stage.clock.now().astimezone(ZONE)
    assert (monday.weekday(), monday.hour, monday.minute) == (MONDAY, 9, 0)


def test_nudge_stand_in_and_digest_come_when_they_are_due_and_not_at_the_end(stage: Stage) -> None:
    propose(stage)
    opened = stage.clock.now().astimezone(ZONE)
    move(stage, "to Monday 09:00")
    nudge = stage.message("The nudge", stage["Ana"].dm, "still waiting", TITLE)
    offer = stage.message("The stand-in's offer", stage["Ben"].dm, TITLE)
    digest = stage.message("The digest", stage.pricing, "Customer seat, #pricing", TITLE)
    # Two working days from Wednesday 10:00; half of them, all of them, and Monday.
    assert opened.strftime("%a %H") == "Wed 10"
    assert [said_at(m).strftime("%a %H") for m in (nudge, offer, digest)] == [
        "Thu 10",
        "Fri 10",
        "Mon 09",
    ]


def test_a_deferred_review_is_open_again_on_its_day(stage: Stage) -> None:
    card = propose(stage)
    lee = stage["Lee"]
    back = next_weekday(stage.clock.now(), MONDAY, 9, ZONE)
    elements = [element for block in card.blocks for element, _ in elements_of(block)]
    options = next(e["options"] for e in elements if e["action_id"] == "more")
    [decide] = [o["value"] for o in options if o["value"].startswith("decide:")]
    check(lee.press(card, "more", option=decide))
    because = {"verdict": "defer", "because": "After the audit.", "until": f"{back:%Y-%m-%d}"}
    check_form(lee.submit(**because))
    stage.until("The card deferred", lambda: "Defer until" in card.all_text())
    move(stage, "one working day")
    assert "Waiting for" not in card.all_text()
    move(stage, "to Monday 09:00")
    stage.until("The card open again", lambda: "Waiting for" in card.all_text())
    asked = stage.message("Lee told", lee.dm, "The day has come")
    assert said_at(asked).strftime("%a") == "Mon"
