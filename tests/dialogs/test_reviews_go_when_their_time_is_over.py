"""A seat may choose how long its reviews are kept: its keepers are told, and then they go."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.jobs.ticks import tick_let_go
from db.due import set_due
from db.tables import Erasure, ReviewRow, Seat
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, ask, option

DAY = 24 * 60 * 60
YEAR = 365 * DAY


@pytest.fixture
def over(office: Office) -> Office:
    """Two reviews that were stopped, and a third that is open."""
    office.set_up(office.ana, office.ben, keep_for="12")
    for number in range(3):
        card = office.propose(title=f"Change {number}")
        if number < 2:
            office.opens(office.lee, card, "decide")
            because = "She was promised the old price."
            assert office.lee.submit(verdict="stop", because=because) == {}
            office.settle()
    return office


def later(office: Office, seconds: float) -> None:
    """Nothing falls due but this."""
    office.clock.hand.advance(seconds)
    tick_let_go(office.running.toolbox)
    office.settle()


def left(office: Office) -> list[int]:
    return list(office.store.read(lambda s: s.exec(select(ReviewRow.number)).all()))


def test_keepers_are_told_thirty_days_ahead_and_then_they_go(over: Office) -> None:
    ears = Ears(over)
    later(over, YEAR - 31 * DAY)
    assert ears.new() == []
    later(over, 2 * DAY)
    told = over.letter(over.lee, "reviews of #pricing go").all_text()
    assert "#1, #2" in told
    assert f"`customer-seat export` of channel {over.pricing.id}" in told
    assert "for 1 year" in told
    assert ears.new() == ["@lee"]
    later(over, 29 * DAY)
    assert left(over) == [1, 2, 3]
    assert ears.new() == []
    later(over, DAY)
    assert left(over) == [3], "and the open one stays"
    erased = over.store.read(lambda s: s.exec(select(Erasure)).all())
    assert [(e.kind, e.target, e.by) for e in erased] == [
        ("expired", "1", "bot"), ("expired", "2", "bot"),
    ]  # fmt: skip
    assert ask(over.sam, over.pricing, "show 1").startswith("There is no review #1 here")
    card = over.pricing.messages[0]
    over.opens(over.lee, card, "reopen")
    over.settle()
    assert over.lee.modal is None
    assert "This review isn't in this workspace" in over.whispers(over.lee)[-1]
    assert over.propose(title="The next").all_text().startswith("*Pricing #4")


def test_for_good_is_what_a_seat_begins_with(office: Office) -> None:
    office.lee.command("/customer-seat", "setup", office.pricing)
    assert office.lee.modal is not None
    assert office.lee.modal.fields()["keep_for"] == "0"
    assert office.lee.submit(roster=[office.ana]) == {}
    assert office.store.read(lambda s: s.get_one(Seat, 1).keep_months) is None


def test_a_longer_period_chosen_in_time_keeps_them(over: Office) -> None:
    later(over, YEAR)
    over.set_up(over.ana, over.ben, keep_for="0")
    later(over, 31 * DAY)
    later(over, 400 * DAY)
    assert left(over) == [1, 2, 3]
    over.set_up(over.ana, over.ben, keep_for="12")
    ears = Ears(over)
    later(over, 60)
    assert ears.new() == ["@lee"], "told anew, and 30 days again"
    later(over, 29 * DAY)
    assert left(over) == [1, 2, 3]
    later(over, DAY)
    assert left(over) == [3]


def test_what_is_still_to_come_keeps_a_review(over: Office) -> None:
    def promise(due: str) -> None:
        over.store.transact(
            lambda s: set_due(
                s,
                workspace_id=s.get_one(Seat, 1).workspace_id,
                kind="promise",
                key=due,
                due_at=over.clock.now() + timedelta(days=900),
                review_id=2,
            )
        )

    later(over, YEAR)
    promise("promise:1")
    later(over, 31 * DAY)
    assert left(over) == [2, 3]


def test_a_review_that_is_open_again_stays(over: Office) -> None:
    later(over, YEAR)
    card = over.pricing.messages[1]
    over.opens(over.lee, card, "reopen")
    assert over.lee.submit(reason="She wrote to us again.") == {}
    over.settle()
    later(over, 31 * DAY)
    assert left(over) == [2, 3]
    assert option(card, "revise")


def test_where_nobody_could_be_told_nothing_goes(over: Office) -> None:
    over.slack.faults.add("error:messages_tab_disabled", method="chat.postMessage")
    later(over, YEAR)
    later(over, 31 * DAY)
    assert left(over) == [1, 2, 3]
    over.slack.faults.clear()
    later(over, 31 * DAY)
    assert left(over) == [1, 2, 3], "told now"
    later(over, 30 * DAY)
    assert left(over) == [3]


def test_what_is_no_choice_is_refused(office: Office) -> None:
    office.lee.command("/customer-seat", "setup", office.pricing)
    errors = office.lee.submit(roster=[office.ana], keep_for="1", force=True)
    assert errors == {"keep_for": "Choose how long."}
